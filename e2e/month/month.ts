import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { generations } from '@kiosk/sync-agent/journal/life/backup.ts';
import { entryTable } from '@kiosk/sync-agent/journal/file/schema.ts';
import { layCable } from '../agent/cable.ts';
import { TERMINAL, provision } from '../agent/provision.ts';

const DAY_MS = 86_400_000;
/** The program ends should it ever need more: a month's garbage, made in two minutes, is not left to pile up. */
const HEAP = '--max-old-space-size=96';

export interface Month {
  readonly days: number;
  /** What the hall leaves in these days, beside the requests (eight a day) and the agent's own. */
  readonly records: number;
  /** How often the agent asks for the platform that is not there. */
  readonly heartbeatMs: number;
}

export interface Life extends Month {
  readonly config: TerminalConfig;
  readonly token: string;
}

interface Memory {
  /** What the program holds after everything that can go is gone: heap and what hangs on it. */
  readonly heldMb: number;
  readonly rssMb: number;
}

export type Told =
  | { readonly what: 'ready' }
  | ({ readonly what: 'day'; readonly day: number; readonly pending: number } & Memory)
  | ({ readonly what: 'over'; startSeconds: number; pending: number; refused: string } & Memory)
  | ({ readonly what: 'drained'; readonly drainSeconds: number } & Memory)
  | { readonly what: 'compared'; readonly cases: number };

type Of<W extends Told['what']> = Extract<Told, { what: W }>;

export interface Lived {
  readonly days: readonly Of<'day'>[];
  readonly over: Of<'over'>;
  readonly drained: Of<'drained'>;
  /** Differences that the reconciliation made cases of. */
  readonly cases: number;
  readonly journalMb: number;
  /** How far each side is, stream by stream: the same when nothing is missing, twice or out of order. */
  readonly terminal: readonly Standing[];
  readonly platform: readonly Standing[];
  readonly backups: number;
  /** Requests that took effect. */
  readonly requests: number;
}

export interface Standing {
  readonly stream: StreamName;
  readonly entries: number;
  readonly upTo: number;
  readonly head: string;
}

/** One terminal lives so many days without a line; then the line is there again. */
export async function liveMonth(t: TestContext, month: Month): Promise<Lived> {
  let ahead = 0;
  const platform = await startTestPlatform({
    config: { limits: { terminalPerSecond: 10_000, terminalBurst: 10_000, publicPerSecond: 100, publicBurst: 100 } },
    parts: { clock: { ...systemClock, now: () => systemClock.now() + ahead } },
  });
  t.after(() => platform.end());
  const cable = await layCable(t, Number(new URL(platform.running.terminalUrl).port));
  const folder = mkdtempSync(join(quickDisk(), 'kiosk-month-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const life = { ...month, ...(await provision(folder, platform.installation, cable.port)) };

  const child = fork(join(import.meta.dirname, 'life.ts'), [JSON.stringify(life)], { execArgv: ['--expose-gc', HEAP] });
  const ended = once(child, 'exit');
  t.after(() => child.kill('SIGKILL'));
  const all: Told[] = [];
  child.on('message', (told) => {
    const said = told as Told;
    all.push(said);
    if (said.what === 'ready') {
      cable.cut(true);
      child.send('dark');
    }
    if (said.what === 'over') {
      ahead = (month.days + 2) * DAY_MS;
      cable.cut(false);
      child.send('light');
    }
  });
  const [code] = (await ended) as [number | null];
  assert.equal(code, 0, `the agent's process ended with ${code}; its last word was ${JSON.stringify(all.at(-1))}`);

  const one = <W extends Told['what']>(what: W) => all.find((told): told is Of<W> => told.what === what)!;
  await platform.running.projected();
  const journal = join(folder, 'data', 'journal.db');
  return {
    days: all.filter((told) => told.what === 'day'),
    over: one('over'),
    drained: one('drained'),
    cases: one('compared').cases,
    journalMb: statSync(journal).size / 1e6,
    terminal: reading(journal, (db) => StreamName.options.map((stream) => ownStanding(db, stream))),
    ...reading(join(platform.installation.dir, 'data', 'platform.db'), (db) => ({
      platform: StreamName.options.map((stream) => platformStanding(db, stream)),
      requests: db.prepare<[], number>('SELECT count(*) FROM request').pluck().get()!,
    })),
    backups: generations({ folder: join(folder, 'data', 'backup'), terminalId: TERMINAL }).length,
  };
}

/** Memory, where there is plenty: a month of commits is not about the disk. */
function quickDisk(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 4e9 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

function reading<T>(file: string, look: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

const ownStanding = (db: Database.Database, stream: StreamName): Standing => ({
  stream,
  ...db
    .prepare<[], Omit<Standing, 'stream'>>(
      `SELECT count(*) AS entries, max(seq) AS upTo,
        (SELECT lower(hex(link)) FROM ${entryTable(stream)} ORDER BY seq DESC LIMIT 1) AS head FROM ${entryTable(stream)}`,
    )
    .get()!,
});

const platformStanding = (db: Database.Database, stream: StreamName): Standing => ({
  stream,
  ...db
    .prepare<[string], Omit<Standing, 'stream'>>(
      `SELECT (SELECT count(*) FROM entry_key k WHERE k.stream = h.stream AND k.terminal_id = h.terminal_id) AS entries,
        durable_up_to AS upTo, head FROM stream_head h WHERE stream = ?`,
    )
    .get(stream)!,
});
