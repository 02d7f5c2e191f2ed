import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { type Caps, SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { ending } from '../testing/ending.ts';
import { intended, must, sample } from '../testing/journal.ts';
import { testCatalogue } from '../testing/platform.ts';
import {
  TECHNICIAN,
  type TestTerminal,
  agentClient,
  device,
  testDeviceHost,
  testTerminal,
  until,
} from '../testing/terminal.ts';
import { type AgentOptions, startAgent } from './agent.ts';
import { jsonLog } from './log.ts';

const withCaps = (caps: Partial<Caps>) => ({ ...SAFE_PARAMETERS, caps: { ...SAFE_PARAMETERS.caps, ...caps } });

const person = syntheticPerson('ordinary', '2026-11-21');
const question = { item: 'S01', topicId: 'complaint' } as const;
const appointment = {
  item: 'B08',
  topicId: 'withdrawal',
  branchId: 'b1',
  date: '2026-12-01',
  half: 'morning',
} as const;
const request = (operationId: string, form: typeof question | typeof appointment = question) =>
  ({
    sessionId: 'session-1',
    operationId,
    level: 'L1',
    form,
    person: { name: person.name, idNumber: person.idNumber, phone: person.phone },
  }) as const;

async function startTestAgent(t: TestContext, terminal: TestTerminal, more: Partial<AgentOptions> = {}) {
  const lines: string[] = [];
  const agent = must(
    await startAgent({
      config: terminal.config,
      token: terminal.token,
      version: '0.1.0',
      clock: systemClock,
      random: () => 0.01,
      log: jsonLog(systemClock, (line) => lines.push(line)),
      heartbeatMs: 200,
      ...more,
    }),
  );
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= agent.stop());
  ending(t, stop);
  return { stop, lines };
}

test('a request left while the line is cut is received once when it is back, and only its number is told', async (t) => {
  const terminal = await testTerminal(t);
  const { platform, port, authority } = terminal;
  const { lines } = await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, (s) => s.link.state === 'online' && s.configuration.versions.catalogue === 7);

  await platform.close();
  await until(client, (s) => s.link.state === 'offline');
  const taken = must(await client.call('submitRequest', request('operation-1')));
  assert.equal(taken.offline, true);
  assert.deepEqual(
    must(await client.call('submitRequest', request('operation-1'))),
    taken,
    'asked again: the same number',
  );
  const waiting = await until(client, (s) => s.queue.business.pending === 1);
  assert.equal(waiting.link.code, 'E3101');

  await platform.listen(authority, port);
  await platform.holds('business', 1);
  await until(client, (s) => s.queue.business.pending === 0);
  const [entry] = platform.bodies('business');
  assert.equal(entry?.type === 'request.submitted' && entry.requestNumber, taken.requestNumber);
  assert.equal(platform.streams.business.seq, 1);
  assert.equal(platform.overlapped, false, 'two batches of a stream were under way at once');

  const log = lines.join('');
  for (const secret of [person.name, person.idNumber, person.phone]) {
    assert.ok(!log.includes(secret), 'the log holds a personal field');
  }
});

test('offline, only what may wait is taken, and not without end', async (t) => {
  const terminal = await testTerminal(t);
  const items = testCatalogue.items.map((item) => (item.id === 'B08' ? { ...item, offline: 'no' } : item));
  terminal.platform.send('catalogue', 8, { ...testCatalogue, items });
  terminal.platform.send('parameters', 1, withCaps({ mostWaiting: 2 }));
  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, ({ configuration: { versions } }) => versions.catalogue === 8 && versions.parameters === 1);
  await terminal.platform.close();
  await until(client, (s) => s.link.state === 'offline');
  const code = async (operationId: string, form?: typeof appointment) => {
    const result = await client.call('submitRequest', request(operationId, form));
    return result.ok ? 'taken' : result.error.code;
  };
  assert.equal(await code('operation-0', appointment), 'E2201');
  assert.deepEqual(
    [await code('operation-1'), await code('operation-2'), await code('operation-3')],
    ['taken', 'taken', 'E2202'],
  );
  assert.equal(await code('operation-2'), 'taken', 'one that was taken stays taken');
});

