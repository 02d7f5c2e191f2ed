import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SOURCE, catchMutant, cutPower, failSync } from './laboratory.ts';
import { MUTANTS, weakened } from './mutants.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();
const SEED = 20_261_121;

describe('power cuts, written by a recorder and played back', { skip: unmet ?? false }, () => {
  let folder = '';
  let recorder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kiosk-crash-'));
    recorder = buildRecorder(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const experiment = (name: string) => ({
    recorder,
    folder: join(folder, name.replaceAll(/\W+/g, '-')),
    entries: 60,
    seed: SEED,
    randoms: 2,
    mostViolations: 3,
  });

  test('the power goes after any write of the journal: nothing that was answered is lost, no gap, no damage', async (t) => {
    const { states, events, violations } = await cutPower(SOURCE, experiment('sound'));
    t.diagnostic(`${states} distinct states after ${events} events, seed ${SEED}`);
    assert.deepEqual(violations, [], 'replay with the same seed; `after` counts events of the trace');
    assert.ok(states > 500, 'so few states prove nothing: did the recorder see the writes?');
  });

  test('a sync fails: the journal says so, promises nothing more, and what it promised is there', () => {
    for (const n of [1, 9, 14, 23]) {
      const { said, promised, problem } = failSync(n, experiment('failing-sync'));
      assert.equal(said, 'E6102', `the ${n}th sync failed unnoticed`);
      assert.equal(problem, undefined, `after the ${n}th sync failed`);
      if (n > 15) assert.ok(promised > 0, 'nothing was promised before the failure');
    }
  });

  for (const mutant of MUTANTS) {
    test(`a weak build is noticed: ${mutant.name}`, async (t) => {
      const clue = await catchMutant(mutant, experiment(mutant.name));
      assert.ok(clue !== undefined, `the laboratory is blind to this: expected ${mutant.caughtBy} to notice`);
      t.diagnostic(clue);
    });
  }

  test('a patch that no longer applies is an error and not a pass', () => {
    const stale = {
      name: 'stale',
      caughtBy: 'guard',
      patches: [{ file: 'journal/open.ts', from: 'no such text', to: '' }],
    } as const;
    assert.throws(() => weakened(stale, join(folder, 'stale')), /renew the patch/);
  });
});
