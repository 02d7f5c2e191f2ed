import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BatchReceipt, StreamHead } from '@kiosk/contract/platform/ingest.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import type { PlatformConfigInput } from './config.ts';
import { install, MANAGEMENT_TOKEN, TERMINALS, type Installation } from './testing/installation.ts';
import { complaint, TestJournal, TestTerminal } from './testing/terminal.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Program {
  readonly child: ChildProcess;
  readonly ready: { ready: boolean; terminalUrl: string; publicUrl: string };
}

async function installFor(t: TestContext, change: Partial<PlatformConfigInput> = {}): Promise<Installation> {
  const installation = await install(change);
  t.after(() => installation.remove());
  return installation;
}

function launch(t: TestContext, { dir, config }: Installation): ChildProcess {
  const file = join(dir, 'platform.json');
  writeFileSync(file, JSON.stringify(config));
  const env = { ...process.env, PLATFORM_CONFIG: file };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => void child.kill('SIGKILL'));
  return child;
}

async function start(t: TestContext, installation: Installation): Promise<Program> {
  const child = launch(t, installation);
  child.stderr!.resume();
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return { child, ready: JSON.parse(line) as Program['ready'] };
}

async function terminalOf(t: TestContext, installation: Installation, { ready }: Program): Promise<TestTerminal> {
  const [terminalId] = TERMINALS;
  const terminal = new TestTerminal({
    terminalId,
    url: ready.terminalUrl,
    ca: installation.authority.ca,
    credentials: await installation.credentials(terminalId),
    signingKey: installation.signingKeys.get(terminalId),
  });
  t.after(() => terminal.hangUp());
  return terminal;
}

test('one line says where it listens, and SIGTERM ends it cleanly', async (t) => {
  const { child, ready } = await start(t, await installFor(t));
  assert.equal(ready.ready, true);
  assert.match(ready.terminalUrl, /^https:\/\/127\.0\.0\.1:\d+$/);
  assert.match(ready.publicUrl, /^http:\/\/127\.0\.0\.1:\d+$/);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a configuration that would open it to the network, or that lacks a file, does not start', async (t) => {
  const listener = (await installFor(t)).config.terminalListener;
  const cases: [Partial<PlatformConfigInput>, RegExp][] = [
    [{ terminalListener: { ...listener, host: '0.0.0.0' } }, /terminalListener\.host/],
    [{ publicListener: { port: 0, host: '0.0.0.0' }, exposure: 'network' }, /publicListener\.host/],
    [{ managementTokenFile: '/nowhere/token' }, /ENOENT/],
    [{ centreKeyFile: listener.certificateFile }, /E8101/],
  ];
  for (const [change, reason] of cases) {
    const child = launch(t, await installFor(t, change));
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(said, reason);
    assert.match(said, /"code":"E8101"/);
  }
});

test('killed in the middle of receiving: what was acknowledged is there, and everything arrives once', async (t) => {
  const installation = await installFor(t);
  let program = await start(t, installation);
  let terminal = await terminalOf(t, installation, program);
  const journal = new TestJournal(terminal, 'business');
  const TOTAL = 300;
  for (let counter = 1; counter <= TOTAL; counter++) {
    const number = makeRequestNumber({ terminal: terminal.terminalId, counter });
    journal.write(complaint(number, `op-${counter}`).data);
  }

  let acknowledged = 0;
  /** Sends what is not acknowledged, ten at a time, until the end or until the line breaks. */
  const deliver = async (onReceipt: () => void): Promise<void> => {
    while (acknowledged < TOTAL) {
      const answer = await terminal.deliver(journal.batch(acknowledged + 1, Math.min(acknowledged + 10, TOTAL)));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      acknowledged = (answer.body as BatchReceipt).durableUpTo;
      onReceipt();
    }
  };
  for (const killAfter of [3, 8]) {
    let receipts = 0;
    const exited = once(program.child, 'exit');
    const broken = deliver(() => {
      // The next batch is on its way when the program dies.
      if (++receipts === killAfter) queueMicrotask(() => program.child.kill('SIGKILL'));
    });
    await assert.rejects(broken);
    await exited;
    program = await start(t, installation);
    terminal = await terminalOf(t, installation, program);
    const head = (await terminal.send('GET', '/v1/streams/business/head')).body as StreamHead;
    assert.ok(head.durableUpTo >= acknowledged, `acknowledged ${acknowledged}, found ${head.durableUpTo}`);
    assert.equal(head.head, journal.linkAt(head.durableUpTo));
  }
  await deliver(() => {});
  // A restart projects what was acknowledged and not yet projected, before it ends.
  program.child.kill('SIGTERM');
  await once(program.child, 'exit');
  program = await start(t, installation);
  const headers = { authorization: `Bearer ${MANAGEMENT_TOKEN}` };
  const response = await fetch(`${program.ready.publicUrl}/management/requests`, { headers });
  const numbers = ((await response.json()) as { requestNumber: string }[]).map((request) => request.requestNumber);
  assert.equal(numbers.length, TOTAL);
  assert.equal(new Set(numbers).size, TOTAL);
});
