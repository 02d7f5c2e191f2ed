// The longer run: node tools/run.mjs e2e/crash/lab.ts [--states N] [--seed N]. Prints a table and merges its figures by
// id into bench/results/latest.json.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '@kiosk/bench/harness/machine.ts';
import { type Row, saveRows } from '@kiosk/bench/harness/results.ts';
import { SOURCE, catchMutant, cutPower } from './laboratory.ts';
import { MUTANTS } from './mutants.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'bench/results/latest.json');

type Figure = Pick<Row, 'id' | 'value' | 'unit' | 'better' | 'runs'> & { readonly reason?: string };

const { values } = parseArgs({
  options: { states: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.states);
const unmet = whyNoTrace();
await report(unmet === undefined ? await run() : unmeasured(unmet));

async function run(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-crashlab-'));
  try {
    const recorder = buildRecorder(folder);
    const states: number[] = [];
    let lost = 0;
    for (let seed = Number(values.seed); sum(states) < wanted; seed++) {
      const round = {
        recorder,
        folder: join(folder, `round-${seed}`),
        entries: 120,
        seed,
        randoms: 4,
        mostViolations: 100,
      };
      const findings = await cutPower(SOURCE, round);
      states.push(findings.states);
      lost += findings.violations.length;
      for (const { after, survivors, problem } of findings.violations) {
        process.stdout.write(`seed ${seed}, event ${after}, ${survivors}: ${problem}\n`);
      }
      process.stdout.write(`seed ${seed}: ${findings.states} states, ${sum(states)} of ${wanted}\n`);
      rmSync(round.folder, { recursive: true, force: true });
    }
    let caught = 0;
    for (const [index, mutant] of MUTANTS.entries()) {
      const weak = {
        recorder,
        folder: join(folder, `weak-${index}`),
        entries: 30,
        seed: 1,
        randoms: 2,
        mostViolations: 1,
      };
      const clue = await catchMutant(mutant, weak);
      if (clue !== undefined) caught++;
      process.stdout.write(`${mutant.name}: ${clue ?? 'NOT NOTICED'}\n`);
    }
    return [
      { id: 'crashlab.states', value: sum(states), unit: 'states', better: 'higher', runs: states },
      { id: 'crashlab.lost', value: lost, unit: 'states', better: 'lower', runs: [lost] },
      {
        id: 'crashlab.mutants_caught',
        value: caught / MUTANTS.length,
        unit: 'share',
        better: 'higher',
        runs: [caught],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    process.stdout.write(
      `${id.padEnd(26)}${String(value ?? '-').padStart(10)} ${unit}${reason ? `  (${reason})` : ''}\n`,
    );
  }
  process.exitCode = figures.some(({ id, value }) => id === 'crashlab.lost' && value !== 0 && value !== null) ? 1 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
