import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import { sm } from '@kiosk/contract/journal/suite/suite.ts';
import type { BatchConflict, BatchReceipt, StreamHead } from '@kiosk/contract/platform/ingest.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { startTestPlatform, TERMINALS, type TestPlatform } from '../testing/installation.ts';
import { complaint, TestJournal, type TestTerminal } from '../testing/terminal.ts';

let platform: TestPlatform;
let terminal: TestTerminal;
before(async () => {
  platform = await startTestPlatform();
  terminal = await platform.terminal();
});
after(() => platform.end());

/** Streams are independent, so each situation takes a fresh platform only where it needs the business stream for itself. */
async function fresh(t: { after(f: () => Promise<void>): void }) {
  const own = await startTestPlatform();
  t.after(() => own.end());
  const ownTerminal = await own.terminal();
  return { platform: own, terminal: ownTerminal, journal: new TestJournal(ownTerminal, 'business') };
}

const rated = (score: 'satisfied' | 'fair' = 'satisfied') =>
  ({ type: 'service.rated', sessionId: 'session-1', score }) as const;

async function list(of: TestPlatform, path: string): Promise<Record<string, unknown>[]> {
  return (await (await of.management(path)).json()) as Record<string, unknown>[];
}

function conflict(answer: { status: number; body: unknown }, code: string): BatchConflict {
  assert.equal(answer.status, 409, JSON.stringify(answer.body));
  const body = answer.body as BatchConflict;
  assert.equal(body.code, code, body.detail);
  return body;
}

test('a stream nobody wrote to stands at the beginning', async () => {
  const { status, body } = await terminal.send('GET', '/v1/streams/telemetry/head');
  assert.equal(status, 200);
  assert.deepEqual(body, { stream: 'telemetry', durableUpTo: 0, head: GENESIS });
});

test('batches one after the other, then the same batch twice: acknowledged again, stored once', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  for (let i = 0; i < 5; i++) journal.write(rated());
  assert.equal((await terminal.deliver(journal.batch(1, 3))).status, 200);
  const first = await terminal.deliver(journal.batch(4, 5));
  const again = await terminal.deliver(journal.batch(4, 5));
  const older = await terminal.deliver(journal.batch(1, 3));
  for (const answer of [first, again, older]) {
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const receipt = answer.body as BatchReceipt;
    assert.deepEqual([receipt.durableUpTo, receipt.head], [5, journal.linkAt(5)], 'see where the platform stands');
  }
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 5 });
});

test('a batch that overlaps what is known adds only what is new', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  for (let i = 0; i < 4; i++) journal.write(rated());
  await terminal.deliver(journal.batch(1, 2));
  const receipt = (await terminal.deliver(journal.batch(2, 4))).body as BatchReceipt;
  assert.equal(receipt.durableUpTo, 4);
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 4 });
});

test('the same sequence with another body is refused and alarmed', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  const clone = journal.copy();
  journal.write(rated('satisfied'));
  clone.write(rated('fair'));
  await terminal.deliver(journal.batch());
  const { standing } = conflict(await terminal.deliver(clone.batch()), 'E6201');
  assert.deepEqual(standing, { stream: 'business', durableUpTo: 1, head: journal.linkAt(1) });
  const [event] = await list(platform, 'events');
  assert.equal(event!['code'], 'E6201');
  assert.equal(event!['terminalId'], TERMINALS[0]);
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 1 });
});

test('a terminal that came back from an old disk image is told that its head went back', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  for (let i = 0; i < 5; i++) journal.write(rated());
  await terminal.deliver(journal.batch());
  const restored = journal.copy(2);
  restored.write(rated('fair'));
  const { standing } = conflict(await terminal.deliver(restored.batch(3, 3)), 'E6202');
  assert.equal(standing.durableUpTo, 5);
  assert.equal((await list(platform, 'events'))[0]!['code'], 'E6202');
});