test('the last good catalogue and what waits are there again after a restart without the line', async (t) => {
  const terminal = await testTerminal(t);
  const first = await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, (s) => s.catalogue !== null && s.queue.audit.pending === 0);
  await terminal.platform.close();
  await until(client, (s) => s.link.state === 'offline');
  must(await client.call('record', { data: sample.business(1) }));
  await first.stop();
  await startTestAgent(t, terminal);
  const again = await until(agentClient(t, terminal), (s) => s.link.code === 'E3101');
  assert.equal(again.configuration.versions.catalogue, 7);
  assert.ok(again.catalogue?.items.some(({ id }) => id === 'S01'));
  assert.equal(again.queue.business.pending, 1);
});

test('open intents of a killed run are settled by what the device-host knows, none is guessed', async (t) => {
  const terminal = await testTerminal(t);
  const first = await startTestAgent(t, terminal);
  const before = agentClient(t, terminal);
  await until(before, () => true);
  for (const id of ['never-heard', 'print-done', 'print-stuck', 'print-going']) {
    must(await before.call('record', { data: intended(id) }));
  }
  await first.stop();

  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  assert.equal((await until(client, () => true)).unsettled, 4, 'without the device-host nothing is known');
  const host = await testDeviceHost(t, terminal);
  host.operations.set('print-done', { operationId: 'print-done', state: 'done', printed: 2 });
  host.operations.set('print-stuck', { operationId: 'print-stuck', state: 'unknown', code: 'E4106', printed: 1 });
  host.operations.set('print-going', { operationId: 'print-going', state: 'started' });
  host.publish([device('busy')]);
  await until(client, (s) => s.unsettled === 1);
  host.publish([device('fault', 'E4103')]);
  await until(client, (s) => s.unsettled === 0);
  await terminal.platform.holds('business', 8);
  const settled = terminal.platform
    .bodies('business')
    .filter((entry) => entry.type === 'operation.settled')
    .map(({ operationId, outcome, code, printed }) => [operationId, outcome, code, printed]);
  assert.deepEqual(settled, [
    ['never-heard', 'failed', 'E9009', 0],
    ['print-done', 'done', undefined, 2],
    ['print-stuck', 'unknown', 'E4106', 1],
    ['print-going', 'unknown', undefined, undefined],
  ]);
  await terminal.platform.holds('telemetry', 3);
  assert.ok(
    terminal.platform.bodies('telemetry').some((e) => e.type === 'device.changed' && e.code === 'E4103'),
    'the jam is in the telemetry',
  );
});

test('a session that was killed over a print: its intent is settled when the next one begins, and never that one', async (t) => {
  const terminal = await testTerminal(t);
  await startTestAgent(t, terminal);
  const host = await testDeviceHost(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, () => true);
  must(await client.call('record', { data: intended('print-of-the-killed') }));
  host.operations.set('print-of-the-killed', { operationId: 'print-of-the-killed', state: 'failed', printed: 1 });
  must(await client.call('record', { data: { type: 'session.opened', sessionId: 'session-2', mode: 'depositor' } }));
  const next = {
    type: 'operation.intended',
    sessionId: 'session-2',
    operationId: 'print-2',
    kind: 'printSlip',
  } as const;
  must(await client.call('record', { data: next }));
  await terminal.platform.holds('business', 3);
  await until(client, (s) => s.unsettled === 0);
  const settled = terminal.platform.bodies('business').filter((entry) => entry.type === 'operation.settled');
  assert.deepEqual(
    settled.map(({ operationId, outcome, reconciled }) => [operationId, outcome, reconciled]),
    [['print-of-the-killed', 'failed', true]],
  );
});

test('a journal that does not verify leaves the agent up, taking nothing and saying why', async (t) => {
  const terminal = await testTerminal(t);
  const first = await startTestAgent(t, terminal);
  await first.stop();
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(terminal.config.dataDir, 'journal.db'));
  db.exec(`UPDATE entry_audit SET body = CAST('{}' AS BLOB) WHERE seq = 1`);
  db.close();
  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  const snapshot = await until(client, () => true);
  assert.deepEqual([snapshot.accepting, snapshot.journal.code], [false, 'E6104']);
  const refused = await client.call('submitRequest', request('operation-1'));
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6104');
  must(await client.call('signIn', { ...TECHNICIAN, by: 'cli' }));
});

