// The figures of this product on this machine:
//
//   npm run bench                       all of them
//   npm run bench -- --only ID          one (may be given more than once)
//   npm run bench:fleet                 those of the fleet (--group fleet)
//   npm run bench -- --list             what there is
//
// Rows are merged by id into bench/results/latest.json as they are found. Figures are reported and never fail the run.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FIGURES } from './figures.ts';
import type { Figure } from './harness/figure.ts';
import { describeMachine } from './harness/machine.ts';
import { measureFigure } from './harness/measure.ts';
import { type Row, readRows, saveRows } from './harness/results.ts';
import { printTable } from './harness/table.ts';

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(import.meta.dirname, 'results/latest.json');
const say = (text: string) => process.stdout.write(`${text}\n`);

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    /** The first word of an id. */
    group: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort('stopped'));

process.exitCode = await main();
// Libraries that were measured may keep a handle open; everything that counts is written.
process.exit();

async function main(): Promise<number> {
  const unknown = options.only.filter((id) => !FIGURES.some((figure) => figure.id === id));
  if (unknown.length > 0) {
    say(`no figure ${unknown.join(', ')}; npm run bench -- --list shows them`);
    return 2;
  }
  const figures = FIGURES.filter(
    ({ id }) =>
      (options.only.length === 0 || options.only.includes(id)) &&
      (options.group === '' || id.startsWith(`${options.group}.`)),
  );
  if (options.list) {
    say(printTable(figures, await readRows(RESULTS)));
    return 0;
  }
  const circumstances = {
    machine: describeMachine,
    commit: commit(),
    now: Date.now,
    stop: stop.signal,
    tell: (t: string) => say(`  ${t}`),
  };
  const kept = await readRows(RESULTS);
  const rows: Row[] = [];
  for (const figure of figures) {
    const theirs = othersRow(figure, kept);
    if (theirs) {
      rows.push(theirs);
      continue;
    }
    if (typeof figure.source === 'function') say(`${figure.id} …`);
    const row = await measureFigure(figure, circumstances);
    // A figure that was cut short says nothing; the row of before stays.
    if (stop.signal.aborted) return 130;
    await saveRows(RESULTS, [row]);
    rows.push(row);
  }
  say(`\n${printTable(figures, rows)}\n\nkept in bench/results/latest.json`);
  return 0;
}

/** The row that another program has merged; the bench must not put a null in its place. */
function othersRow(figure: Figure, kept: readonly Row[]): Row | undefined {
  const theirs = typeof figure.source === 'object' && 'writtenBy' in figure.source;
  return theirs ? kept.find((row) => row.id === figure.id) : undefined;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ' with local changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
