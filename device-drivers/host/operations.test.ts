import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind, PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { Device, DocumentPrinterDevice, Driver, JobFinding, SlipPrinterDevice } from '../drivers/driver.ts';
import { Board } from './board.ts';
import { Ledger } from './ledger.ts';
import { Operations } from './operations.ts';

const SLIP = { number: 'S1', blocks: [{ type: 'rule' as const }] };
const DONE: PrintCompletion = { outcome: 'done', printed: 1 };
const never = new AbortController().signal;

const healthy: Device = {
  start: () => {},
  status: () => ({ state: 'ready', warnings: [] }),
  selfTest: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
};

interface Made {
  readonly print?: SlipPrinterDevice['print'];
  readonly findJob?: () => Promise<Result<JobFinding>>;
}

/** A host's inside with printers that do what a test says. */
function machine(t: TestContext, path: string, made: Made) {
  const ledger = Ledger.open(path);
  assert.ok(ledger.ok);
  t.after(() => ledger.value.close());
  const slipPrinter: SlipPrinterDevice = { ...healthy, print: made.print ?? (() => Promise.resolve(ok(DONE))) };
  const documentPrinter: DocumentPrinterDevice = {
    ...healthy,
    print: () => Promise.resolve(ok(DONE)),
    findJob: made.findJob ?? (() => Promise.resolve(ok({ state: 'notFound' }))),
  };
  const drivers = new Map<string, Driver<DeviceKind>>([
    ['slip', { name: 'slip', kind: 'slipPrinter', create: () => ok(slipPrinter) }],
    ['a4', { name: 'a4', kind: 'documentPrinter', create: () => ok(documentPrinter) }],
  ]);
  const clock = new ManualClock();
  const states: string[] = [];
  const board = Board.create(
    [...drivers.keys()].map((driver) => ({ id: `${driver}-printer`, driver, port: driver, options: {} })),
    {
      drivers,
      clock,
      log: () => {},
      ledger: ledger.value,
      onChange: ({ devices }) => states.push(devices[0]?.state ?? ''),
      onEvent: () => {},
    },
  );
  assert.ok(board.ok);
  const operations = new Operations({ board: board.value, ledger: ledger.value, clock, log: () => {} });
  const printSlip = (id: string, signal: AbortSignal = never) =>
    operations.carryOut('slipPrinter', id, signal, (device, options) => device.print(SLIP as never, options));
  return { ledger: ledger.value, board: board.value, operations, printSlip, clock, states };
}

function temporary(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'operations-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'operations.db');
}

test('the ledger knows of a slip before its first byte leaves', async (t) => {
  const path = temporary(t);
  let known: unknown;
  const { ledger, printSlip } = machine(t, path, {
    print: () => {
      known = ledger.find('operation-1');
      return Promise.resolve(ok(DONE));
    },
  });
  assert.deepEqual(await printSlip('operation-1'), ok(DONE));
  assert.ok(known, 'the device moved before the ledger was written');
});

test('an operation asked for again answers as it did and moves nothing', async (t) => {
  let printed = 0;
  const { printSlip } = machine(t, temporary(t), {
    print: () => Promise.resolve(ok({ outcome: 'done', printed: ++printed })),
  });
  await printSlip('operation-1');
  assert.deepEqual(await printSlip('operation-1'), ok({ outcome: 'done', printed: 1 }));
  assert.equal(printed, 1);
});

test('an operation asked for again while it runs waits for the same end', async (t) => {
  const { promise, resolve } = Promise.withResolvers<Result<PrintCompletion>>();
  let started = 0;
  const { printSlip } = machine(t, temporary(t), {
    print: () => {
      started++;
      return promise;
    },
  });
  const both = Promise.all([printSlip('operation-1'), printSlip('operation-1')]);
  resolve(ok(DONE));
  assert.deepEqual(await both, [ok(DONE), ok(DONE)]);
  assert.equal(started, 1);
});

test('a refused operation was never done and may be asked for again', async (t) => {
  let paper = false;
  const { operations, printSlip } = machine(t, temporary(t), {
    print: () => Promise.resolve(paper ? ok(DONE) : fail('E4202')),
  });
  const refused = await printSlip('operation-1');
  assert.equal(!refused.ok && refused.error.code, 'E4202');
  assert.equal((await operations.find('operation-1', never)).state, 'never');
  paper = true;
  assert.deepEqual(await printSlip('operation-1'), ok(DONE));
});

