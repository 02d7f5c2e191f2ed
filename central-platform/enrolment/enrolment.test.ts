import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { EnrolmentRequest, IssuedCertificate } from '@kiosk/contract/platform/enrolment.ts';
import { createVault } from '../vault.ts';
import { REMEMBERED_MS } from '../gateway/caller.ts';
import { engines } from '../testing/engines.ts';
import { startTestPlatform } from '../testing/installation.ts';
import { type TestMachine, newMachine } from '../testing/machine.ts';
import { TestJournal, TestTerminal, type Answer } from '../testing/terminal.ts';
import { processAuthority } from './authority.ts';
import { newEnrolmentCode, typedCode } from './code.ts';
import { createEnrolment } from './office.ts';

const NUMBER = '300200';
const NOTHING_YET = { catalogue: 0, parameters: 0, command: 0 };
const DAY_MS = 86_400_000;

/** TLS looks at the real clock: certificates given by this platform have to hold by it. */
async function start(t: TestContext, config = {}) {
  const clock = new ManualClock(Date.now());
  const platform = await startTestPlatform({ config, parts: { clock } });
  t.after(() => platform.end());
  const { ca } = platform.installation.authority;
  const connect = (credentials?: { cert: string; key: string }, machine?: TestMachine, terminalId = NUMBER) => {
    const terminal = new TestTerminal({
      terminalId,
      url: platform.running.terminalUrl,
      ca,
      credentials,
      signingKey: machine?.signingKey,
    });
    t.after(() => terminal.hangUp());
    return terminal;
  };
  const stranger = connect();
  const newCode = async (terminalId = NUMBER) => {
    const answer = await platform.management(`terminals/${terminalId}/enrolment-codes`, { method: 'POST', body: '{}' });
    return ((await answer.json()) as { code: string }).code;
  };
  const enrol = (request: EnrolmentRequest) => stranger.send('POST', '/v1/enrolment', request);
  const enrolled = async (machine: TestMachine) => {
    const answer = await enrol(machine.request(NUMBER, await newCode()));
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const issued = answer.body as IssuedCertificate;
    return { issued, terminal: connect({ cert: issued.certificatePem, key: machine.keyPem }, machine) };
  };
  const set = (state: object) =>
    platform.management(`terminals/${NUMBER}/state`, { method: 'POST', body: JSON.stringify(state) });
  return { platform, clock, connect, stranger, newCode, enrol, enrolled, set };
}

const codeOf = ({ status, body }: Answer) => [status, (body as { code?: string }).code];

test('a technician types the code of a new machine: it has a certificate, and its journal is taken', async (t) => {
  const { enrolled } = await start(t);
  const machine = await newMachine();
  const { issued, terminal } = await enrolled(machine);
  const certificate = new X509Certificate(issued.certificatePem);
  assert.equal(certificate.subject, `CN=${NUMBER}`, 'the name is the number, whatever the request says');
  assert.equal(certificate.serialNumber.toLowerCase(), issued.serialNumber);
  assert.ok(issued.renewFrom > issued.notBefore && issued.renewFrom < issued.notAfter);
  await terminal.ask('downlink', { applied: NOTHING_YET });
  const journal = new TestJournal(terminal, 'audit');
  journal.writeRaw(Buffer.from('{}'));
  assert.equal((await terminal.deliver(journal.batch())).status, 200);
});

test('a code works once, for one number, as it is typed, and for a day', async (t) => {
  const { clock, enrol, newCode, platform } = await start(t);
  const machine = await newMachine();
  const code = await newCode();
  assert.deepEqual(codeOf(await enrol(machine.request('300201', code))), [422, 'E3111']);
  const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
  assert.equal((await enrol(machine.request(NUMBER, typed))).status, 200);
  assert.deepEqual(codeOf(await enrol((await newMachine()).request(NUMBER, code))), [422, 'E3111']);
  const late = await newCode();
  clock.advance(DAY_MS);
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, late))), [422, 'E3111']);
  const events = (await (await platform.management('events')).json()) as { code: string }[];
  assert.equal(events.filter((event) => event.code === 'E3111').length, 3, 'every code that did not fit is noted');
  const codes = await (await platform.management('enrolment-codes')).text();
  for (const secret of [code, late, typedCode(code)]) assert.ok(!codes.includes(secret), 'a code is told once');
  assert.ok(!platform.logLines.join('').includes(code));
});

