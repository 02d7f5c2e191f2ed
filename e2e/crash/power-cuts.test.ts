import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { carryOutAll } from './pool.ts';
import { scratchFolder } from './scratch.ts';
import { stories } from './stories.ts';
import { Tally } from './tally.ts';
import type { TaskFindings } from './task.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();
const FIRST_STORY = 1;
const STATES = 50_000;

describe('power cuts, written by a recorder and played back', { skip: unmet ?? false }, () => {
  const folder = scratchFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  test(`the power goes after any write of the journal and the ledger, ${STATES} ends of it`, async (t) => {
    const recorder = buildRecorder(folder);
    const tally = new Tally();
    const broken: string[] = [];
    const onFound = (findings: TaskFindings) => {
      tally.add(findings);
      const { subject, seed } = findings.task;
      for (const { round, after, scenario, survivors, problem } of findings.violations) {
        broken.push(`${subject} ${seed} ${round}, event ${after} (${scenario}), survives: ${survivors}: ${problem}`);
      }
    };
    const enough = () => tally.states >= STATES || broken.length > 0;
    await carryOutAll(stories(FIRST_STORY, recorder, enough), 2, onFound);
    t.diagnostic(`distinct states after ${tally.events} events:\n${tally.table()}`);
    assert.deepEqual(broken, [], 'npm run crashlab -- --replay SEED tells one again and keeps the files');
    assert.ok(tally.states >= STATES);
    for (const scenario of ['open', 'append', 'acknowledge', 'checkpoint', 'ledger: print']) {
      assert.ok((tally.scenarios[scenario] ?? 0) > 0, `no state of "${scenario}": did the recorder see the writes?`);
    }
  });
});
