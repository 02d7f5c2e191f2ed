import { join } from 'node:path';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind, PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import type { Driver, SlipPrinterDevice } from '@kiosk/device-drivers/drivers/driver.ts';
import { Board } from '@kiosk/device-drivers/host/board.ts';
import { Ledger } from '@kiosk/device-drivers/host/ledger.ts';
import { Operations } from '@kiosk/device-drivers/host/operations.ts';
import { checkLedger } from '../crash/ledger-check.ts';
import type { PromiseMade } from '../crash/promises.ts';
import type { Life } from './lives.ts';

const CLOSED = new Set(['E6101', 'E6102']);
const never = new AbortController().signal;

/** Devices on paper only; what they are told to do is the byte that left. */
function hostOn(ledger: Ledger, clock: ManualClock, onUnwritten: (operationId: string) => void): Operations {
  const device: SlipPrinterDevice = {
    start: () => {},
    status: () => ({ state: 'ready', warnings: [] }),
    selfTest: () => Promise.resolve([]),
    stop: () => Promise.resolve(),
    print: () => Promise.resolve(fail('E9006', 'not used')),
  };
  const driver: Driver<'slipPrinter'> = { name: 'on-paper', kind: 'slipPrinter', create: () => ok(device) };
  const drivers = new Map<string, Driver<DeviceKind>>([['on-paper', driver as Driver<DeviceKind>]]);
  const configs = [{ id: 'slip-printer', driver: 'on-paper', port: 'none', options: {} }];
  const deps = { drivers, clock, log: () => {}, ledger, onChange: () => {}, onEvent: () => {} };
  const board = Board.create(configs, deps);
  if (!board.ok) throw new Error(board.error.code);
  return new Operations({
    board: board.value,
    ledger,
    clock,
    log: (_level, text, details) => {
      if (text === 'ledger not written') onUnwritten(String(details?.['operationId']));
    },
  });
}

/** The device-host's ledger on a disk that fails and gets better: no device moves that the ledger does not know of. */
export async function ledgerLife({ dataDir, random, steps, clears }: Life): Promise<string | undefined> {
  const clock = new ManualClock();
  const promises: PromiseMade[] = [];
  const unwritten = new Set<string>();
  const open = () => Ledger.open(join(dataDir, 'operations.db'));
  let opened = open();
  if (!opened.ok) {
    if (!CLOSED.has(opened.error.code)) return `open: answered ${opened.error.code} ${opened.error.detail ?? ''}`;
    clears();
    opened = open();
    if (!opened.ok) return `does not open though the disk is well again: ${opened.error.detail ?? ''}`;
  }
  const ledger = opened.value;
  const operations = hostOn(ledger, clock, (operationId) => unwritten.add(operationId));
  for (let n = 1; n <= steps + 3; n++) {
    if (n === steps + 1) clears();
    const operationId = `operation-${n}`;
    const refuses = random() < 0.2;
    let moved = false;
    const answer = await operations.carryOut('slipPrinter', operationId, never, () => {
      moved = true;
      return Promise.resolve(
        refuses ? fail('E4201', 'not there') : ok<PrintCompletion>({ outcome: 'done', printed: 1 }),
      );
    });
    const noted = !unwritten.has(operationId);
    if (moved && !refuses) promises.push({ kind: 'byte', operationId });
    if (answer.ok && noted) promises.push({ kind: 'completed', operationId, outcome: 'done', printed: 1 });
    else if (moved && refuses && noted) promises.push({ kind: 'refused', operationId });
    if (!moved) {
      if (answer.ok) return `${operationId} is called done and no device moved`;
      if (!CLOSED.has(answer.error.code)) return `${operationId}: answered ${answer.error.code}`;
      if (n > steps) return `${operationId}: ${answer.error.code} though the disk is well again`;
    }
    const counted = ledger.count('slip-printer', 'other', 1);
    if (!counted.ok && !CLOSED.has(counted.error.code)) return `counting: answered ${counted.error.code}`;
    clock.advance(1_000);
  }
  ledger.close();
  return checkLedger(dataDir, promises)(promises);
}
