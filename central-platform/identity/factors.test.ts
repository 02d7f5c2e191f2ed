import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import type { FactorProof } from '@kiosk/contract/platform/identity.ts';
import type { PinBlock } from '@kiosk/contract/services/devices.ts';
import { SYNTHETIC_PIN_KEYS, syntheticPin } from '@kiosk/domain/synthetic-bank.ts';
import { syntheticCardNumber, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform, TERMINALS } from '../testing/installation.ts';
import { type Answer, claimOf } from '../testing/terminal.ts';

const TODAY = '2026-11-21';
const MINUTE = 60_000;
const ordinary = syntheticPerson('ordinary', TODAY);
const other = syntheticPerson('middle-dot', TODAY);
const idCard = (person = ordinary): FactorProof => ({ kind: 'idCard', card: claimOf(person) });
/** The bench's card of the ordinary person, and one whose holder the bank does not name. */
const OWN_CARD = '2018'.padStart(19, '0');
const SOME_CARD = syntheticCardNumber(7);
const OTHER_BANK = '9900000000000016';

/** As a pad seals it for this bank. */
function block(cardNumber: string, pin = syntheticPin(cardNumber), key = SYNTHETIC_PIN_KEYS.sm4): PinBlock {
  const field = Buffer.from(`0${pin.length.toString(16)}${pin}`.padEnd(32, 'f'), 'hex');
  const pan = Buffer.from(cardNumber.slice(-13, -1).padStart(32, '0'), 'hex');
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
  const sealed = Buffer.concat([cipher.update(field.map((byte, i) => byte ^ pan[i]!)), cipher.final()]);
  return { format: 'sm4', blockHex: sealed.toString('hex').toUpperCase(), digits: pin.length };
}
const wrongPin = (cardNumber: string) => (syntheticPin(cardNumber) === '111111' ? '222222' : '111111');
const bankCard = (cardNumber: string, pin?: string): FactorProof => ({
  kind: 'bankCard',
  cardNumber,
  block: block(cardNumber, pin),
});

async function start(t: TestContext) {
  const platform = await startTestPlatform();
  t.after(() => platform.end());
  const terminal = await platform.terminal();
  const lastCode = async (): Promise<string> => {
    const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
    return /\d{6}/.exec(message!.text)![0];
  };
  const begin = async (proof: FactorProof = idCard()) => {
    const proven = await terminal.ask('prove', { proof });
    assert.ok(proven.accepted, JSON.stringify(proven));
    return proven;
  };
  /** What the app on the person's phone shows. */
  const appCode = async (person = ordinary): Promise<string> => {
    const body = JSON.stringify({ idNumber: person.idNumber });
    const shown = await platform.management('app-codes', { method: 'POST', body });
    return ((await shown.json()) as { code: string }).code;
  };
  return { platform, terminal, lastCode, begin, appCode };
}

