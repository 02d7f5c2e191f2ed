import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { ending, within } from '../testing/ending.ts';
import { must, sample } from '../testing/journal.ts';
import { type TestTerminal, agentClient, testTerminal, until } from '../testing/terminal.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** The real program in a process of its own, ended after the test. */
function startProgram(t: TestContext, { configFile }: TestTerminal): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, KIOSK_CONFIG: configFile },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  ending(t, () => child.kill('SIGKILL'));
  return child;
}

test('a start that cannot open the journal says why, and ends for its supervisor once the journal can be opened', async (t) => {
  const terminal = await testTerminal(t);
  const first = startProgram(t, terminal);
  const before = agentClient(t, terminal);
  await until(before, (s) => s.accepting);
  must(await before.call('record', { data: sample.audit(1) }));
  before.close();
  const ended = once(first, 'exit');
  first.kill('SIGTERM');
  await within(ended, () => 'the program does not end at SIGTERM');

  const somebody = new Database(join(terminal.config.dataDir, 'journal.db'));
  ending(t, () => somebody.close());
  somebody.pragma('locking_mode = EXCLUSIVE');
  somebody.exec('BEGIN EXCLUSIVE');

  const second = startProgram(t, terminal);
  const gone = once(second, 'exit') as Promise<[number | null]>;
  const client = agentClient(t, terminal);
  const shut = await until(client, () => true);
  assert.deepEqual([shut.accepting, shut.journal.code], [false, 'E6102']);
  const refused = await client.call('record', { data: sample.audit(2) });
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6102', 'a receipt for what no journal holds');

  somebody.exec('ROLLBACK');
  somebody.close();
  const [code] = await within(gone, () => 'the journal can be opened, and the program does not end for a new start');
  assert.equal(code, 0, 'it ends by its own decision, not by an accident');
  client.close();

  startProgram(t, terminal);
  const open = await until(agentClient(t, terminal), (s) => s.accepting);
  assert.equal(open.journal.code, undefined);
  await terminal.platform.holds('audit', 1);
});
