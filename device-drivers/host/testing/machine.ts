import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DeviceConfig } from '@kiosk/contract/config.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { ok } from '@kiosk/contract/kernel/result.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { Device, Driver, DriverDeps } from '../../drivers/driver.ts';
import { Board, type BoardState } from '../board.ts';
import { handlersOf } from '../handlers.ts';
import { Ledger } from '../ledger.ts';
import { Operations } from '../operations.ts';

export const never = new AbortController().signal;
export const context = { signal: never, progress: () => {} };
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export const healthy: Device = {
  start: () => {},
  status: () => ({ state: 'ready', warnings: [] }),
  selfTest: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
};

export const configOf = (id: string, driver: string, port = id): DeviceConfig => ({ id, driver, port, options: {} });

/** A board with the drivers a test makes, and everything it tells. */
export function machine(t: TestContext, drivers: readonly Driver<DeviceKind>[], configs?: readonly DeviceConfig[]) {
  const dir = mkdtempSync(join(tmpdir(), 'board-'));
  const ledger = Ledger.open(join(dir, 'operations.db'));
  assert.ok(ledger.ok);
  t.after(() => {
    ledger.value.close();
    rmSync(dir, { recursive: true });
  });
  const clock = new ManualClock();
  const events: { name: string; seq: number }[] = [];
  const states: BoardState[] = [];
  const created = Board.create(configs ?? drivers.map(({ name }) => configOf(name, name)), {
    drivers: new Map(drivers.map((driver) => [driver.name, driver])),
    clock,
    log: () => {},
    ledger: ledger.value,
    onChange: (state) => states.push(state),
    onEvent: (name, { seq }) => events.push({ name, seq }),
  });
  if (!created.ok) return { refused: created.error };
  const board = created.value;
  const operations = new Operations({ board, ledger: ledger.value, clock, log: () => {} });
  const handlers = handlersOf({ board, operations, ledger: ledger.value, clock });
  return { board, handlers, clock, events, states, ledger: ledger.value };
}

export type Machine = Extract<ReturnType<typeof machine>, { readonly board: Board }>;

export function running(t: TestContext, drivers: readonly Driver<DeviceKind>[]): Machine {
  const made = machine(t, drivers);
  assert.ok('board' in made);
  return made as Machine;
}

export const scanner = (make: (deps: DriverDeps) => Partial<Device>): Driver<'codeScanner'> => ({
  name: 'scanner',
  kind: 'codeScanner',
  create: (_config, deps) => ok({ ...healthy, scan: () => new Promise(() => {}), ...make(deps) }),
});
