// Run under the write recorder: node ledger-workload.ts SOURCE FOLDER SEED ROUNDS STEPS [PROMISES]. Lets the device-host's
// own Operations move devices that exist on paper only: what they are told to do is written down as the byte that left, in
// the folder of the round or in the file PROMISES, which may lie on another disk.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind, PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { DeviceEvent, Driver, SlipPrinterDevice } from '@kiosk/device-drivers/drivers/driver.ts';
import type * as BoardModule from '@kiosk/device-drivers/host/board.ts';
import type * as LedgerModule from '@kiosk/device-drivers/host/ledger.ts';
import type * as OperationsModule from '@kiosk/device-drivers/host/operations.ts';
import { seeded } from './fates.ts';
import { PROMISES, promiseTo } from './promises.ts';
import { smallLogs } from './small-logs.ts';

const [source = '', folder = '', seed = '1', rounds = '1', steps = '0', elsewhere] = process.argv.slice(2);
const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(join(source, path)).href)) as T;
const { Board } = await load<typeof BoardModule>('host/board.ts');
const { Ledger } = await load<typeof LedgerModule>('host/ledger.ts');
const { Operations } = await load<typeof OperationsModule>('host/operations.ts');
const random = seeded(Number(seed));
const clock = new ManualClock();
const never = new AbortController().signal;
const log = () => {};
smallLogs(Database);

for (let round = 1; round <= Number(rounds); round++) await playRound(join(folder, `round-${round}`));

async function playRound(dataDir: string): Promise<void> {
  mkdirSync(dataDir);
  const fd = openSync(elsewhere ?? join(dataDir, PROMISES), 'a');
  const promise = promiseTo(fd);
  const begin = (step: string) => promise({ kind: 'begin', step, entries: 0 });
  let slips = 0;

  const open = () => {
    const ledger = must(Ledger.open(join(dataDir, 'operations.db')));
    let tell: (event: DeviceEvent) => void = () => {};
    const device: SlipPrinterDevice = {
      start: () => {},
      status: () => ({ state: 'ready', warnings: [] }),
      selfTest: () => Promise.resolve([]),
      stop: () => Promise.resolve(),
      print: () => Promise.resolve(fail('E9006', 'not used')),
    };
    const driver: Driver<'slipPrinter'> = {
      name: 'on-paper',
      kind: 'slipPrinter',
      create: (_config, { onEvent }) => {
        tell = onEvent;
        return ok(device);
      },
    };
    const drivers = new Map<string, Driver<DeviceKind>>([['on-paper', driver as Driver<DeviceKind>]]);
    const configs = [{ id: 'slip-printer', driver: 'on-paper', port: 'none', options: {} }];
    const deps = { drivers, clock, log, ledger, onChange: () => {}, onEvent: () => {} };
    const operations = new Operations({ board: must(Board.create(configs, deps)), ledger, clock, log });
    return { ledger, operations, count: () => tell({ type: 'counted', counter: 'slips', by: 1 }) };
  };

  begin('ledger: open');
  let host = open();
  for (let n = 1; n <= Number(steps); n++) {
    const operationId = `operation-${n}`;
    if (random() < 0.1) {
      begin('ledger: open again');
      host.ledger.close();
      host = open();
    } else if (random() < 0.15) {
      begin('ledger: refuse');
      const answer = await host.operations.carryOut('slipPrinter', operationId, never, () =>
        Promise.resolve(fail('E4201', 'not there')),
      );
      if (!answer.ok) promise({ kind: 'refused', operationId });
    } else {
      begin('ledger: print');
      const outcome = random() < 0.7 ? 'done' : 'unknown';
      const completion: PrintCompletion =
        outcome === 'done' ? { outcome, printed: 1 } : { outcome, printed: 0, code: 'E4207' };
      const answer = await host.operations.carryOut('slipPrinter', operationId, never, () => {
        promise({ kind: 'byte', operationId });
        return Promise.resolve(ok(completion));
      });
      promise({ kind: 'completed', operationId, outcome: must(answer).outcome, printed: completion.printed });
      begin('ledger: count');
      host.count();
      promise({ kind: 'counted', counter: 'slips', value: ++slips });
    }
    clock.advance(1_000);
  }
  begin('ledger: close');
  host.ledger.close();
  closeSync(fd);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the ledger answered ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}