test('a terminal whose disk was put back to an older image stops that stream and says so', async (t) => {
  const terminal = await testTerminal(t);
  terminal.platform.streams.business.seq = 5;
  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  const snapshot = await until(client, (s) => s.queue.business.stopped !== undefined);
  assert.deepEqual(
    [snapshot.queue.business.stopped, snapshot.accepting, snapshot.journal.code],
    ['E6202', false, 'E6202'],
  );
  await terminal.platform.holds('audit', 1);
});

test('a technician signs in, tests the line and the journal, and all of it is recorded', async (t) => {
  const terminal = await testTerminal(t);
  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, (s) => s.link.state === 'online');
  const wrong = await client.call('signIn', { name: TECHNICIAN.name, secret: 'guess', by: 'screen' });
  assert.equal(wrong.ok ? 'in' : wrong.error.code, 'E7101');
  const { technicianToken } = must(await client.call('signIn', { ...TECHNICIAN, by: 'cli' }));
  const { steps } = must(await client.call('testLink', { technicianToken }));
  assert.deepEqual(
    steps.map(({ name, passed }) => [name, passed]),
    [
      ['name', true],
      ['tcp', true],
      ['tls', true],
      ['http', true],
    ],
  );
  const { streams } = must(await client.call('verifyJournal', { technicianToken }));
  assert.deepEqual(
    streams.map(({ brokenAt }) => brokenAt),
    [null, null, null],
  );
  must(await client.call('recordSelfTest', { technicianToken, deviceId: 'id-reader', passed: true }));
  must(await client.call('signOut', { technicianToken }));
  const after = await client.call('testLink', { technicianToken });
  assert.equal(after.ok ? 'allowed' : after.error.code, 'E7103');
  await until(client, (s) => s.queue.audit.pending === 0 && s.link.state === 'online');
  const types = terminal.platform.bodies('audit').map(({ type }) => type);
  for (const type of ['technician.refused', 'technician.signedIn', 'device.tested', 'technician.signedOut']) {
    assert.ok(types.includes(type as never), `${type} is not in the audit stream`);
  }
});

test('a query goes to the platform and back, ends when cancelled, and leaves nothing in the journal', async (t) => {
  const terminal = await testTerminal(t);
  await startTestAgent(t, terminal);
  const client = agentClient(t, terminal);
  await until(client, (s) => s.link.state === 'online' && s.queue.audit.pending === 0);
  const claim = { name: person.name, idNumber: person.idNumber, validTo: null };
  const sent = { challengeId: 'c1', phoneMasked: '122******70', resendAfterSeconds: 60, validSeconds: 300 };
  terminal.platform.answers.set('/v1/identity/codes', () => sent);
  assert.deepEqual(must(await client.call('sendCode', claim)), sent);

  terminal.platform.mood = (path) => (path === '/v1/identity/codes' ? { kind: 'silent' } : { kind: 'well' });
  const cancel = new AbortController();
  const arrived = terminal.platform.called('/v1/identity/codes');
  const call = client.call('sendCode', claim, { signal: cancel.signal });
  await arrived;
  cancel.abort();
  const result = await call;
  assert.equal(result.ok ? 'answered' : result.error.code, 'E9001');
  const late = await client.call('sendCode', claim, { deadlineMs: 50 });
  assert.equal(late.ok ? 'answered' : late.error.code, 'E3102');

  terminal.platform.mood = (path) =>
    path === '/v1/identity/codes' ? { kind: 'status', status: 403, body: '{"code":"E2101"}' } : { kind: 'well' };
  const refused = await client.call('sendCode', claim);
  assert.equal(refused.ok ? 'answered' : refused.error.code, 'E2101');
  for (const stream of ['business', 'audit', 'telemetry'] as const) {
    for (const { body } of terminal.platform.streams[stream].entries) assert.ok(!body.includes(person.idNumber));
  }
});

test('a program that cannot find its keys says which, and does not start', async (t) => {
  const terminal = await testTerminal(t);
  const started = await startAgent({
    config: { ...terminal.config, signingKeyFile: join(terminal.folder, 'nowhere') },
    token: terminal.token,
    version: '0.1.0',
    clock: systemClock,
    random: Math.random,
    log: () => {},
  });
  assert.equal(started.ok ? 'started' : started.error.code, 'E8101');
});
