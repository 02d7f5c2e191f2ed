import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { catchMutant } from './catch.ts';
import { MUTANTS, weakened } from './mutants.ts';
import { scratchFolder } from './scratch.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();

describe('weak builds, which the laboratory must tell from the real one', { skip: unmet ?? false }, () => {
  const folder = scratchFolder();
  let recorder = '';
  before(() => (recorder = buildRecorder(folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [n, mutant] of MUTANTS.entries()) {
    test(`${mutant.subject}: ${mutant.name}`, async (t) => {
      const clue = await catchMutant(mutant, recorder, join(folder, `weak-${n}`));
      assert.ok(clue !== undefined, `the laboratory is blind to this: expected ${mutant.caughtBy} to notice`);
      t.diagnostic(clue);
    });
  }

  test('a patch that no longer applies is an error and not a pass', () => {
    const stale = {
      name: 'stale',
      subject: 'journal',
      caughtBy: 'guard',
      patches: [{ file: 'journal/file/open.ts', from: 'no such text', to: '' }],
    } as const;
    assert.throws(() => weakened(stale, join(folder, 'stale')), /renew the patch/);
  });
});
