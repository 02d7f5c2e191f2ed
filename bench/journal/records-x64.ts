import { join } from 'node:path';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { Measure } from '../harness/figure.ts';
import { whyNotDurable, withFolder } from '../harness/scratch.ts';
import { interleave, median, rounded } from '../harness/statistics.ts';
import { must, openBenchJournal } from './bench-journal.ts';
import { classicLevelPeer, lmdbPeer, nodeSqlitePeer } from './peers.ts';

const ROUNDS = 15;
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

/**
 * Durable records a second, 64 a commit, through the journal's own `recordAll`. The peers are given the same entries and
 * do the same to them (JSON, salt, digest, chain), stored under (stream, sequence), synced to the disk at every commit.
 */
export const recordsTogether: Measure = () =>
  withFolder(async (folder) => {
    const reason = whyNotDurable(folder);
    if (reason) return { reason };
    const journal = openBenchJournal(join(folder, 'journal.db'));
    const level = await classicLevelPeer(folder);
    const [lmdb, sqlite] = [lmdbPeer(folder), nodeSqlitePeer(folder)];
    const perSecond = (commit: (entries: readonly EntryData[]) => Promise<void> | void) => async () => {
      const bursts = Array.from({ length: COMMITS }, burst);
      const began = performance.now();
      for (const entries of bursts) await commit(entries);
      return (COMMITS * TOGETHER * 1000) / (performance.now() - began);
    };
    const contestants = {
      journal: perSecond((entries) => void must(journal.recordAll(entries))),
      lmdb: perSecond((entries) => lmdb.commit(entries)),
      'classic-level': perSecond((entries) => level.commit(entries)),
      'node:sqlite': perSecond((entries) => sqlite.commit(entries)),
    };
    // Compiled code, and logs that have grown to their full size once.
    await interleave(6, contestants);
    const found = await interleave(ROUNDS, contestants);
    journal.close();
    await Promise.all([lmdb.close(), level.close(), sqlite.close()]);
    return {
      runs: found.journal,
      against: {
        'lmdb 1/s': rounded(median(found.lmdb)),
        'classic-level (sync) 1/s': rounded(median(found['classic-level'])),
        'node:sqlite (WAL, FULL) 1/s': rounded(median(found['node:sqlite'])),
        note: 'peers keep one stream and no outbox, and are not asked whether they are sound at the open',
      },
    };
  });
