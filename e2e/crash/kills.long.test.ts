import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { killAtAll } from './kill-all.ts';
import { killPoints } from './kill-points.ts';
import { scratchFolder } from './scratch.ts';
import { SUBJECTS, type SubjectName } from './subjects.ts';
import { buildRecorder, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();

describe('a program ends in the middle of any step', { skip: unmet ?? false }, () => {
  const folder = scratchFolder();
  let recorder = '';
  before(() => (recorder = buildRecorder(folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const subject of Object.keys(SUBJECTS) as SubjectName[]) {
    test(`${subject}: killed before and within every step of its life`, async (t) => {
      const lives = join(folder, subject);
      mkdirSync(lives);
      const points = await killPoints({ subject, recorder, folder: lives });
      const { deaths, broken } = await killAtAll(points, recorder, lives);
      assert.deepEqual(broken, []);
      t.diagnostic(`${deaths} deaths`);
    });
  }
});
