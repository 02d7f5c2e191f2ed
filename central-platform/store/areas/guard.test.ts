import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../../testing/engines.ts';
import { guardStore } from './guard.ts';

const RULE = { most: 3, windowMs: 60_000, lockMs: 600_000 };

for (const { name, skip, open } of engines) {
  test(`guesses of many processes at one moment share the tries there are (${name})`, { skip }, async (t) => {
    const guard = guardStore(await open(t));
    const tries = await Promise.all(Array.from({ length: 12 }, () => guard.count('k', RULE, 1_000)));
    assert.deepEqual(
      tries.map((one) => one.tries).sort((a, b) => a - b),
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    assert.deepEqual(
      await guard.look('k', 1_000),
      { tries: 12, endsAt: 601_000 },
      'the fourth try locked for ten minutes',
    );
  });

  test(
    `a window that ended begins again, a lock does not grow with what is tried meanwhile (${name})`,
    { skip },
    async (t) => {
      const guard = guardStore(await open(t));
      for (let i = 0; i < 5; i++) await guard.count('k', RULE, 2_000 + i);
      assert.equal((await guard.look('k', 2_010))!.endsAt, 2_003 + 600_000);
      assert.equal(await guard.look('k', 602_003), undefined);
      assert.deepEqual(await guard.count('k', RULE, 602_003), { tries: 1, endsAt: 662_003 });
      await guard.clear('k');
      assert.equal(await guard.look('k', 602_004), undefined);
    },
  );
}
