import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import type { Capture, DeviceStatus, deviceHost } from '@kiosk/contract/services/device-host.ts';
import { watchCaptures, watchClock, watchDevices } from './watches.ts';

type Watched = Parameters<typeof watchCaptures>[0];
const CAPTURE: Capture = {
  operationId: 'capture-1',
  deviceId: 'bank-card',
  at: 5,
  why: 'notTaken',
  outcome: 'done',
};

/** A device-host that shows captures until they are acknowledged, and a journal that takes entries or does not. */
function watched() {
  let hear: (snapshot: Snapshot<typeof deviceHost> | undefined) => void = () => {};
  let takes = true;
  const acknowledged: string[] = [];
  const entries: EntryData[] = [];
  const devices = {
    onSnapshot: (listener: typeof hear) => ((hear = listener), () => {}),
    call: (_command: 'acknowledgeCapture', { operationId }: { operationId: string }) => {
      acknowledged.push(operationId);
      return Promise.resolve(ok({}));
    },
  };
  const record = (entry: EntryData): Result<unknown> => (takes ? ok(entries.push(entry)) : fail('E6101'));
  watchCaptures(devices as unknown as Watched, record);
  return {
    acknowledged,
    entries,
    show: (...captures: Capture[]) => hear({ version: '1', startedAt: 0, devices: [], captures, lastEvent: 0 }),
    away: () => hear(undefined),
    journal: (open: boolean) => (takes = open),
  };
}

test('a card that a reader took is journaled once, however often it is shown before the device-host hears of it', () => {
  const { show, away, acknowledged, entries } = watched();
  show(CAPTURE);
  away();
  show(CAPTURE);
  const { at: takenAt, ...rest } = CAPTURE;
  assert.deepEqual(entries, [{ type: 'card.captured', ...rest, takenAt }]);
  assert.deepEqual(acknowledged, ['capture-1', 'capture-1'], 'who did not hear it was not told again');
});

test('a card that the journal does not take is not acknowledged, and is journaled when it does', () => {
  const { show, journal, acknowledged, entries } = watched();
  journal(false);
  show(CAPTURE);
  assert.deepEqual([acknowledged, entries], [[], []]);
  journal(true);
  show(CAPTURE, { ...CAPTURE, operationId: 'capture-2', outcome: 'unknown', code: 'E1307' });
  assert.deepEqual(
    entries.map((entry) => 'operationId' in entry && entry.operationId),
    ['capture-1', 'capture-2'],
  );
  assert.deepEqual(acknowledged, ['capture-1', 'capture-2']);
});

test('what one look at the devices finds is told together, and only what is new', () => {
  let hear: (snapshot: Snapshot<typeof deviceHost> | undefined) => void = () => {};
  const told: (readonly EntryData[])[] = [];
  watchDevices({ onSnapshot: (listener) => ((hear = listener), () => {}) }, (entries) => told.push(entries));
  const show = (...states: [string, DeviceStatus['state'], string?][]) =>
    hear({ version: '1', startedAt: 0, devices: states.map((state) => deviceIn(...state)), lastEvent: 0 });
  const changed = (deviceId: string, state: string, code?: string) => ({
    ...{ type: 'device.changed' as const, deviceId, state },
    ...(code === undefined ? {} : { code }),
  });

  show(['printer', 'ready'], ['reader', 'offline', 'E1101']);
  show(['printer', 'busy'], ['reader', 'offline', 'E1101']);
  show(['printer', 'ready'], ['reader', 'ready']);
  hear(undefined);
  hear(undefined);
  show(['printer', 'ready'], ['reader', 'ready']);
  assert.deepEqual(told, [
    [changed('device-host', 'ready'), changed('printer', 'ready'), changed('reader', 'offline', 'E1101')],
    [changed('reader', 'ready')],
    [changed('device-host', 'offline', 'E9003')],
    [changed('device-host', 'ready'), changed('printer', 'ready'), changed('reader', 'ready')],
  ]);
});

function deviceIn(id: string, state: DeviceStatus['state'], code?: string): DeviceStatus {
  const rest = { kind: 'documentPrinter', driver: 'ipp', warnings: [], since: 0, counters: {} } as const;
  return { ...rest, id, state, warnings: [], ...(code === undefined ? {} : { code }) };
}

test('a wall clock that jumps is told of once, with how far, in either direction; one that is nudged is not', () => {
  const clock = new ManualClock();
  const steps: number[] = [];
  const stop = watchClock(clock, (byMs) => steps.push(byMs));
  const YEAR = 365 * 86_400_000;
  clock.advance(60_000);
  clock.step(119_000);
  clock.advance(60_000);
  assert.deepEqual(steps, [], 'a nudge was told as a step');
  clock.step(YEAR);
  clock.advance(60_000);
  clock.step(-2 * YEAR);
  clock.advance(60_000);
  clock.step(-clock.now());
  clock.advance(5_000);
  assert.deepEqual(steps.slice(0, 2), [YEAR, -2 * YEAR]);
  assert.equal(steps.length, 3, 'the jump to 1970 was not told once');
  stop();
  clock.step(YEAR);
  clock.advance(60_000);
  assert.equal(steps.length, 3, 'somebody still looks after the stop');
});
