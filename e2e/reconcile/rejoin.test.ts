import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import { run } from '@kiosk/sync-agent/testing/cli.ts';
import { within } from '@kiosk/sync-agent/testing/ending.ts';
import type { TestTerminal } from '@kiosk/sync-agent/testing/terminal.ts';
import { TERMINAL } from '../agent/provision.ts';
import { must, startPair } from './pair.ts';

interface Row {
  readonly stream: string;
  readonly seq: number;
  readonly link: string;
}

interface Request {
  readonly requestNumber: string;
  readonly operationId: string;
}

/** A terminal that depositors use, its platform, and a technician at its keyboard. */
async function hall(t: TestContext) {
  const pair = await startPair(t);
  const { config, platform } = pair;
  const configFile = join(config.dataDir, '..', 'terminal.json');
  writeFileSync(configFile, JSON.stringify(config));
  const journal = join(config.dataDir, 'journal.db');
  const given = new Map<string, string>();
  let count = 0;

  const rows = (file: string, sql: string): Row[] => {
    const db = new Database(file, { readonly: true });
    try {
      return db.prepare<[], Row>(sql).all();
    } finally {
      db.close();
    }
  };
  const entries = (stream: string) =>
    `SELECT '${stream}' AS stream, seq, lower(hex(link)) AS link FROM entry_${stream}`;

  const self = {
    ...{ pair, journal, given },
    technician: (...args: string[]) => run({ configFile } as TestTerminal, args),
    /** A depositor leaves a question; the number that stands on the slip. */
    async leave(): Promise<Request> {
      await within(
        pair.until(({ accepting, catalogue }) => accepting && catalogue !== null),
        () => 'the terminal to take requests',
      );
      const operationId = `request-${++count}`;
      const { requestNumber } = must(
        await pair.client.call('submitRequest', {
          ...{ sessionId: `session-${count}`, operationId, level: 'L0', form: { item: 'S01', topicId: 'machine' } },
        }),
      );
      given.set(operationId, requestNumber);
      return { requestNumber, operationId };
    },
    async delivered(): Promise<void> {
      const done = pair.until(
        ({ accepting, link, queue }) =>
          accepting && link.state === 'online' && Object.values(queue).every(({ pending }) => pending === 0),
      );
      await within(done, () => 'everything delivered');
    },
    /** The agent is put to rest with all that it has delivered. */
    async rest(): Promise<void> {
      await self.delivered();
      await pair.stop();
    },
    onPlatform: () =>
      rows(
        join(config.dataDir, '..', '..', 'data', 'platform.db'),
        `SELECT stream, seq, lower(link) AS link FROM entry_key WHERE terminal_id = '${TERMINAL}' ORDER BY stream, seq`,
      ),
    /** While the agent rests: it locks its file. */
    onTerminal: () =>
      rows(journal, `${['business', 'audit', 'telemetry'].map(entries).join(' UNION ALL ')} ORDER BY stream, seq`),
    requests: async () => (await (await platform.management('requests')).json()) as Request[],
    quarantine: async () =>
      (await (await platform.management('quarantine')).json()) as { code: string; stream: string; seq: number }[],
  };
  return self;
}

type Hall = Awaited<ReturnType<typeof hall>>;

/** Whatever the platform had, it has as it was, and behind it no sequence is missing or there twice. */
function assertKept(before: readonly Row[], { onPlatform }: Hall): void {
  const now = onPlatform();
  const links = new Map(now.map(({ stream, seq, link }) => [`${stream} ${seq}`, link]));
  for (const { stream, seq, link } of before) {
    assert.equal(links.get(`${stream} ${seq}`), link, `${stream} ${seq} is no longer what it was`);
  }
  for (const stream of ['business', 'audit', 'telemetry']) {
    const seqs = now.filter((row) => row.stream === stream).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_, i) => i + 1),
      `${stream} has gaps`,
    );
  }
}

/** Both sides hold the same; the terminal may have noted its own last moments since. */
function assertOne({ onTerminal, onPlatform }: Hall): void {
  const name = ({ stream, seq, link }: Row) => `${stream} ${seq} ${link}`;
  const [own, theirs] = [onTerminal().map(name), onPlatform().map(name)];
  assert.deepEqual(
    theirs.filter((row) => !own.includes(row)),
    [],
    'on the platform and not on the terminal',
  );
  assert.deepEqual(
    own.filter((row) => !theirs.includes(row) && row.startsWith('business')),
    [],
    'on the terminal and not on the platform',
  );
}

function counter({ requestNumber }: Request): number {
  const parsed = parseRequestNumber(requestNumber);
  return parsed.ok ? parsed.value.counter : assert.fail(`${requestNumber} is no request number`);
}

