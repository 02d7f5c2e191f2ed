import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { channelStore } from '../store/areas/channels.ts';
import { placeStore } from '../store/areas/places.ts';
import { terminalStore } from '../store/areas/terminals.ts';
import { engines } from '../testing/engines.ts';
import { createBranchBoard, isOpen } from './branch-load.ts';
import { currentCatalogue } from './catalogue.ts';

/** Saturday, 21 November 2026, 14:08 in China. */
const SATURDAY = Date.UTC(2026, 10, 21, 6, 8);
const DAY = 86_400_000;

test('open on the days and in the hours the catalogue says, never on a holiday; without hours nobody knows', () => {
  const [wangjiang, beihu] = currentCatalogue('12329').branches;
  assert.equal(isOpen(wangjiang!, SATURDAY, false), true);
  assert.equal(isOpen(beihu!, SATURDAY, false), false);
  assert.equal(isOpen(beihu!, SATURDAY + 2 * DAY, false), true, 'on Monday');
  assert.equal(isOpen(beihu!, SATURDAY + 2 * DAY - 3_600_000, false), false, 'closed at noon');
  assert.equal(isOpen(beihu!, SATURDAY + 2 * DAY, true), false);
  assert.equal(isOpen({}, SATURDAY, false), null);
});

for (const { name, skip, open } of engines) {
  test(
    `people are sent where it is free and open now, and a number that is old is not told (${name})`,
    { skip },
    async (t) => {
      const clock = new ManualClock(SATURDAY + 2 * DAY);
      const db = await open(t);
      const [places, terminals, channels] = [placeStore(db), terminalStore(db), channelStore(db)];
      const board = createBranchBoard({
        ...{ clock, store: { places, terminals, channels } },
        catalogue: async () => currentCatalogue('12329'),
      });
      const desk = { address: null, hours: [], counters: 3, position: null };
      for (const branchId of ['wangjiang', 'beihu', 'nanping']) await places.saveBranch({ branchId, ...desk });
      await places.reportWaiting('wangjiang', 30, clock.now());
      await places.reportWaiting('beihu', 2, clock.now());
      await places.reportWaiting('nanping', 0, clock.now() - 40 * 60_000);
      await terminals.register('300201', 'pem', clock.now());
      await terminals.register('300202', 'pem', clock.now());
      for (const terminalId of ['300201', '300202'])
        await places.placeTerminal({ terminalId, branchId: 'beihu', hall: null, position: null });
      await terminals.heartbeat('300201', clock.now(), { devices: [{ id: 'reader', state: 'ready' }] });
      const { branches } = await board.now();
      assert.deepEqual(
        branches.map(({ id, load, waiting, kiosks, kiosksReady }) => [id, load, waiting, kiosks, kiosksReady]),
        [
          ['wangjiang', 'busy', 30, 0, 0],
          ['beihu', 'free', 2, 2, 1],
          ['nanping', 'unknown', null, 0, 0],
        ],
      );
      assert.deepEqual(
        (await board.free()).map(({ id, waiting }) => [id, waiting]),
        [['beihu', 2]],
      );
      await channels.setHoliday('2026-11-23', { zh: '假日', en: 'Holiday' });
      clock.advance(11_000);
      assert.deepEqual(await board.free(), [], 'nobody is sent to a door that is shut');
    },
  );
}