test('the answer was lost: the same machine with the same code gets the same certificate, for ten minutes, and nobody else does', async (t) => {
  const { clock, enrol, newCode, platform, connect, set } = await start(t);
  const machine = await newMachine();
  const code = await newCode();
  const first = (await enrol(machine.request(NUMBER, code))).body as IssuedCertificate;
  assert.deepEqual((await enrol(machine.request(NUMBER, code))).body, first, 'nothing new is issued');
  const other = await newMachine();
  const refused = [other.request(NUMBER, code), machine.request(NUMBER, newEnrolmentCode())];
  for (const request of refused) assert.deepEqual(codeOf(await enrol(request)), [422, 'E3111']);
  const events = (await (await platform.management('events')).json()) as { code: string }[];
  assert.equal(events.filter((event) => event.code === 'E3111').length, refused.length, 'who else asks is alarmed');
  const terminal = connect({ cert: first.certificatePem, key: machine.keyPem }, machine);
  await terminal.ask('downlink', { applied: NOTHING_YET });
  clock.advance(10 * 60_000);
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, code))), [422, 'E3111'], 'that is over');

  const next = await newCode();
  assert.equal((await enrol(machine.request(NUMBER, next))).status, 200);
  await set({ state: 'revoked' });
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, next))), [422, 'E3111'], 'it was revoked since');
  const third = await newCode();
  assert.equal((await enrol(machine.request(NUMBER, third))).status, 200);
  for (let i = 0; i < 5; i++) await enrol(other.request(NUMBER, third));
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, third))), [422, 'E3111'], 'five tries, right or wrong');
});

test('a code that was guessed at five times is dead, also for who has it', async (t) => {
  const { enrol, newCode } = await start(t);
  const machine = await newMachine();
  const code = await newCode();
  for (let i = 0; i < 5; i++) {
    assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, newEnrolmentCode()))), [422, 'E3111']);
  }
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, code))), [422, 'E3111']);
});

test('who asks has to hold both keys: a copied request, another signature, a weak curve cost no try', async (t) => {
  const { enrol, newCode } = await start(t);
  const [mine, other, odd] = [await newMachine(), await newMachine(), await newMachine('P-521')];
  const code = await newCode();
  const good = mine.request(NUMBER, code);
  const wrong: EnrolmentRequest[] = [
    { ...good, certificateRequestPem: other.certificateRequestPem },
    { ...good, signatureBase64: other.request(NUMBER, code).signatureBase64 },
    { ...good, signingKeyPem: good.signingKeyPem.replace('MCowBQYDK2VwAyEA', 'MCowBQYDK2VuAyEA') },
    odd.request(NUMBER, code),
    {
      ...good,
      certificateRequestPem: `-----BEGIN CERTIFICATE REQUEST-----\n${'A'.repeat(64)}\n-----END CERTIFICATE REQUEST-----`,
    },
  ];
  for (const request of wrong) assert.deepEqual(codeOf(await enrol(request)), [422, 'E3112']);
  assert.equal((await enrol(good)).status, 200);
});

test('strangers who try often are told to wait, before anything they send is looked at', async (t) => {
  const { stranger } = await start(t, { limits: { enrolmentBurst: 3, enrolmentPerSecond: 0.1 } });
  for (let i = 0; i < 3; i++)
    assert.deepEqual(codeOf(await stranger.send('POST', '/v1/enrolment', {})), [400, 'E9005']);
  const answer = await stranger.send('POST', '/v1/enrolment', '{"broken');
  assert.deepEqual(codeOf(answer), [429, 'E3106']);
  assert.equal(answer.headers['retry-after'], '10');
});

test('the certificate is renewed with the present one; the old one ends when the new one is first shown', async (t) => {
  const { enrolled, connect } = await start(t);
  const machine = await newMachine();
  const { terminal } = await enrolled(machine);
  const next = await newMachine();
  const renew = () => terminal.send('POST', '/v1/certificate', { certificateRequestPem: next.certificateRequestPem });
  const lost = await renew();
  assert.equal(lost.status, 200, 'an answer nobody received');
  const again = await renew();
  assert.equal(again.status, 200, 'the present one is good until the next one is shown');
  const { certificatePem } = again.body as IssuedCertificate;
  const renewed = connect({ cert: certificatePem, key: next.keyPem }, machine);
  await renewed.ask('downlink', { applied: NOTHING_YET });
  // On the very connection that was open all the while.
  assert.deepEqual(codeOf(await terminal.call('downlink', { applied: NOTHING_YET })), [403, 'E3109']);
  const first = connect({ cert: (lost.body as IssuedCertificate).certificatePem, key: next.keyPem }, machine);
  assert.deepEqual(codeOf(await first.call('downlink', { applied: NOTHING_YET })), [403, 'E3109']);
  await renewed.ask('downlink', { applied: NOTHING_YET });
});

test('a terminal that enrols again: every certificate it had before is refused, also one from elsewhere', async (t) => {
  const { platform, enrolled, connect } = await start(t);
  const fromElsewhere = connect(await platform.installation.authority.issue(NUMBER, 'client'));
  const one = await newMachine();
  const first = await enrolled(one);
  await first.terminal.ask('downlink', { applied: NOTHING_YET });
  assert.deepEqual(codeOf(await fromElsewhere.call('downlink', { applied: NOTHING_YET })), [403, 'E3109']);
  const second = await enrolled(await newMachine());
  assert.deepEqual(codeOf(await first.terminal.call('downlink', { applied: NOTHING_YET })), [403, 'E3109']);
  await second.terminal.ask('downlink', { applied: NOTHING_YET });
  const events = (await (await platform.management('events')).json()) as { code: string; detail: string }[];
  assert.ok(events.some(({ detail }) => detail === 'signing key was replaced'));
});

