// Journal and ledger on a real file system whose power is cut (e2e/disks/cut-power.c): twenty times each, thousands of times
// with `npm run crashlab`.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { MUTANTS, weakened } from '../crash/mutants.ts';
import { scratchFolder } from '../crash/scratch.ts';
import { cutAgainAndAgain } from './cycles.ts';
import { whyNoVolume } from './volume.ts';

const CYCLES = 20;
const LEDGER_CYCLES = 6;
/** Of a weak build; four in five of its cuts lose something. */
const WEAK_CYCLES = 12;

const folder = scratchFolder();
after(() => rmSync(folder, { recursive: true, force: true }));

for (const kind of ['ext4', 'xfs'] as const) {
  const unmet = whyNoVolume(kind, folder);

  describe(`the power of ${kind} goes`, { skip: unmet ?? false }, () => {
    const home = (name: string) => {
      mkdirSync(join(folder, kind, name), { recursive: true });
      return join(folder, kind, name);
    };

    test(`${CYCLES} times, while the journal works: it opens, and all that was promised is there`, async (t) => {
      const found = await cutAgainAndAgain({ kind, subject: 'journal', cycles: CYCLES, folder: home('journal') });
      assert.deepEqual(found.broken, []);
      t.diagnostic(`${found.cuts} cuts after ${found.promises} promises, ${found.amidst} of them amidst one`);
      assert.ok(found.promises > 10 * CYCLES, 'hardly anything was promised: is the power cut too early?');
    });

    test(`${LEDGER_CYCLES} times, while devices move: the ledger knows all that it must`, async () => {
      const found = await cutAgainAndAgain({ kind, subject: 'ledger', cycles: LEDGER_CYCLES, folder: home('ledger') });
      assert.deepEqual(found.broken, []);
      assert.ok(found.promises > 10 * LEDGER_CYCLES, 'hardly anything was promised: is the power cut too early?');
    });

    test('a build that does not sync its commits is noticed', async (t) => {
      const mutant = MUTANTS.find(({ name }) => name === 'synchronous NORMAL, not read back');
      assert.ok(mutant, 'this weak build is no longer in e2e/crash/mutants.ts');
      const weak = home('weak');
      const source = weakened(mutant, join(weak, 'copy'));
      const found = await cutAgainAndAgain({
        ...{ kind, subject: 'journal', cycles: WEAK_CYCLES, source, folder: weak, untilBroken: true },
      });
      const [clue] = found.broken;
      assert.match(clue ?? '', /lost|forgot|gone|came back|open again/, `not noticed in ${found.cuts} power cuts`);
      t.diagnostic(`noticed: ${clue}`);
    });
  });
}
