import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Measure } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';
import { rounded, timed } from '../harness/statistics.ts';
import { TERMINAL, openBenchJournal } from './bench-journal.ts';
import { fillJournal } from './fill.ts';

const RUNS = 5;
/** A month in the dark: nothing acknowledged, nothing retired. */
const RECORDS = 200_000;

/** Opening a journal with everything it checks at every start: settings read back, quick_check, all three chains. */
export const startWithFullJournal: Measure = ({ tell }) =>
  withFolder(async (folder) => {
    const file = join(folder, 'journal.db');
    tell(`filling a journal with ${RECORDS} entries`);
    fillJournal({ file, terminalId: TERMINAL, count: RECORDS });
    const runs: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      runs.push((await timed(() => openBenchJournal(file).close())) / 1000);
    }
    const note = 'file in the page cache, as after a restart of the program; not after a cold boot';
    return { runs, against: { 'file MB': rounded(statSync(file).size / 1e6), note } };
  });