function refused(answer: Answer, code: string, status = 422): void {
  assert.equal((answer.body as { code: string }).code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
}

test('a card alone is L1 and opens nothing that wants two; bank card and PIN raise the same token', async (t) => {
  const { terminal, begin } = await start(t);
  const first = await begin();
  assert.equal(first.level, 'L1');
  assert.deepEqual(
    first.factors.map(({ kind }) => kind),
    ['idCard'],
  );
  const { identityToken } = first;
  refused(await terminal.call('account', { identityToken }), 'E1207', 403);
  const terms = await terminal.ask('bankCardTerms', { identityToken, cardNumber: OWN_CARD });
  assert.deepEqual([terms.format, terms.minDigits, terms.maxDigits], ['sm4', 6, 6]);
  const second = await terminal.ask('prove', { identityToken, proof: bankCard(OWN_CARD) });
  assert.ok(second.accepted);
  assert.equal(second.identityToken, identityToken);
  assert.equal(second.level, 'L3', 'two fresh factors');
  assert.equal((await terminal.ask('account', { identityToken })).accountNumber, ordinary.accounts[0]!.accountNumber);
});

test('L3 is freshness: ten minutes later the same token is L2, and one factor more makes it L3 again', async (t) => {
  const { platform, terminal, begin } = await start(t);
  const { identityToken } = await begin();
  await terminal.ask('prove', { identityToken, proof: bankCard(OWN_CARD) });
  platform.clock.advance(10 * MINUTE);
  assert.equal((await terminal.ask('identityState', { identityToken })).level, 'L2');
  await terminal.ask('prove', { identityToken, proof: bankCard(OWN_CARD) });
  assert.equal((await terminal.ask('identityState', { identityToken })).level, 'L3');
  platform.clock.advance(5 * MINUTE);
  refused(await terminal.call('identityState', { identityToken }), 'E1206', 401);
});

test('bank card first: the bank names its holder, or the person begins with the ID card', async (t) => {
  const { terminal, begin } = await start(t);
  const first = await begin(bankCard(OWN_CARD));
  assert.equal(first.person.idNumber, ordinary.idNumber);
  assert.equal(first.level, 'L1');
  refused(await terminal.call('prove', { proof: bankCard(SOME_CARD) }), 'E1213');
  refused(await terminal.call('bankCardTerms', { cardNumber: OTHER_BANK }), 'E1211');
});

test('wrong PINs: told how many are left, then the card rests for everybody, and a card of another person is no factor', async (t) => {
  const { terminal, platform, begin } = await start(t);
  const { identityToken } = await begin();
  const wrong = { identityToken, proof: bankCard(SOME_CARD, wrongPin(SOME_CARD)) };
  assert.deepEqual(await terminal.ask('prove', wrong), { accepted: false, attemptsLeft: 2 });
  assert.deepEqual(await terminal.ask('prove', wrong), { accepted: false, attemptsLeft: 1 });
  const third = await terminal.call('prove', wrong);
  refused(third, 'E3503');
  const elsewhere = await platform.terminal(TERMINALS[1]);
  refused(await elsewhere.call('prove', { proof: bankCard(SOME_CARD) }), 'E3503');
  assert.equal((await terminal.ask('identityState', { identityToken })).level, 'L1', 'a failed factor raises nothing');
  const stranger = await begin(idCard(other));
  refused(await terminal.call('prove', { identityToken: stranger.identityToken, proof: bankCard(OWN_CARD) }), 'E1209');
  refused(
    await terminal.call('prove', {
      identityToken,
      proof: { kind: 'bankCard', cardNumber: OWN_CARD, block: block(OWN_CARD), holderDocument: other.idNumber },
    }),
    'E1209',
  );
  const noise = { ...block(OWN_CARD), blockHex: 'A'.repeat(32) };
  refused(
    await terminal.call('prove', { identityToken, proof: { kind: 'bankCard', cardNumber: OWN_CARD, block: noise } }),
    'E3506',
  );
});

test('card, then a code to the phone of the token; a code of another person raises nothing', async (t) => {
  const { terminal, lastCode, begin } = await start(t);
  const { identityToken } = await begin();
  const { challengeId } = await terminal.ask('requestCode', { identityToken });
  const code = await lastCode();
  const stranger = await begin(idCard(other));
  const taken = { identityToken: stranger.identityToken, proof: { kind: 'smsCode' as const, challengeId, code } };
  refused(await terminal.call('prove', taken), 'E1209');
  assert.equal((await terminal.ask('identityState', { identityToken: stranger.identityToken })).level, 'L1');
  const again = await terminal.ask('requestCode', { identityToken });
  const check = await terminal.ask('checkCode', { ...again, code: await lastCode(), identityToken });
  assert.ok(check.accepted);
  assert.equal(check.identityToken, identityToken);
  refused(await terminal.call('prove', { proof: { kind: 'smsCode', challengeId, code } }), 'E1215');
});

test('code of the app: read once, by the terminal; nothing a phone shows makes two factors of one phone', async (t) => {
  const { terminal, begin, appCode } = await start(t);
  const shown = await appCode();
  const first = await begin({ kind: 'appCode', code: shown });
  assert.equal(first.person.idNumber, ordinary.idNumber);
  refused(await terminal.call('prove', { proof: { kind: 'appCode', code: shown } }), 'E1212');
  const { challengeId } = await terminal.ask('requestCode', { identityToken: first.identityToken });
  assert.ok(challengeId);
  const stranger = await begin(idCard(other));
  const theirs = await appCode();
  refused(
    await terminal.call('prove', {
      identityToken: stranger.identityToken,
      proof: { kind: 'appCode', code: theirs },
    }),
    'E1209',
  );
  const own = await appCode();
  const card = await begin();
  const both = await terminal.ask('prove', {
    identityToken: card.identityToken,
    proof: { kind: 'appCode', code: own },
  });
  assert.ok(both.accepted && both.level === 'L3');
});

test('face: only behind a card and with a consent of its own, three tries, and never the only way on', async (t) => {
  const { platform, terminal, begin } = await start(t);
  const now = () => platform.clock.now();
  refused(await terminal.call('prove', { proof: { kind: 'face', score: 1, consentAt: now() } }), 'E1215');
  const { identityToken } = await begin();
  const face = (score: number, consentAt = now()) =>
    terminal.call('prove', { identityToken, proof: { kind: 'face', score, consentAt } });
  refused(await face(0.99, now() - 60 * MINUTE), 'E1210');
  for (const attemptsLeft of [2, 1, 0])
    assert.deepEqual((await face(0.5)).body, { accepted: false, attemptsLeft }, 'not alike');
  refused(await face(0.99), 'E1208', 423);
  const still = await terminal.ask('prove', { identityToken, proof: bankCard(OWN_CARD) });
  assert.ok(still.accepted && still.level === 'L3', 'another way goes on');
  platform.clock.advance(10 * MINUTE);
  const after = await begin();
  const good = await terminal.ask('prove', {
    identityToken: after.identityToken,
    proof: { kind: 'face', score: 0.93, consentAt: now() },
  });
  assert.ok(good.accepted && good.level === 'L3');
});

test('cards of the other kinds: numbers of 18 with a check character, and the fifteen of 2017', async (t) => {
  const { terminal } = await start(t);
  for (const idNumber of [`9${ordinary.idNumber.slice(1)}`, 'ABC12', '38010019800101'])
    refused(
      await terminal.call('prove', { proof: { kind: 'idCard', card: { name: 'A', idNumber, validTo: null } } }),
      'E1104',
    );
  refused(
    await terminal.call('prove', {
      proof: { kind: 'idCard', card: { name: 'SMITH JOHN', idNumber: 'XYZ380180010112', validTo: null } },
    }),
    'E1205',
  );
  refused(
    await terminal.call('prove', {
      proof: { kind: 'idCard', card: { ...claimOf(ordinary), validTo: '2026-11-20' } },
    }),
    'E1105',
  );
});

test('代办: an e-consent lets this agent do these items, a paper lets a request be left, and both are told masked', async (t) => {
  const { platform, terminal, begin } = await start(t);
  const giver = await begin();
  const authorise = { agent: { name: other.name, idNumber: other.idNumber }, items: ['Q01', 'P02'], days: 30 };
  refused(await terminal.call('authorise', { identityToken: giver.identityToken, ...authorise }), 'E1207', 403);
  await terminal.ask('prove', { identityToken: giver.identityToken, proof: bankCard(OWN_CARD) });
  const given = await terminal.ask('authorise', { identityToken: giver.identityToken, ...authorise });
  assert.ok(!JSON.stringify(given).includes(other.idNumber) && !JSON.stringify(given).includes(other.name));

  const agent = await begin(idCard(other));
  const wrongAgent = await begin(idCard(syntheticPerson('two-accounts', TODAY)));
  const eConsent = { kind: 'eConsent' as const, code: given.code };
  refused(await terminal.call('actFor', { identityToken: wrongAgent.identityToken, authority: eConsent }), 'E1214');
  refused(await terminal.call('actFor', { identityToken: giver.identityToken, authority: eConsent }), 'E1214');
  const { challengeId } = await terminal.ask('requestCode', { identityToken: agent.identityToken });
  const [message] = (await (await platform.management('sms-outbox')).json()) as { text: string }[];
  const code = /\d{6}/.exec(message!.text)![0];
  await terminal.ask('checkCode', { challengeId, code, identityToken: agent.identityToken });
  const acting = await terminal.ask('actFor', { identityToken: agent.identityToken, authority: eConsent });
  assert.equal(acting.person.idNumber, ordinary.idNumber);
  assert.ok(acting.agent && !JSON.stringify(acting.agent).includes(other.idNumber));
  const { identityToken } = acting;
  assert.equal((await terminal.ask('account', { identityToken })).accountNumber, ordinary.accounts[0]!.accountNumber);
  refused(await terminal.call('details', { identityToken, period: { from: '2026-01', to: '2026-02' } }), 'E1214');
  refused(await terminal.call('authorise', { identityToken, ...authorise }), 'E1214');

  const paper = await terminal.ask('actFor', {
    identityToken: (await begin(idCard(other))).identityToken,
    authority: { kind: 'paper', card: claimOf(ordinary), paperNumber: null },
  });
  assert.equal(paper.level, 'L1');
  refused(await terminal.call('account', { identityToken: paper.identityToken }), 'E1207', 403);

  const own = await terminal.ask('authorisations', { identityToken: giver.identityToken });
  assert.deepEqual(
    own.authorisations.map(({ state }) => state),
    ['valid'],
  );
  await terminal.ask('withdrawAuthorisation', {
    identityToken: giver.identityToken,
    authorisationId: given.authorisationId,
  });
  refused(await terminal.call('actFor', { identityToken: agent.identityToken, authority: eConsent }), 'E1214');
});

test('no level without its factors, whatever order they come in, and whatever fails on the way', async (t) => {
  const { platform, terminal } = await start(t);
  // Each order of good and bad attempts: the level is what the accepted ones make, never more.
  const moves = [idCard(), bankCard(OWN_CARD), bankCard(OWN_CARD, wrongPin(OWN_CARD)), idCard(other)];
  for (const [a, b, c] of [
    [0, 2, 1],
    [2, 0, 3],
    [3, 0, 1],
    [1, 3, 0],
  ] as const) {
    let identityToken: string | undefined;
    const accepted = new Set<string>();
    for (const move of [moves[a]!, moves[b]!, moves[c]!]) {
      const answer = await terminal.call('prove', { proof: move, ...(identityToken ? { identityToken } : {}) });
      const body = answer.body as { accepted?: boolean; identityToken?: string; level?: string };
      if (!body.accepted) continue;
      identityToken = body.identityToken!;
      accepted.add(move.kind);
      assert.equal(body.level === 'L1', accepted.size === 1, `${[...accepted].join(' and ')} made ${body.level}`);
    }
    platform.clock.advance(10 * MINUTE);
  }
});