test('a gap is refused, and the answer says where to go on', async (t) => {
  const { terminal, journal } = await fresh(t);
  for (let i = 0; i < 4; i++) journal.write(rated());
  await terminal.deliver(journal.batch(1, 1));
  const { standing } = conflict(await terminal.deliver(journal.batch(3, 4)), 'E6203');
  assert.equal(standing.durableUpTo, 1);
  assert.equal((await terminal.deliver(journal.batch(2, 4))).status, 200);
});

test('a batch with a hole in it is refused whole', async (t) => {
  const { terminal, journal } = await fresh(t);
  for (let i = 0; i < 3; i++) journal.write(rated());
  const batch = journal.batch();
  const holed = { ...batch, entries: [batch.entries[0]!, batch.entries[2]!] };
  assert.equal(conflict(await terminal.deliver(holed), 'E6203').standing.durableUpTo, 0);
});

test('another history before the standing head is a fork', async (t) => {
  const { terminal, journal } = await fresh(t);
  const other = journal.copy();
  journal.write(rated('satisfied'));
  other.write(rated('fair'));
  other.write(rated('fair'));
  await terminal.deliver(journal.batch());
  assert.equal(conflict(await terminal.deliver(other.batch(2, 2)), 'E6204').standing.durableUpTo, 1);
});

test('a signature of another key is refused and alarmed', async (t) => {
  const { platform, terminal } = await fresh(t);
  const { privateKey } = generateKeyPairSync('ed25519');
  const forged = new TestJournal({ terminalId: terminal.terminalId, signingKey: privateKey }, 'business');
  forged.write(rated());
  conflict(await terminal.deliver(forged.batch()), 'E6204');
  assert.equal((await list(platform, 'events'))[0]!['code'], 'E6204');
});

test('a body changed on the way no longer fits the head', async (t) => {
  const { terminal, journal } = await fresh(t);
  journal.write(rated());
  const batch = journal.batch();
  const entry = { ...batch.entries[0]!, bodyBase64: Buffer.from('{}').toString('base64') };
  conflict(await terminal.deliver({ ...batch, entries: [entry] }), 'E6204');
});

test("one terminal's journal is not taken from another", async (t) => {
  const { platform, terminal } = await fresh(t);
  const other = await platform.terminal(TERMINALS[1]);
  const journal = new TestJournal(other, 'business');
  journal.write(rated());
  conflict(await terminal.deliver(journal.batch()), 'E6204');
});

test('bodies that nobody understands are stored, set aside and do not block what follows', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  journal.writeRaw(Buffer.from(JSON.stringify({ v: 1, at: 1, data: { type: 'something.new', text: 'secret' } })));
  journal.writeRaw(Buffer.from([0xff, 0xfe, 0x00]));
  journal.write({ type: 'technician.signedOut', technician: 'a' });
  journal.write(rated());
  const receipt = (await terminal.deliver(journal.batch())).body as BatchReceipt;
  assert.equal(receipt.durableUpTo, 4, 'everything well-chained is stored');
  assert.deepEqual(
    receipt.quarantined,
    [1, 2, 3].map((seq) => ({ seq, code: 'E6301' })),
  );
  const again = (await terminal.deliver(journal.batch())).body as BatchReceipt;
  assert.deepEqual(again.quarantined, receipt.quarantined, 'a repeat says the same');
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 1 });
  const reasons = (await list(platform, 'quarantine')).map((entry) => String(entry['reason']));
  assert.equal(reasons.length, 3);
  assert.ok(!reasons.join().includes('secret'), 'a reason never quotes the body');
});

test('a request that arrives twice is there once, with its person masked', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  const person = syntheticPerson('ordinary', '2026-11-21');
  const number = makeRequestNumber({ terminal: terminal.terminalId, counter: 1 });
  const { name, idNumber, phone } = person;
  const clear = { name, idNumber, phone };
  const { data, wrapped } = complaint(number, 'op-1', { clear, centreKey: platform.installation.centreKey });
  journal.write(data, wrapped);
  await terminal.deliver(journal.batch());
  await terminal.deliver(journal.batch());
  await platform.restart();
  const requests = await list(platform, 'requests');
  assert.equal(requests.length, 1);
  assert.equal(requests[0]!['requestNumber'], number);
  assert.deepEqual(requests[0]!['person'], {
    name: '沈*',
    idNumber: `3${'*'.repeat(16)}${idNumber.at(-1)}`,
    phone: `122******${phone.slice(-2)}`,
  });
});