test('a second operation on a busy printer is refused and leaves no trace', async (t) => {
  const { promise, resolve } = Promise.withResolvers<Result<PrintCompletion>>();
  const { operations, printSlip, states } = machine(t, temporary(t), { print: () => promise });
  const first = printSlip('operation-1');
  const second = await printSlip('operation-2');
  assert.equal(!second.ok && second.error.code, 'E9010');
  assert.equal((await operations.find('operation-2', never)).state, 'never');
  resolve(ok(DONE));
  await first;
  assert.deepEqual(states, ['busy', 'ready']);
});

test('cancelling reaches the device, and its own completion is what counts', async (t) => {
  const begun = Promise.withResolvers<void>();
  const { operations, printSlip } = machine(t, temporary(t), {
    print: (_slip, { signal }) =>
      new Promise((resolve) => {
        begun.resolve();
        signal.addEventListener('abort', () => resolve(ok({ outcome: 'failed', code: 'E4111', printed: 0 })));
      }),
  });
  const print = printSlip('operation-1');
  await begun.promise;
  operations.cancel('operation-1');
  assert.deepEqual(await print, ok({ outcome: 'failed', code: 'E4111', printed: 0 }));
  assert.deepEqual(await operations.find('operation-1', never), {
    operationId: 'operation-1',
    state: 'failed',
    code: 'E4111',
    printed: 0,
  });
});

test('an operation that is cancelled before its device heard of it was never done', async (t) => {
  let printed = 0;
  const { operations, printSlip } = machine(t, temporary(t), {
    print: () => Promise.resolve(ok({ outcome: 'done', printed: ++printed })),
  });
  const print = printSlip('operation-1');
  operations.cancel('operation-1');
  const result = await print;
  assert.deepEqual([!result.ok && result.error.code, printed], ['E9001', 0]);
  assert.equal((await operations.find('operation-1', never)).state, 'never');
});

test('a driver with a bug leaves an unknown outcome behind, is opened again, and prints', async (t) => {
  let broken = true;
  const { operations, printSlip, board, ledger, clock } = machine(t, temporary(t), {
    print: () => (broken ? Promise.reject(new Error('bug')) : Promise.resolve(ok(DONE))),
  });
  assert.deepEqual(await printSlip('operation-1'), ok({ outcome: 'unknown', code: 'E4207', printed: 0 }));
  assert.equal((await operations.find('operation-1', never)).state, 'unknown');
  assert.deepEqual([board.state().devices[0]?.state, board.state().devices[0]?.code], ['offline', 'E9006']);
  const refused = await printSlip('operation-2');
  assert.equal(!refused.ok && refused.error.code, 'E4201', 'a driver that is closed moves nothing');
  broken = false;
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1_000);
  assert.equal(board.state().devices[0]?.state, 'ready');
  assert.deepEqual(await printSlip('operation-2'), ok(DONE));
  assert.deepEqual(ledger.counters('slip-printer'), { driverFaults: 1 });
});

test('a slip of a former run is unknown and is not printed again', async (t) => {
  const path = temporary(t);
  const former = Ledger.open(path);
  assert.ok(former.ok);
  former.value.start({ operationId: 'operation-1', deviceId: 'slip-printer', command: 'printSlip' }, 1);
  former.value.close();
  let printed = 0;
  const { operations, printSlip } = machine(t, path, {
    print: () => Promise.resolve(ok({ outcome: 'done', printed: ++printed })),
  });
  operations.settleFormer(never);
  assert.deepEqual(await printSlip('operation-1'), ok({ outcome: 'unknown', code: 'E4207', printed: 0 }));
  assert.equal((await operations.find('operation-1', never)).state, 'unknown');
  assert.equal(printed, 0);
});

test('a document of a former run is what its printer says of the job', async (t) => {
  const path = temporary(t);
  const former = Ledger.open(path);
  assert.ok(former.ok);
  former.value.start({ operationId: 'operation-1', deviceId: 'a4-printer', command: 'printDocument' }, 1);
  former.value.close();
  const answers: Result<JobFinding>[] = [
    fail('E4101'),
    ok({ state: 'underway', printed: 1 }),
    ok({ state: 'ended', completion: { outcome: 'done', printed: 2 } }),
  ];
  const asked: Array<() => void> = [];
  const { operations, clock } = machine(t, path, {
    findJob: () => {
      asked.shift()?.();
      return Promise.resolve(answers.shift() ?? fail('E4101'));
    },
  });
  operations.settleFormer(never);
  while (answers.length > 0) {
    const next = new Promise<void>((resolve) => asked.push(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_000);
    await next;
  }
  assert.deepEqual(await operations.find('operation-1', never), {
    operationId: 'operation-1',
    state: 'done',
    printed: 2,
  });
});
