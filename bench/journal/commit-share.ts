import { join } from 'node:path';
import type { Measure } from '../harness/figure.ts';
import { whyNotDurable, withFolder } from '../harness/scratch.ts';
import { interleave, median, ratios, rounded } from '../harness/statistics.ts';
import { must, openBenchJournal, takeOneRequest } from './bench-journal.ts';
import { preallocated } from './raw-file.ts';

const ROUNDS = 12;
const COMMITS = 300;

/**
 * How much of the disk's own rate is left after chain, encryption and SQLite: durable requests a second through the
 * real journal ÷ flushed overwrites of a preallocated file beside it.
 */
export const commitShare: Measure = () =>
  withFolder(async (folder) => {
    const reason = whyNotDurable(folder);
    if (reason) return { reason };
    const journal = openBenchJournal(join(folder, 'journal.db'));
    const raw = preallocated(join(folder, 'raw'));
    const perSecond = (work: () => void) => () => {
      const began = performance.now();
      for (let i = 0; i < COMMITS; i++) work();
      return (COMMITS * 1000) / (performance.now() - began);
    };
    const sealedRequest = () => takeOneRequest(journal);
    const plainEntry = () =>
      void must(journal.record({ type: 'service.rated', sessionId: 'bench', score: 'satisfied' }));
    // Prepared statements and compiled code; and a write-ahead log that has grown to its full size once.
    for (let i = 0; i < 2_000; i++) sealedRequest();

    const found = await interleave(ROUNDS, {
      sealed: perSecond(sealedRequest),
      plain: perSecond(plainEntry),
      raw: perSecond(() => raw.overwrite('fdatasync')),
    });
    journal.close();
    raw.close();
    return {
      runs: ratios(found.sealed, found.raw),
      against: {
        'sealed requests per s': rounded(median(found.sealed)),
        'entries without personal fields per s': rounded(median(found.plain)),
        'their share': rounded(median(ratios(found.plain, found.raw))),
        'overwrite + fdatasync per s': rounded(median(found.raw)),
      },
    };
  });