test('a request sealed with the national algorithms is read like any other', async (t) => {
  const { platform, terminal } = await fresh(t);
  const { name, idNumber } = syntheticPerson('ordinary', '2026-11-21');
  const journal = new TestJournal(terminal, 'business', sm);
  const number = makeRequestNumber({ terminal: terminal.terminalId, counter: 1 });
  const centreKey = platform.installation.centreKey;
  const { data, wrapped } = complaint(number, 'op-1', { clear: { name, idNumber }, centreKey }, sm);
  journal.write(data, wrapped);
  const answer = await terminal.deliver(journal.batch());
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  await platform.restart();
  const [request] = await list(platform, 'requests');
  assert.deepEqual(request?.['person'], {
    name: '沈*',
    idNumber: `3${'*'.repeat(16)}${idNumber.at(-1)}`,
    phone: null,
  });
});

test('a request number means one thing: the second operation under it is set aside', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  const number = makeRequestNumber({ terminal: terminal.terminalId, counter: 7 });
  journal.write(complaint(number, 'op-1').data);
  journal.write(complaint(number, 'op-1').data);
  journal.write(complaint(number, 'op-2').data);
  journal.write(complaint(makeRequestNumber({ terminal: '999999', counter: 1 }), 'op-3').data);
  await terminal.deliver(journal.batch());
  await platform.restart();
  assert.equal((await list(platform, 'requests')).length, 1);
  const aside = await list(platform, 'quarantine');
  assert.deepEqual(aside.map((entry) => entry['seq']).sort(), [3, 4]);
});

test('a personal part that the centre cannot open waits for a person', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  const number = makeRequestNumber({ terminal: terminal.terminalId, counter: 1 });
  const stranger = generateKeyPairSync('x25519').publicKey;
  const { data, wrapped } = complaint(number, 'op-1', { clear: { name: '某' }, centreKey: stranger });
  journal.write(data, wrapped);
  journal.write(rated());
  await terminal.deliver(journal.batch());
  await platform.restart();
  assert.equal((await list(platform, 'requests')).length, 0);
  assert.equal((await list(platform, 'quarantine')).length, 1);
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 1 });
});

test('a batch that breaks the contract is refused without touching the stream', async () => {
  const empty = { stream: 'audit', previousHead: GENESIS, entries: [], head: GENESIS, signatureBase64: '' };
  for (const body of [empty, '{', '[]', { ...empty, stream: 'secret' }]) {
    const answer = await terminal.send('POST', '/v1/streams/audit/batches', body);
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    assert.equal((answer.body as { code: string }).code, 'E9005');
  }
  const journal = new TestJournal(terminal, 'telemetry');
  journal.write({ type: 'device.changed', deviceId: 'a4', state: 'online' });
  const elsewhere = await terminal.send('POST', '/v1/streams/audit/batches', journal.batch());
  assert.equal(elsewhere.status, 400, 'stream of the body and of the address differ');
  const head = (await terminal.send('GET', '/v1/streams/audit/head')).body as StreamHead;
  assert.equal(head.durableUpTo, 0);
});

test('two copies of a batch at the same moment: one stored, both acknowledged', async (t) => {
  const { platform, terminal, journal } = await fresh(t);
  for (let i = 0; i < 50; i++) journal.write(rated());
  const second = await platform.terminal();
  const answers = await Promise.all([terminal, second, terminal].map((one) => one.deliver(journal.batch())));
  assert.deepEqual(
    answers.map((answer) => (answer.body as BatchReceipt).durableUpTo),
    [50, 50, 50],
  );
  assert.deepEqual(await (await platform.management('ratings')).json(), { satisfied: 50 });
});
