// The whole laboratory (usage below). Prints a table and merges its figures by id into bench/results/latest.json.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from '@kiosk/bench/harness/machine.ts';
import { type Row, saveRows } from '@kiosk/bench/harness/results.ts';
import { commandLine, wholeNumber } from '@kiosk/tools/command-line.ts';
import { catchMutant } from './catch.ts';
import { killAtAll } from './kill-all.ts';
import { killPoints } from './kill-points.ts';
import { MUTANTS } from './mutants.ts';
import { carryOutAll } from './pool.ts';
import { Progress } from './progress.ts';
import { scratchFolder } from './scratch.ts';
import { stories, story } from './stories.ts';
import { SUBJECTS, type SubjectName } from './subjects.ts';
import { type TaskFindings, carryOut } from './task.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';
import { wholeDisks } from '../disks/whole.ts';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'bench/results/latest.json');
const HOME = join(ROOT, 'var/crashlab');
const EVIDENCE = join(HOME, 'evidence');

type Figure = Pick<Row, 'id' | 'value' | 'unit' | 'better' | 'runs'> & { readonly reason?: string };

const USAGE = `npm run crashlab -- [--states N] [--cycles N] [--faults N] [--seed N] [--threads N] [--fresh]
  --states N     distinct ends of power to go through (1,000,000)
  --cycles N     power cuts of each real file system (2,000)
  --faults N     calls to the disk that fail (2,000)
  --fresh        begins anew instead of where the last run was interrupted
  --disks        the part with real file systems and failing calls alone, without figures
  --replay SEED  tells one story again and keeps the files of what it finds`;

const values = commandLine(USAGE, {
  states: { type: 'string', default: '1000000' },
  cycles: { type: 'string', default: '2000' },
  faults: { type: 'string', default: '2000' },
  disks: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  threads: { type: 'string', default: String(Math.min(8, availableParallelism())) },
  fresh: { type: 'boolean', default: false },
  replay: { type: 'string' },
});
for (const name of ['states', 'cycles', 'faults', 'seed', 'threads'] as const) wholeNumber(USAGE, name, values[name]);
if (values.replay !== undefined) wholeNumber(USAGE, 'replay', values.replay);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const unmet = whyNoTrace();
if (unmet !== undefined) await report(unmeasured(unmet));
else {
  const folder = scratchFolder();
  try {
    const recorder = buildRecorder(folder);
    if (values.replay !== undefined) await replay(Number(values.replay), recorder);
    else if (values.disks) process.exitCode = (await disks(folder)) === 0 ? 0 : 1;
    else await report(await whole(recorder, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function replay(seed: number, recorder: string): Promise<void> {
  const found = await carryOut({ ...story(seed, recorder), mostViolations: 1000, keepIn: EVIDENCE });
  tell(found);
  const states = Object.values(found.states).reduce((sum, { length }) => sum + length, 0);
  say(`story ${seed}: ${states} states after ${found.events} events, ${found.violations.length} broken promises`);
  if (found.violations.length > 0) say(`the files are in ${EVIDENCE}`);
  process.exitCode = found.violations.length > 0 ? 1 : 0;
}

function tell({ task, violations }: TaskFindings): void {
  for (const { round, after, scenario, survivors, problem } of violations) {
    say(`BROKEN ${task.subject}, ${round}, event ${after} (${scenario}), survives: ${survivors}: ${problem}`);
  }
  if (violations.length > 0) say(`again: npm run crashlab -- --replay ${task.seed}`);
}

async function whole(recorder: string, folder: string): Promise<readonly Figure[]> {
  const wanted = Number(values.states);
  const progress = Progress.open(join(HOME, 'progress.json'), values.fresh);
  const { tally } = progress;
  if (tally.states > 0) say(`goes on after ${tally.states} states; --fresh begins anew`);
  const [began, before] = [performance.now(), tally.states];
  await carryOutAll(
    stories(Number(values.seed), recorder, () => tally.states >= wanted, progress.stories),
    Number(values.threads),
    (found) => {
      progress.done(found.task.seed, tally.add(found), found.violations.length);
      tell(found);
      const rate = ((tally.states - before) / (performance.now() - began)) * 1000;
      const left = Math.max(0, wanted - tally.states) / rate / 60;
      say(
        `story ${found.task.seed} (${found.task.subject}): ${tally.states} of ${wanted} states, ` +
          `${Math.round(rate)} a second, ${left.toFixed(1)} minutes left`,
      );
    },
  );
  say(`\ndistinct states by what was being done when the power went\n${tally.table()}\n`);
  const lost = progress.lost + (await kills(recorder, folder)) + (await disks(folder));
  const caught = await weakBuilds(recorder, folder);
  return [
    { id: 'crashlab.states', value: tally.states, unit: 'states', better: 'higher', runs: [tally.states] },
    { id: 'crashlab.lost', value: lost, unit: 'states', better: 'lower', runs: [lost] },
    {
      id: 'crashlab.mutants_caught',
      value: caught / MUTANTS.length,
      unit: 'share',
      better: 'higher',
      runs: [caught],
    },
  ];
}

/** Real file systems and failing calls; answers how many broken promises there were. */
function disks(folder: string): Promise<number> {
  return wholeDisks({ cycles: Number(values.cycles), faults: Number(values.faults), folder, say });
}

/** kill -9 before and within every step; answers how many deaths broke a promise. */
async function kills(recorder: string, folder: string): Promise<number> {
  let lost = 0;
  for (const subject of Object.keys(SUBJECTS) as SubjectName[]) {
    const lives = join(folder, `kills-${subject}`);
    const points = await killPoints({ subject, recorder, folder: lives });
    const { deaths, broken } = await killAtAll(points, recorder, lives);
    for (const { point, half, what } of broken) {
      say(`BROKEN ${subject}, killed ${half ? 'within' : 'before'} step ${point.n} (${point.name}): ${what}`);
    }
    say(`${subject}: killed ${deaths} times, before and within every step; ${broken.length} broken promises`);
    lost += broken.length;
  }
  return lost;
}

async function weakBuilds(recorder: string, folder: string): Promise<number> {
  let caught = 0;
  for (const [n, mutant] of MUTANTS.entries()) {
    const began = performance.now();
    const clue = await catchMutant(mutant, recorder, join(folder, `weak-${n}`));
    if (clue !== undefined) caught++;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`weak build "${mutant.name}": ${clue ?? 'NOT NOTICED'} (${seconds} s)`);
  }
  return caught;
}

function unmeasured(reason: string): readonly Figure[] {
  return (['crashlab.states', 'crashlab.lost', 'crashlab.mutants_caught'] as const).map((id) => ({
    id,
    value: null,
    unit: '',
    better: id === 'crashlab.lost' ? 'lower' : 'higher',
    runs: [],
    reason,
  }));
}

async function report(figures: readonly Figure[]): Promise<void> {
  const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const machine = describeMachine();
  const at = new Date().toISOString();
  await saveRows(
    RESULTS,
    figures.map((figure) => ({ ...figure, against: {}, machine, commit, at })),
  );
  for (const { id, value, unit, reason } of figures) {
    say(`${id.padEnd(26)}${String(value ?? '-').padStart(10)} ${unit}${reason ? `  (${reason})` : ''}`);
  }
  const good = figures.every(
    ({ id, value }) =>
      value === null || (id === 'crashlab.lost' ? value === 0 : id !== 'crashlab.mutants_caught' || value === 1),
  );
  process.exitCode = good ? 0 : 1;
}
