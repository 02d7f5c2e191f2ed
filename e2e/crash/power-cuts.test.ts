import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { carryOutAll } from './pool.ts';
import { scratchFolder } from './scratch.ts';
import { stories } from './stories.ts';
import { Tally } from './tally.ts';
import type { TaskFindings } from './task.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();
const STATES = 50_000;
/** Each has its own time limit. */
const PARTS = 5;
const SCENARIOS = [
  ...['open', 'append', 'append-many', 'acknowledge', 'checkpoint', 'migration', 'backup', 'retention'],
  ...['ledger: open', 'ledger: print', 'ledger: refuse', 'ledger: count'],
];

describe('power cuts, written by a recorder and played back', { skip: unmet ?? false }, () => {
  const folder = scratchFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  const tally = new Tally();
  const told = new Set<number>();
  let recorder = '';
  before(() => (recorder = buildRecorder(folder)));

  for (let part = 1; part <= PARTS; part++) {
    const wanted = (STATES / PARTS) * part;
    test(`the power goes after any write of the journal and the ledger, ${wanted} ends of it`, async () => {
      const broken: string[] = [];
      const onFound = (findings: TaskFindings) => {
        tally.add(findings);
        const { subject, seed } = findings.task;
        told.add(seed);
        for (const { round, after, scenario, survivors, problem } of findings.violations) {
          broken.push(`${subject} ${seed} ${round}, event ${after} (${scenario}), survives: ${survivors}: ${problem}`);
        }
      };
      const enough = () => tally.states >= wanted || broken.length > 0;
      await carryOutAll(stories(1, recorder, enough, told), 2, onFound);
      assert.deepEqual(broken, [], 'npm run crashlab -- --replay SEED tells one again and keeps the files');
    });
  }

  test('none of what can be interrupted was left out', (t) => {
    t.diagnostic(`distinct states after ${tally.events} events:\n${tally.table()}`);
    assert.ok(tally.states >= STATES);
    for (const scenario of SCENARIOS) {
      assert.ok((tally.scenarios[scenario] ?? 0) > 0, `no state of "${scenario}": did the recorder see the writes?`);
    }
  });
});
