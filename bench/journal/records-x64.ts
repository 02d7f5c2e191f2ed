import { join } from 'node:path';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Measure } from '../harness/figure.ts';
import { whyNotDurable, withFolder } from '../harness/scratch.ts';
import { interleave, median, rounded } from '../harness/statistics.ts';
import { must, openBenchJournal } from './bench-journal.ts';
import { type Peer, classicLevelPeer, lmdbPeer, nodeSqlitePeer } from './peers.ts';

const ROUNDS = 15;
/** Compiled code, and logs that have grown to their full size (4,000 pages of the two that are SQLite). */
const WARM_UP = 15;
const COMMITS = 40;
const TOGETHER = 64;

let n = 0;
const burst = (): readonly EntryData[] =>
  Array.from({ length: TOGETHER }, () => ({
    type: 'step.timed' as const,
    sessionId: `0190b5a2-0000-7000-8000-${String(++n).padStart(12, '0')}`,
    step: 'overview',
    milliseconds: n,
  }));

/** Nothing is counted instead of recorded: every one of these has to be on the disk. */
const journalPeer = (folder: string): Peer => {
  const journal = openBenchJournal(join(folder, 'journal.db'), { mostTelemetry: Infinity });
  return {
    commit: (entries) => void must(journal.recordAll(entries)),
    stored: () => journal.store.db.prepare<[], number>('SELECT seq FROM entry_telemetry ORDER BY seq').pluck().all(),
    close: () => journal.close(),
  };
};

/**
 * Durable records a second, 64 a commit, through the journal's own `recordAll`. The peers are given the same entries and
 * do the same to them (JSON, salt, digest, chain), stored under (stream, sequence), synced to the disk at every commit.
 * In the end each has to have every entry, without a gap.
 */
export const recordsTogether: Measure = () =>
  withFolder(async (folder) => {
    const reason = whyNotDurable(folder);
    if (reason) return { reason };
    const peers = {
      journal: journalPeer(folder),
      lmdb: lmdbPeer(folder),
      'classic-level (sync)': await classicLevelPeer(folder),
      'node:sqlite (WAL, FULL)': nodeSqlitePeer(folder, 1),
      'node:sqlite, 16 rows a statement': nodeSqlitePeer(folder, 16),
    };
    type Name = keyof typeof peers;
    const names = Object.keys(peers) as Name[];
    const cpu = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
    const perSecond = (name: Name) => async () => {
      const bursts = Array.from({ length: COMMITS }, burst);
      const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
      for (const entries of bursts) await peers[name].commit(entries);
      const [ms, used] = [performance.now() - began, process.cpuUsage(cpuBefore)];
      cpu[name].push((used.user + used.system) / (COMMITS * TOGETHER));
      return (COMMITS * TOGETHER * 1000) / ms;
    };
    const contestants = Object.fromEntries(names.map((name) => [name, perSecond(name)])) as Record<
      Name,
      () => Promise<number>
    >;
    await interleave(WARM_UP, contestants);
    for (const name of names) cpu[name].length = 0;
    const found = await interleave(ROUNDS, contestants);

    for (const name of names) {
      const stored = await peers[name].stored();
      const whole =
        stored.length === (WARM_UP + ROUNDS) * COMMITS * TOGETHER && stored.every((seq, i) => seq === i + 1);
      if (!whole) throw new Error(`${name} has ${stored.length} entries, or a gap`);
      await peers[name].close();
    }
    const { journal, ...others } = found;
    return {
      runs: journal,
      against: {
        ...Object.fromEntries(Object.entries(others).map(([name, runs]) => [`${name} 1/s`, rounded(median(runs))])),
        ...Object.fromEntries(names.map((name) => [`${name}, CPU µs a record`, rounded(median(cpu[name]))])),
        note: 'peers keep one stream and no outbox, and are not asked whether they are sound at the open',
      },
    };
  });
