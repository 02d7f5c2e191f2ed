import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measure } from '../harness/figure.ts';
import { whyNotDurable, withFolder } from '../harness/scratch.ts';
import { median, percentile, rounded } from '../harness/statistics.ts';
import { openBenchJournal, takeOneRequest } from './bench-journal.ts';
import { preallocated } from './raw-file.ts';

const ROUNDS = 5;
const PER_ROUND = 400;
const SPACING_MS = 20;

/**
 * Back-to-back commits flatter: the disk never falls asleep. A kiosk commits now and then, so here each side gets one
 * every 20 ms, taking turns, and their slowest hundredth is compared.
 */
export const spacedTail: Measure = ({ signal }) =>
  withFolder(async (folder) => {
    const reason = whyNotDurable(folder);
    if (reason) return { reason };
    const journal = openBenchJournal(join(folder, 'journal.db'));
    const raw = preallocated(join(folder, 'raw'));
    for (let i = 0; i < 500; i++) takeOneRequest(journal);

    const rounds = [];
    const all = { journal: [] as number[], raw: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const ms = { journal: [] as number[], raw: [] as number[] };
      for (let i = 0; i < PER_ROUND; i++) {
        ms.journal.push(took(() => takeOneRequest(journal)));
        await wait(SPACING_MS / 2, undefined, { signal });
        ms.raw.push(took(() => raw.overwrite('fsync')));
        await wait(SPACING_MS / 2, undefined, { signal });
      }
      rounds.push(percentile(ms.journal, 99) / percentile(ms.raw, 99));
      all.journal.push(...ms.journal);
      all.raw.push(...ms.raw);
    }
    journal.close();
    raw.close();
    const line = (ms: number[]) => [median(ms), percentile(ms, 99), Math.max(...ms)].map(rounded);
    return {
      runs: rounds,
      against: {
        'commit ms (p50, p99, max of all)': line(all.journal),
        'overwrite + fsync ms (p50, p99, max of all)': line(all.raw),
      },
    };
  });

function took(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
