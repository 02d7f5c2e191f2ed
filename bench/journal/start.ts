import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import { entryWriter } from '@kiosk/sync-agent/journal/entries.ts';
import { openStore } from '@kiosk/sync-agent/journal/open.ts';
import type { Measure } from '../harness/figure.ts';
import { withFolder } from '../harness/scratch.ts';
import { rounded, timed } from '../harness/statistics.ts';
import { TERMINAL, must, openBenchJournal } from './bench-journal.ts';

const RUNS = 5;
/** A month in the dark: nothing acknowledged, nothing retired. */
const RECORDS = 200_000;
const PER_COMMIT = 5_000;

/** Opening a journal with everything it checks at every start: settings read back, quick_check, all three chains. */
export const startWithFullJournal: Measure = ({ tell }) =>
  withFolder(async (folder) => {
    const file = join(folder, 'journal.db');
    tell(`filling a journal with ${RECORDS} entries`);
    fill(file);
    const runs: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      runs.push((await timed(() => openBenchJournal(file).close())) / 1000);
    }
    const note = 'file in the page cache, as after a restart of the program; not after a cold boot';
    return { runs, against: { 'file MB': rounded(statSync(file).size / 1e6), note } };
  });

/** Through the journal's own writer, many entries a commit: the bytes are the same, only the waiting is left out. */
function fill(file: string): void {
  const store = must(openStore({ file, terminalId: TERMINAL, now: systemClock.now() }));
  const writer = entryWriter(store, TERMINAL, systemClock);
  for (let n = 0; n < RECORDS; n += PER_COMMIT) {
    must(
      store.write(() => {
        for (let i = n; i < n + PER_COMMIT; i++) writer.append(entry(i));
      }),
    );
  }
  store.close();
}

function entry(n: number): EntryData {
  const sessionId = `0190b5a2-0000-7000-8000-${String(n).padStart(12, '0')}`;
  switch (n % 4) {
    case 0:
      return { type: 'service.rated', sessionId, score: 'dissatisfied', reason: 'process' };
    case 1:
      return { type: 'session.opened', sessionId, mode: 'depositor' };
    case 2:
      return { type: 'query.answered', sessionId, item: 'Q01', period: { from: '2026-01-01', to: '2026-11-21' } };
    default:
      return { type: 'step.timed', sessionId, step: 'overview', milliseconds: 1_234 };
  }
}
