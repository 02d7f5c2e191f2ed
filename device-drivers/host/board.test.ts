import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CabinetInputs } from '@kiosk/contract/services/devices.ts';
import type { BankCardReaderDevice, Driver, DriverDeps, IoBoardDevice } from '../drivers/driver.ts';
import { configOf, context, healthy, machine, never, running, scanner, settled } from './testing/machine.ts';

test('a place in the configuration that is wrong is told with its value and what is allowed', (t) => {
  const drivers = [scanner(() => ({}))];
  const detail = (configs: readonly DeviceConfig[]) => {
    const made = machine(t, drivers, configs);
    assert.ok('refused' in made);
    assert.equal(made.refused?.code, 'E8101');
    return made.refused?.detail;
  };
  assert.equal(detail([configOf('a', 'scaner')]), 'devices.0.driver: "scaner" is no driver; allowed: scanner');
  assert.equal(
    detail([configOf('a', 'scanner', '/dev/x'), configOf('a', 'scanner', '/dev/y')]),
    'devices.1.id: "a" is taken; each device has its own',
  );
  assert.equal(
    detail([configOf('a', 'scanner', '/dev/x'), configOf('b', 'scanner', '/dev/x')]),
    'devices.1.port: "/dev/x" is the port of a; each device has its own',
  );
});

test('cards, keys and codes are waited for in turn; who gives up in the row is answered at once', async (t) => {
  const begun: AbortSignal[] = [];
  const device: Driver<'codeScanner'> = {
    name: 'scanner',
    kind: 'codeScanner',
    create: () =>
      ok({
        ...healthy,
        scan: ({ signal }) =>
          new Promise((resolve) => {
            begun.push(signal);
            signal.addEventListener('abort', () => resolve(fail(String(signal.reason))), { once: true });
          }),
      }),
  };
  const { handlers } = running(t, [device]);
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const scan = ({ signal }: AbortController) => handlers.scanCode({}, { signal, progress: () => {} });
  const [one, two, three] = [scan(first), scan(second), scan(third)];
  await settled();
  assert.equal(begun.length, 1, 'two had the scanner at once');
  const tested = await handlers.selfTest({ deviceId: 'scanner' }, context);
  assert.equal(!tested.ok && tested.error.code, 'E9010', 'a scanner that is waited at is not tested');
  second.abort('E9002');
  const gaveUp = await two;
  assert.equal(!gaveUp.ok && gaveUp.error.code, 'E9002');
  assert.equal(begun.length, 1, 'giving up in the row let somebody past who is being served');
  first.abort('E9001');
  await one;
  await settled();
  assert.equal(begun.length, 2);
  third.abort('E9001');
  await three;
});

test('an open cabinet is a warning of its board, a picture in the snapshot and a numbered event', (t) => {
  let inputs: CabinetInputs = { doorOpen: false, tampered: false };
  let tell: DriverDeps['onEvent'] = () => {};
  let status: DriverDeps['onStatus'] = () => {};
  const board: IoBoardDevice = {
    ...healthy,
    setLight: () => Promise.resolve(ok()),
    sound: () => Promise.resolve(ok()),
    inputs: () => inputs,
  };
  const driver: Driver<'ioBoard'> = {
    name: 'io',
    kind: 'ioBoard',
    create(_config, deps) {
      tell = deps.onEvent;
      status = deps.onStatus;
      return ok(board);
    },
  };
  const { states, events } = running(t, [driver]);
  tell({ type: 'cabinetChanged' });
  inputs = { doorOpen: true, tampered: false };
  tell({ type: 'cabinetChanged' });
  const open = states.at(-1);
  assert.deepEqual([open?.cabinet, open?.devices[0]?.warnings, open?.lastEvent], [inputs, ['E1602'], 2]);
  assert.deepEqual(events, [
    { name: 'cabinetChanged', seq: 1 },
    { name: 'cabinetChanged', seq: 2 },
  ]);
  status({ state: 'offline', code: 'E1601', warnings: [] });
  assert.equal(states.at(-1)?.cabinet, undefined, 'what a silent board saw last is shown as if it were seen now');
  assert.equal(states.at(-1)?.lastEvent, 3);
});

