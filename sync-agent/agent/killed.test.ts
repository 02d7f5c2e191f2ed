import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ending } from '../testing/ending.ts';
import { intended, sample } from '../testing/journal.ts';
import { type TestTerminal, agentClient, testTerminal, until } from '../testing/terminal.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const KILLS = 8;

/** The real program in a process of its own, ended after the test. */
function startProgram(t: TestContext, { configFile }: TestTerminal): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, KIOSK_CONFIG: configFile },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  ending(t, () => child.kill('SIGKILL'));
  return child;
}

test('killed again and again while records come in: every acknowledged one is there, in order, and is delivered once', async (t) => {
  const terminal = await testTerminal(t);
  const acknowledged = new Map<string, string>();
  let n = 0;
  // Kills land at a different moment of the work each time; the sequence is the same in every run.
  let seed = 20_261_121;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;

  for (let kill = 0; kill < KILLS; kill++) {
    const child = startProgram(t, terminal);
    const client = agentClient(t, terminal);
    const gone = once(child, 'exit');
    await until(client, (s) => s.accepting);
    const killAfter = 1 + Math.floor(random() * 60);
    let done = 0;
    let alive = true;
    while (alive) {
      // Three at a time, so that a kill finds some written, some on their way and some not begun.
      const calls = StreamName.options.map(async (stream) => {
        const id = ++n;
        const data = stream === 'business' && id % 2 === 0 ? intended(`operation-${id}`) : sample[stream](id);
        const placed = await client.call('record', { data });
        if (!placed.ok) alive = false;
        else acknowledged.set(`${placed.value.stream} ${placed.value.seq}`, JSON.stringify(data));
        if (++done === killAfter) child.kill('SIGKILL');
      });
      await Promise.all(calls);
    }
    await gone;
    client.close();
  }
  assert.ok(acknowledged.size > KILLS, 'nothing was recorded before the kills');

  const child = startProgram(t, terminal);
  const client = agentClient(t, terminal);
  const opened = await until(client, (s) => s.link.state === 'online');
  assert.equal(opened.accepting, true, `after the kills the journal said ${opened.journal.code}`);
  await until(client, (s) => Object.values(s.queue).every(({ pending }) => pending === 0));
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0, 'SIGTERM must end the program cleanly');

  const db = new Database(join(terminal.config.dataDir, 'journal.db'), { readonly: true });
  const rows = db
    .prepare<[], { stream: StreamName; seq: number; body: Buffer }>('SELECT stream, seq, body FROM entry')
    .all();
  db.close();
  const kept = new Map(
    rows.map(({ stream, seq, body }) => [
      `${stream} ${seq}`,
      JSON.stringify((JSON.parse(body.toString()) as { data: unknown }).data),
    ]),
  );
  for (const [where, data] of acknowledged) assert.equal(kept.get(where), data, `acknowledged as ${where}, then lost`);
  for (const stream of StreamName.options) {
    const delivered = terminal.platform.streams[stream].entries;
    const own = rows.filter((row) => row.stream === stream).sort((a, b) => a.seq - b.seq);
    assert.deepEqual(
      delivered.map(({ seq, body }) => [seq, body]),
      own.map(({ seq, body }) => [seq, body.toString()]),
      `${stream}: journal and platform differ`,
    );
  }
});
