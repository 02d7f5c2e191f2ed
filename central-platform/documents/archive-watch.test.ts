import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { placeStore } from '../store/areas/places.ts';
import { securityStore } from '../store/areas/terminals.ts';
import { engines } from '../testing/engines.ts';
import { createArchiveWatch } from './archive-watch.ts';
import type { ArchiveReport } from './integrity.ts';

const HOUR = 3_600_000;

for (const { name, skip, open } of engines) {
  test(
    `the archive is walked once a day by whoever comes first, and a paper that is gone is an alarm (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock();
      const db = await open(t);
      const store = { places: placeStore(db), security: securityStore(db) };
      let found: ArchiveReport = { papers: 3, broken: [] };
      let walks = 0;
      let walked = (): void => {};
      const next = () => new Promise<void>((resolve) => (walked = resolve));
      const watchOf = () =>
        createArchiveWatch({
          ...{ clock, store, log: ({ event }) => event === 'archive.walked' && walked() },
          walk: async () => (walks++, found),
        });
      const [one, other] = [watchOf(), watchOf()];
      assert.equal(await one.last(), null);
      let done = next();
      one.begin();
      clock.advance(HOUR);
      await done;
      other.begin();
      clock.advance(HOUR);
      await other.close();
      assert.equal(walks, 1, 'the other one finds that it was done today');
      assert.equal((await one.last())?.papers, 3);
      assert.deepEqual(await store.security.list(), []);
      found = { papers: 3, broken: [{ documentNumber: 'A', reprint: 0, problem: 'missing' }] };
      done = next();
      clock.advance(24 * HOUR);
      await done;
      await one.close();
      assert.equal(walks, 2);
      assert.deepEqual((await other.last())?.broken, found.broken);
      const [alarm] = await store.security.list();
      assert.deepEqual([alarm?.code, alarm?.detail], ['E5219', '1 of 3: A missing']);
    },
  );
}
