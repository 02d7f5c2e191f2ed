import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { ok } from '@kiosk/contract/kernel/result.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { createTestAuthority } from '../testing/authority.ts';
import { type Answered, ordinary, startHall, TODAY } from './testing/hall.ts';

const MINUTE = 60_000;
const codeOf = ({ body }: Answered) => (body as { code?: string }).code;
const challengeOf = ({ body }: Answered) => (body as { challengeId: string }).challengeId;

test('who was identified at a terminal signs in by phone on any channel, as the same user; the other way round as well', async (t) => {
  const { call, contacts, core, lastCode, clock, sent, messagesSent } = await startHall(t);
  const found = await core.findByIdNumber(ordinary.idNumber);
  assert.ok(found.ok && found.value);
  const atTerminal = await contacts.people.identified(found.value, '50');
  const given = await call('sendLoginCode', { phone: ordinary.phone }, { channel: '20' });
  await messagesSent();
  assert.equal(sent.length, 1);
  const done = await call('signIn', { challengeId: challengeOf(given), code: await lastCode() }, { channel: '20' });
  const session = done.body as { accepted: boolean; registeredBy: string; name: string; session: string };
  assert.deepEqual([session.accepted, session.registeredBy, session.name], [true, '50', '沈*']);
  const account = await call('myAccount', {}, { channel: '20', session: session.session });
  assert.equal((account.body as { accountNumber: string }).accountNumber, ordinary.accounts[0]!.accountNumber);
  // Registered on the web first, then seen at a terminal: still one user.
  const other = syntheticPerson('middle-dot', TODAY);
  clock.advance(2 * MINUTE);
  const asked = await call('sendRegisterCode', { name: other.name, idNumber: other.idNumber });
  await call('signIn', { challengeId: challengeOf(asked), code: await lastCode() });
  const otherFound = await core.findByIdNumber(other.idNumber);
  assert.ok(otherFound.ok && otherFound.value);
  const again = await contacts.people.identified(otherFound.value, '50');
  assert.equal(again!.registeredBy, '10');
  assert.notEqual(again!.userId, atTerminal!.userId);
});

test('a phone nobody has, a person nobody is and a name that does not fit are answered like the right ones, without a message', async (t) => {
  const { call, sent, messagesSent, signedIn, clock } = await startHall(t);
  await signedIn();
  clock.advance(2 * MINUTE);
  sent.length = 0;
  const known = await call('sendLoginCode', { phone: ordinary.phone });
  await messagesSent();
  assert.equal(sent.length, 1);
  const shape = ({ status, body }: Answered) => [status, { ...(body as object), challengeId: '' }];
  for (const unknown of [
    await call('sendLoginCode', { phone: '12209999999' }),
    await call('sendRegisterCode', { name: '另一人', idNumber: syntheticPerson('two-accounts', TODAY).idNumber }),
    await call('sendRegisterCode', { name: '没有人', idNumber: syntheticPerson('no-account', TODAY).idNumber }),
  ]) {
    assert.deepEqual(shape(unknown), shape(known));
    for (const attemptsLeft of [2, 1]) {
      const tried = await call('signIn', { challengeId: challengeOf(unknown), code: '000000' });
      assert.deepEqual(tried.body, { accepted: false, attemptsLeft });
    }
    assert.equal(codeOf(await call('signIn', { challengeId: challengeOf(unknown), code: '000000' })), 'E1203');
  }
  await messagesSent();
  assert.equal(sent.length, 1, 'nobody got a message that was not asked for');
});

test('guesses at the same moment share three tries; the lock is the same person at terminals, too', async (t) => {
  const { call, lastCode, store, vault, clock } = await startHall(t);
  const given = await call('sendRegisterCode', { name: ordinary.name, idNumber: ordinary.idNumber });
  const wrong = String((Number(await lastCode()) + 1) % 1_000_000).padStart(6, '0');
  const tries = await Promise.all(
    Array.from({ length: 8 }, () => call('signIn', { challengeId: challengeOf(given), code: wrong })),
  );
  assert.equal(tries.filter(({ status }) => status === 200).length, 2, 'two were judged wrong and survived');
  const right = await call('signIn', { challengeId: challengeOf(given), code: await lastCode() });
  assert.deepEqual([right.status, codeOf(right)], [423, 'E1203']);
  const lockedUntil = await store.identity.lockedUntil(vault.hash('person', ordinary.idNumber));
  assert.equal(lockedUntil - clock.now(), 10 * MINUTE, 'a terminal finds the same lock');
});

test('codes come once a minute and five times an hour; the answer says how long to wait', async (t) => {
  const { call, clock } = await startHall(t);
  const ask = () => call('sendLoginCode', { phone: '12209999998' });
  assert.equal((await ask()).status, 200);
  const early = await ask();
  assert.deepEqual([early.status, codeOf(early), early.headers.get('retry-after')], [429, 'E2607', '60']);
  const statuses = [];
  for (let i = 0; i < 5; i++) {
    clock.advance(2 * MINUTE);
    statuses.push((await ask()).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 429, 429], 'asking too early counts as well');
});