test('revoked here: out with the next request of an open connection, and told why by a code', async (t) => {
  const { enrolled, set, newCode, enrol } = await start(t);
  const machine = await newMachine();
  const { terminal } = await enrolled(machine);
  await terminal.ask('downlink', { applied: NOTHING_YET });
  const open = await newCode();
  assert.equal((await set({ state: 'revoked', reason: 'stolen' })).status, 200);
  const answer = await terminal.call('downlink', { applied: NOTHING_YET });
  assert.deepEqual(codeOf(answer), [403, 'E3108']);
  assert.match((answer.body as { detail: string }).detail, /stolen/);
  assert.deepEqual(codeOf(await enrol(machine.request(NUMBER, open))), [422, 'E3111'], 'a code made before is void');
  await set({ state: 'admitted' });
  await terminal.ask('downlink', { applied: NOTHING_YET });
});

test('revoked by another process: out within seconds, also on a connection that stays open', async (t) => {
  const { platform, clock, enrolled } = await start(t);
  const { terminal } = await enrolled(await newMachine());
  await terminal.ask('downlink', { applied: NOTHING_YET });
  // What another gateway process does to the store they share.
  const { default: Database } = await import('better-sqlite3');
  const other = new Database(join(platform.installation.config.dataDir, 'platform.db'));
  other.prepare("UPDATE terminal SET state = 'revoked' WHERE terminal_id = ?").run(NUMBER);
  other.close();
  clock.advance(REMEMBERED_MS);
  assert.deepEqual(codeOf(await terminal.call('downlink', { applied: NOTHING_YET })), [403, 'E3108']);
  assert.ok(REMEMBERED_MS < 60_000);
});

test('a certificate that ends while its connection stays open', async (t) => {
  const { clock, enrolled } = await start(t);
  const { terminal } = await enrolled(await newMachine());
  await terminal.ask('downlink', { applied: NOTHING_YET });
  clock.advance(366 * DAY_MS);
  assert.deepEqual(codeOf(await terminal.call('downlink', { applied: NOTHING_YET })), [403, 'E3110']);
});

test('the key lies with a process that signs terminals and nothing else', async (t) => {
  const { platform } = await start(t);
  const { keyPem, ca } = platform.installation.authority;
  const file = (name: string, text: string) => {
    const path = join(platform.installation.dir, name);
    writeFileSync(path, text);
    return path;
  };
  const authority = processAuthority(file('a.key', keyPem), file('a.crt', ca), () => {});
  t.after(() => authority.close());
  const { certificateRequestPem } = await newMachine('P-384');
  const order = {
    certificateRequestPem,
    terminalId: NUMBER,
    serialNumber: '5c'.repeat(16),
    notBefore: Date.now(),
    notAfter: Date.now() + DAY_MS,
  };
  const issued = await authority.issue(order);
  const certificate = new X509Certificate(issued!.certificatePem);
  assert.ok(certificate.checkIssued(new X509Certificate(ca)));
  assert.equal(certificate.ca, false);
  assert.equal(await authority.issue({ ...order, terminalId: 'admin' }), undefined);
  assert.equal(await authority.issue({ ...order, notAfter: Date.now() + 1_000 * DAY_MS }), undefined);
  assert.equal(await authority.issue({ ...order, certificateRequestPem: 'nonsense' }), undefined);
  const none = processAuthority('/nowhere/a.key', '/nowhere/a.crt', () => {});
  assert.equal(
    await none.issue(order),
    undefined,
    'an authority that does not start is no answer, and no end of the platform',
  );
  await none.close();
});

test('codes are ten characters that nobody confuses', () => {
  const codes = new Set(Array.from({ length: 1_000 }, () => newEnrolmentCode()));
  assert.equal(codes.size, 1_000);
  for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.equal(typedCode(' o1ilk-7m2p9 '), '0111K7M2P9');
});

for (const { name, skip, openStore } of engines) {
  test(
    `the platform dies between using up a code and admitting the machine: asked again it finishes, once (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      let power = false;
      let issued = 0;
      const office = createEnrolment({
        ...{ clock: new ManualClock(), vault: createVault('x'.repeat(40)), certificateDays: 365, codeHours: 24 },
        store: {
          ...store,
          terminals: {
            ...store.terminals,
            register: (...told) => (power ? store.terminals.register(...told) : Promise.reject(new Error('power cut'))),
          },
        },
        authority: { issue: async () => ({ certificatePem: `certificate ${++issued}` }), close: async () => {} },
        changed: () => {},
      });
      const machine = await newMachine();
      const { code } = await office.createCode(NUMBER, 'a technician');
      await assert.rejects(office.enrol(machine.request(NUMBER, code)), /power cut/);
      assert.equal(await store.terminals.get(NUMBER), undefined);
      power = true;
      const again = await office.enrol(machine.request(NUMBER, code));
      assert.equal(again.ok && again.value.certificatePem, 'certificate 1');
      const more = await office.enrol(machine.request(NUMBER, code));
      assert.deepEqual(more, again);
      assert.equal((await store.terminals.get(NUMBER))?.state, 'admitted');
      assert.deepEqual(
        (await store.enrolment.certificates(NUMBER)).map(({ supersededAt }) => supersededAt),
        [null],
      );
    },
  );
}