test('a card is retained once, after what the reader still does with it, and the ledger knows first', async (t) => {
  const ejecting = Promise.withResolvers<void>();
  let retained = 0;
  let known: unknown;
  const reader: BankCardReaderDevice = {
    ...healthy,
    readBankCard: () => new Promise(() => {}),
    eject: async () => {
      await ejecting.promise;
      return fail('E1304');
    },
    retain: async () => {
      known = ledger.find('operation-1');
      return ok({ outcome: 'done', printed: ++retained });
    },
    position: () => 'gate',
  };
  const driver: Driver<'bankCardReader'> = { name: 'crt', kind: 'bankCardReader', create: () => ok(reader) };
  const { handlers, ledger, board } = running(t, [driver]);
  const eject = handlers.ejectCard({}, context);
  const both = [1, 2].map(() => handlers.retainCard({ operationId: 'operation-1' }, context));
  await settled();
  assert.equal(retained, 0);
  assert.equal(board.state().devices[0]?.state, 'busy');
  ejecting.resolve();
  const notTaken = await eject;
  assert.equal(!notTaken.ok && notTaken.error.code, 'E1304');
  assert.deepEqual(await Promise.all(both), [ok({ outcome: 'done', printed: 1 }), ok({ outcome: 'done', printed: 1 })]);
  assert.ok(known, 'the motor turned before the ledger was written');
  const found = await handlers.findOperation({ operationId: 'operation-1' }, context);
  assert.equal(found.ok && found.value.state, 'done');
});

test('a trace is kept only while it is wanted, and what is followed ends with who follows', async (t) => {
  let trace: DriverDeps['trace'];
  const { handlers } = running(t, [
    scanner((deps) => {
      trace = deps.trace;
      return {};
    }),
  ]);
  const lines: string[] = [];
  const leaving = new AbortController();
  const follow = () =>
    handlers.readTrace(
      { deviceId: 'scanner', follow: true },
      { signal: leaving.signal, progress: ({ direction, hex }) => lines.push(`${direction} ${hex}`) },
    );
  trace?.('out', Uint8Array.of(1));
  await handlers.setTrace({ deviceId: 'scanner', on: true }, context);
  trace?.('out', Uint8Array.of(2));
  const following = follow();
  await settled();
  trace?.('in', Uint8Array.of(3, 0x31), [[1, 2]]);
  leaving.abort('E9001');
  assert.ok((await following).ok);
  trace?.('in', Uint8Array.of(4));
  assert.deepEqual(lines, ['out 02', 'in 03 ··']);
  await handlers.setTrace({ deviceId: 'scanner', on: false }, context);
  const empty: unknown[] = [];
  await handlers.readTrace(
    { deviceId: 'scanner', follow: false },
    { signal: never, progress: (line) => empty.push(line) },
  );
  assert.deepEqual(empty, []);
});

test('nobody knows a device of another name', async (t) => {
  const { handlers } = running(t, [scanner(() => ({}))]);
  const answers = await Promise.all([
    handlers.selfTest({ deviceId: 'x' }, context),
    handlers.deviceHistory({ deviceId: 'x' }, context),
    handlers.setTrace({ deviceId: 'x', on: true }, context),
    handlers.readTrace({ deviceId: 'x', follow: false }, context),
  ]);
  for (const answer of answers) {
    assert.deepEqual(!answer.ok && answer.error, {
      code: 'E9005',
      detail: 'no device is called x; there are: scanner',
    });
  }
  const absent = await handlers.readBankCard({}, context);
  assert.equal(!absent.ok && absent.error.code, 'E1301');
});