test('two people with one phone are told apart by the end of the ID number, after the right code only', async (t) => {
  const second = syntheticPerson('middle-dot', TODAY);
  const { call, contacts, core, lastCode } = await startHall(t, {
    core: (plain) => ({
      ...plain,
      get: async (id) => {
        const found = await plain.get(id);
        return found.ok && found.value ? ok({ ...found.value, phone: ordinary.phone }) : found;
      },
    }),
  });
  for (const { idNumber } of [ordinary, second]) {
    const found = await core.findByIdNumber(idNumber);
    assert.ok(found.ok && found.value);
    await contacts.people.identified({ ...found.value, phone: ordinary.phone }, '50');
  }
  const challengeId = challengeOf(await call('sendLoginCode', { phone: ordinary.phone }));
  const code = await lastCode();
  assert.equal(codeOf(await call('signIn', { challengeId, code })), 'E2601');
  const idTail = second.idNumber.slice(-4).toLowerCase();
  const done = await call('signIn', { challengeId, code, idTail });
  assert.equal((done.body as { accepted: boolean }).accepted, true, JSON.stringify(done.body));
});

test('a session is good on its own channel, for half an hour, until it is ended', async (t) => {
  const { call, signedIn, clock } = await startHall(t);
  const session = await signedIn();
  assert.equal((await call('myAccount', {}, { session })).status, 200);
  const elsewhere = await call('myAccount', {}, { session, channel: '20' });
  assert.deepEqual([elsewhere.status, codeOf(elsewhere)], [401, 'E2609']);
  await call('signOut', {}, { session });
  assert.equal(codeOf(await call('myAccount', {}, { session })), 'E2609');
  clock.advance(2 * MINUTE);
  const second = await signedIn();
  clock.advance(30 * MINUTE);
  assert.equal(codeOf(await call('myAccount', {}, { session: second })), 'E2609');
});

test('an application without its key, a stopped channel and an item the channel does not offer are refused by their gates', async (t) => {
  const { call, rooms } = await startHall(t);
  const gate = async (...asked: Parameters<typeof call>) => {
    const { body } = await call(...asked);
    return [(body as { code: string }).code, (body as { gate: number }).gate];
  };
  assert.deepEqual(await gate('ask', { question: 'x' }, { headers: { 'x-app-key': 'no' } }), ['E2401', 1]);
  assert.deepEqual(await gate('myAccount', {}, { channel: '30' }), ['E2410', 8], 'the portal only reads');
  const words = { zh: '停', en: 'Stop' };
  const state = { state: 'stopped' as const, words, instead: words };
  await rooms.office.apply({ kind: 'channel.state', channelId: '10', state }, { by: 'a', approvedBy: 'b' });
  assert.deepEqual(await gate('ask', { question: 'x' }), ['E2102', 2]);
});

test('a unit signs in with its certificate: the key signs a text that is good once, for this channel and this certificate', async (t) => {
  const day = 86_400_000;
  const authority = await createTestAuthority('units of a test');
  const stranger = await createTestAuthority('units of a test');
  const unit = {
    unitAccount: '3801000101',
    name: '江州星河科技有限公司',
    state: '01',
    paidToMonth: '2026-10',
    people: 12,
  };
  const { call, clock } = await startHall(t, {
    providers: { unitIssuers: [authority.ca] },
    core: (plain) => ({ ...plain, unitByCertificate: async () => ok(unit) }),
  });
  const ahead = (clock.now() - Date.now()) / day;
  const key = await authority.issue('unit', 'client', { from: ahead - 1, to: ahead + 1 });
  const channel = '40';
  const begin = async (certificatePem = key.cert) => {
    const { body } = await call('unitChallenge', { certificatePem }, { channel });
    return body as { challengeId: string; text: string };
  };
  const prove = (challengeId: string, text: string, certificatePem = key.cert, privateKey = key.key) =>
    call(
      'unitSignIn',
      {
        challengeId,
        certificatePem,
        signatureBase64: sign('sha256', Buffer.from(text), privateKey).toString('base64'),
      },
      { channel },
    );
  const { challengeId, text } = await begin();
  const done = await prove(challengeId, text);
  const { session, unitName } = done.body as { session: string; unitName: string };
  assert.equal(unitName, unit.name, JSON.stringify(done.body));
  assert.equal(codeOf(await prove(challengeId, text)), 'E2610', 'twice');
  const overview = await call('unitOverview', {}, { channel, session });
  assert.equal((overview.body as { employees: number }).employees, 12);
  assert.equal(codeOf(await call('myAccount', {}, { channel, session })), 'E2609', 'a unit is nobody');
  const other = await begin();
  assert.equal(codeOf(await prove(other.challengeId, text)), 'E2610', 'a signature over another text');
  const foreign = await stranger.issue('unit', 'client', { from: ahead - 1, to: ahead + 1 });
  const theirs = await begin(foreign.cert);
  assert.equal(
    codeOf(await prove(theirs.challengeId, theirs.text, foreign.cert, foreign.key)),
    'E2610',
    'another issuer',
  );
  const old = await authority.issue('unit', 'client', { from: ahead - 3, to: ahead - 2 });
  const late = await begin(old.cert);
  assert.equal(codeOf(await prove(late.challengeId, late.text, old.cert, old.key)), 'E2610', 'its dates are over');
  const waited = await begin();
  clock.advance(2 * MINUTE);
  assert.equal(codeOf(await prove(waited.challengeId, waited.text)), 'E2610', 'too late');
});

test('nothing of a person is in the log or in the names of what the store keeps', async (t) => {
  const { signedIn, logLines, store, call } = await startHall(t);
  const session = await signedIn();
  await call('myAccount', {}, { session });
  await call('takeUp', { code: 'H7KM3PQZ' }, { session });
  const kept = JSON.stringify([
    logLines,
    await store.audit.list(100),
    (await store.messages.list(100)).map(({ content: _content, ...rest }) => rest),
    await store.users.byPhone('x'),
  ]);
  for (const secret of [ordinary.name, ordinary.idNumber, ordinary.phone, session]) {
    assert.ok(!kept.includes(secret), 'a personal value stands in clear');
  }
});
