import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DriverDeps } from '../drivers/driver.ts';
import { context, never, running, scanner, settled } from './testing/machine.ts';

test('a driver that throws when it is started is closed and opened again, ever more rarely, and counted', async (t) => {
  let opened = 0;
  let closed = 0;
  const broken = scanner(() => ({
    start() {
      opened++;
      throw new Error('bug');
    },
    stop: async () => void closed++,
  }));
  const { board, clock, ledger } = running(t, [broken]);
  board.start();
  const openedAfter: number[] = [];
  for (const pause of [1_000, 2_000, 4_000]) {
    await settled();
    clock.advance(pause - 1);
    openedAfter.push(opened);
    clock.advance(1);
  }
  assert.deepEqual(openedAfter, [1, 2, 3]);
  await settled();
  assert.deepEqual([opened, closed], [4, 4]);
  assert.deepEqual(ledger.counters('scanner'), { driverFaults: 4 });
  assert.deepEqual(ledger.history('scanner')[0]?.code, 'E9006');
  await board.stop();
  clock.advance(100_000);
  assert.equal(opened, 4, 'a board that was stopped opens nothing any more');
});

test('who waits for a device whose driver fails is told, and a driver that was closed is not listened to', async (t) => {
  let tell: DriverDeps['onStatus'] = () => {};
  let waiting = 0;
  const device = scanner((deps) => {
    tell = deps.onStatus;
    return {
      selfTest: () => Promise.reject(new Error('bug')),
      stop: () => new Promise<void>(() => {}),
    };
  });
  const { board, handlers, clock } = running(t, [device]);
  const scanned = board.first('codeScanner');
  assert.ok(scanned.ok);
  const old = tell;
  const scan = scanned.value.use((d) => {
    waiting++;
    return d.scan({ signal: never });
  });
  const tested = await handlers.selfTest({ deviceId: 'scanner' }, context);
  assert.equal(!tested.ok && tested.error.code, 'E9006');
  const result = await scan;
  assert.deepEqual([waiting, !result.ok && result.error.code], [1, 'E9006']);
  old({ state: 'ready', warnings: [] });
  assert.equal(board.state().devices[0]?.code, 'E9006', 'the driver that was closed changed the status');
  clock.advance(5_000);
  await settled();
  clock.advance(1_000);
  assert.equal(board.state().devices[0]?.state, 'ready', 'a driver that cannot stop keeps its successor away');
});

test('what a device answered, and who asked, is forgotten while its driver goes on working', async (t) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { board } = running(t, [scanner(() => ({}))]);
  const bay = board.first('codeScanner');
  assert.ok(bay.ok);
  const given: WeakRef<object>[] = [];
  const remembered = <T extends object>(value: T): T => {
    given.push(new WeakRef(value));
    return value;
  };
  // As every card of a day: some answered, some given up, some refused; and one that still waits at the end.
  const waiting = bay.value.use((device) => device.scan({ signal: never }));
  for (let i = 0; i < 20; i++) {
    const caller = remembered(new AbortController());
    await bay.value.use(() => {
      caller.signal.addEventListener('abort', () => {}, { once: true });
      return Promise.resolve(i % 2 === 0 ? ok(remembered({ number: i })) : fail('E1502', String(i)));
    });
    bay.value.look((device) => remembered({ state: device.status().state }));
  }
  await settled();
  collect();
  const kept = given.slice(0, -2).filter((value) => value.deref() !== undefined).length;
  assert.equal(kept, 0, 'cards that were read long ago are still in memory (host/bay.ts)');
  bay.value.broke(new Error('bug'));
  const ended = await waiting;
  assert.equal(!ended.ok && ended.error.code, 'E9006', 'who still waits is told when the driver fails');
  await board.stop();
});
