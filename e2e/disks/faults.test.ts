// Calls to the disk that fail, one at a time or all from then on (e2e/disks/fail-calls.c): two hundred, thousands with
// `npm run crashlab`.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Mutant, weakened } from '../crash/mutants.ts';
import { scratchFolder } from '../crash/scratch.ts';
import { whyNoTrace } from '../crash/trace.ts';
import { faultyLives } from './faulty-lives.ts';

const INJECTED = 200;

const weak = (name: string, patches: Mutant['patches']): Mutant => ({
  ...{ name, subject: 'journal', caughtBy: 'guard', patches },
});
const WEAK_BUILDS = [
  weak('goes on after a failed commit', [
    { file: 'journal/file/store.ts', from: '      this.#stopped = failure;\n', to: '' },
  ]),
  weak('says yes though the disk said no', [
    {
      file: 'journal/file/store.ts',
      from: 'if (!result.ok) this.#undo();\n      else this.#commit.run();',
      to: 'if (!result.ok) this.#undo();\n      else try { this.#commit.run(); } catch { this.#undo(); }',
    },
  ]),
];

describe('a disk that fails', { skip: whyNoTrace() ?? false }, () => {
  const folder = scratchFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('no receipt is false, every no has its code, and with the cause gone all that was promised is there', async (t) => {
    const { lives, injected, failed, byCall, broken } = await faultyLives({ folder, seed: 1, injected: INJECTED });
    assert.deepEqual(broken, []);
    const kinds = Object.entries(byCall).sort();
    t.diagnostic(`${injected} faults in ${lives} lives, ${failed} calls failed: ${kinds.join('; ')}`);
    for (const [error, call] of [
      ['EIO', 'sync'],
      ['ENOSPC', 'write'],
      ['EIO', 'truncate'],
      ['EIO', 'rename'],
    ]) {
      assert.ok((byCall[`${error} ${call}`] ?? 0) > 0, `${error} at ${call} was never met`);
    }
  });

  for (const [n, mutant] of WEAK_BUILDS.entries()) {
    test(`a build that ${mutant.name} is noticed`, async (t) => {
      const source = weakened(mutant, join(folder, `weak-${n}`));
      const { broken } = await faultyLives({ source, folder, seed: 100 + n, injected: 40 });
      assert.ok(broken.length > 0, 'not noticed after 40 faults');
      t.diagnostic(`noticed: ${broken[0]}`);
    });
  }
});
