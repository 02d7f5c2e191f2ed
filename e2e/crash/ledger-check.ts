import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Ledger, type LedgerEntry } from '@kiosk/device-drivers/host/ledger.ts';
import type { Held } from './held.ts';
import type { PromiseMade } from './promises.ts';

const DEVICE = 'slip-printer';

/**
 * Opens what is left of the device-host's ledger as the device-host does. An operation of which a byte has left must be
 * known, for an unknown one would be done once more.
 */
export function checkLedger(dataDir: string, ever: readonly PromiseMade[]): Held {
  const file = join(dataDir, 'operations.db');
  const opened = Ledger.open(file);
  if (!opened.ok) return () => `does not open: ${opened.error.code}`;
  const ledger = opened.value;
  const known = new Map<string, LedgerEntry | undefined>();
  for (const made of ever) if ('operationId' in made) known.set(made.operationId, ledger.find(made.operationId));
  const counters = ledger.counters(DEVICE);
  const operation = { operationId: 'after the cut', deviceId: DEVICE, command: 'printSlip' } as const;
  const goesOn = ledger.start(operation, 0).ok;
  ledger.close();
  if (!goesOn) return () => 'takes no more operations';
  const damage = damageOf(file);
  return damage === undefined ? (promises) => firstBroken(known, counters, promises) : () => damage;
}

function damageOf(file: string): string | undefined {
  const db = new Database(file);
  const found: unknown = db.pragma('integrity_check(1)', { simple: true });
  db.close();
  return found === 'ok' ? undefined : `damaged: ${String(found)}`;
}

function firstBroken(
  known: ReadonlyMap<string, LedgerEntry | undefined>,
  counters: Readonly<Record<string, number>>,
  promises: readonly PromiseMade[],
): string | undefined {
  const last = new Map<string, PromiseMade>();
  for (const made of promises) {
    if (made.kind === 'counted') last.set(`counted ${made.counter}`, made);
    else if ('operationId' in made) last.set(made.operationId, made);
  }
  for (const made of last.values()) {
    if (made.kind === 'counted') {
      const value = counters[made.counter] ?? 0;
      // The next one may be under way.
      if (value !== made.value && value !== made.value + 1) return `counts ${value} instead of ${made.value}`;
    }
    if (!('operationId' in made)) continue;
    const { operationId } = made;
    const entry = known.get(operationId);
    if (made.kind === 'byte' && entry === undefined) return `${operationId} moved a device and is not known`;
    if (made.kind === 'refused' && entry !== undefined) return `${operationId} was refused and is on record`;
    if (made.kind === 'completed' && entry?.completion?.outcome !== made.outcome) {
      return `${operationId} ended ${made.outcome} and is ${entry?.completion?.outcome ?? 'open'}`;
    }
  }
  return undefined;
}
