import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { killAtAll } from './kill-all.ts';
import { killPoints, problemOf, promisesIn, sample } from './kill-points.ts';
import { scratchFolder } from './scratch.ts';
import { sourceOf, SUBJECTS, type SubjectName } from './subjects.ts';
import { buildRecorder, run, whyNoTrace } from './trace.ts';

const unmet = whyNoTrace();

describe('a program ends in the middle of a step', { skip: unmet ?? false }, () => {
  const folder = scratchFolder();
  let recorder = '';
  before(() => (recorder = buildRecorder(folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const subject of Object.keys(SUBJECTS) as SubjectName[]) {
    test(`${subject}: killed before and within the first and the last step of every name`, async (t) => {
      const lives = join(folder, subject);
      mkdirSync(lives);
      const points = await killPoints({ subject, recorder, folder: lives });
      const names = [...new Set(points.map(({ name }) => name))];
      const { deaths, broken } = await killAtAll(sample(points), recorder, lives);
      assert.deepEqual(broken, []);
      t.diagnostic(`${deaths} deaths at ${names.length} named points: ${names.join(', ')}`);
      for (const name of ['sync log', 'write log header', 'write log page', 'write database', 'sync database']) {
        assert.ok(names.includes(name), `no step is called "${name}": did the recorder see the writes?`);
      }
    });
  }

  test('a sync fails: the journal says so, promises nothing more, and what it promised is there', async () => {
    for (const n of [1, 9, 16, 23]) {
      const home = join(folder, `failing-${n}`);
      const data = join(home, 'data');
      const { said } = await run({
        recorder,
        program: [SUBJECTS.journal.workload, sourceOf('journal'), data, '1', '1', '30'],
        folder: data,
        log: join(home, 'trace'),
        disturb: { KIOSK_FAIL_SYNC: String(n) },
      });
      const dataDir = join(data, 'round-1');
      const promised = promisesIn(dataDir).filter(({ kind }) => kind !== 'begin');
      assert.match(said, /answered E6(102|401)/, `the ${n}th sync failed unnoticed`);
      assert.equal(problemOf('journal', dataDir), undefined, `after the ${n}th sync failed`);
      if (n > 15) assert.ok(promised.length > 0, 'nothing was promised before the failure');
    }
  });
});