test('a disk dies, the youngest backup is older than what the platform has: restored, made one with it, nothing given twice', async (t) => {
  const all = await hall(t);
  const { pair, technician, leave, given } = all;
  await pair.start();
  for (let n = 0; n < 3; n++) await leave();
  const backup = await technician('journal', 'backup', '--json');
  assert.equal(backup.code, 0, backup.problem);
  const { file } = JSON.parse(backup.out) as { file: string };
  for (let n = 0; n < 4; n++) await leave();
  await all.rest();
  const before = all.onPlatform();

  rmSync(all.journal);
  const restored = await technician('journal', 'restore', file);
  assert.equal(restored.code, 0, restored.problem);
  assert.match(restored.out, /E6107/);

  pair.dark(true);
  let rejoined = () => {};
  const ended = new Promise<void>((resolve) => (rejoined = resolve));
  await pair.start({ onRejoined: () => rejoined() });
  const { journal } = await pair.until((state) => !state.accepting);
  assert.equal(journal.code, 'E6107');
  const refused = await pair.client.call('submitRequest', {
    ...{ sessionId: 's', operationId: 'too-early', level: 'L0', form: { item: 'S01', topicId: 'machine' } },
  });
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6107');
  const tooEarly = await technician('journal', 'rejoin');
  assert.equal(tooEarly.code, 1);
  assert.match(tooEarly.problem, /E3101/);

  pair.dark(false);
  await within(ended, () => 'the restored journal to become one with the platform by itself');
  await pair.stop();
  await pair.start();
  const next = await leave();
  await all.rest();

  assertKept(before, all);
  assertOne(all);
  const received = await all.requests();
  assert.equal(received.length, 8);
  assert.equal(new Set(received.map(({ requestNumber }) => requestNumber)).size, 8);
  assert.deepEqual(new Map(received.map(({ operationId, requestNumber }) => [operationId, requestNumber])), given);
  const others = received.filter(({ operationId }) => operationId !== next.operationId);
  assert.ok(counter(next) > Math.max(...others.map(counter)), `${next.requestNumber} lies beyond all of before`);
  assert.deepEqual(await all.quarantine(), []);
});

test('an old disk image is put back and nobody says so: the terminal notices and takes nothing; rejoin mends it', async (t) => {
  const all = await hall(t);
  const { pair, technician, leave, given } = all;
  await pair.start();
  for (let n = 0; n < 3; n++) await leave();
  await all.rest();
  const image = `${all.journal}.image`;
  copyFileSync(all.journal, image);
  await pair.start();
  const lost = [await leave(), await leave(), await leave(), await leave()];
  await all.rest();
  const before = all.onPlatform();

  for (const end of ['-wal', '-shm']) rmSync(all.journal + end, { force: true });
  copyFileSync(image, all.journal);
  pair.dark(true);
  await pair.start();
  // Without the line the image is as good as any journal: a number that is out already is given once more.
  const twice = await leave();
  assert.equal(twice.requestNumber, lost[0]!.requestNumber);
  pair.dark(false);
  const { journal, queue } = await within(
    pair.until((state) => !state.accepting && state.queue.audit.stopped !== undefined),
    () => 'the terminal to notice',
  );
  assert.match(journal.code ?? '', /^E620[12]$/);
  assert.ok(queue.business.pending > 0, 'nothing of it counts as delivered');
  const status = await technician('status');
  assert.equal(status.code, 1);
  assert.match(status.out, /E620[12]/);
  assertKept(before, all);

  // Started anew it is the same: nothing but a person makes it go on.
  await pair.stop();
  await pair.start();
  await within(
    pair.until((state) => state.link.state === 'online' && !state.accepting),
    () => 'the terminal to notice again',
  );
  const mended = await technician('journal', 'rejoin', '--json');
  assert.equal(mended.code, 0, mended.problem);
  const [business] = JSON.parse(mended.out) as { stream: string; forkedAt: number; pulled: number; moved: number }[];
  assert.deepEqual(business, { stream: 'business', forkedAt: 3, pulled: 4, moved: 1 });
  assert.ok(existsSync(`${all.journal}.before-rejoin-1`), 'the journal as it was is kept');
  await pair.stop();
  await pair.start();
  const next = await leave();
  await all.rest();

  assertKept(before, all);
  assertOne(all);
  const received = await all.requests();
  const numbers = received.map(({ requestNumber }) => requestNumber);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(
    received.some(({ operationId }) => operationId === next.operationId),
    'what came since has arrived',
  );
  assert.equal([...given.values()].filter((number) => number === next.requestNumber).length, 1);
  // The depositor of the number that was given twice is not lost: set aside, visible, for a person to decide.
  assert.equal(received.length, given.size - 1);
  assert.equal(
    received.find(({ requestNumber }) => requestNumber === twice.requestNumber)?.operationId,
    lost[0]!.operationId,
  );
  assert.deepEqual(
    (await all.quarantine()).map(({ code, stream, seq }) => ({ code, stream, seq })),
    [{ code: 'E6301', stream: 'business', seq: 8 }],
  );
  const verified = await technician('journal', 'verify');
  assert.equal(verified.code, 0, verified.problem);
});
