import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { placeOf, type Log } from '../log.ts';
import type { Store, StoredEntry } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { effectOf } from './effect.ts';
import type { Unwrapper } from './unwrapper.ts';

/** Entries in one transaction: short enough that a caller in between does not notice it. */
const AT_ONCE = 25;

export interface Projection {
  /** Something may be waiting. Returns at once. */
  wake(): void;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

/**
 * Turns stored business entries into requests, ratings and print outcomes, after they were acknowledged and in order of arrival.
 * Entries and cursor move in one transaction, so that a crash in between repeats nothing and skips nothing.
 */
export function createProjection(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly unwrapper: Unwrapper;
  readonly vault: Vault;
  readonly log: Log;
}): Projection {
  const { store, clock, unwrapper, vault, log } = parts;
  let running: Promise<void> | undefined;
  let again = false;

  async function dataKeysOf(entries: readonly StoredEntry[]): Promise<readonly (Uint8Array | null)[]> {
    const sealed = entries.flatMap(({ wrappedKey }) => (wrappedKey === null ? [] : [wrappedKey]));
    const opened = await unwrapper.unwrap(sealed);
    let next = 0;
    return entries.map(({ wrappedKey }) => (wrappedKey === null ? null : opened[next++]!));
  }

  async function drain(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const waiting = await store.journal.unprojected(AT_ONCE);
        if (waiting.length === 0) break;
        const dataKeys = await dataKeysOf(waiting);
        const now = clock.now();
        const effects = waiting.map((entry, i) => ({ entry, effect: effectOf(entry, now, dataKeys[i]!, vault) }));
        await store.business.apply(effects, now);
        // A terminal that was dark for a month brings thousands: the others must not wait for them.
        await setImmediate();
      }
    } while (again);
  }

  return {
    wake() {
      again = true;
      running ??= drain()
        .catch((error: unknown) => {
          // The cursor stays where it was; the next batch or the next start tries again.
          again = false;
          log({ event: 'projection.failed', code: 'E9006', detail: placeOf(error) });
        })
        .finally(() => {
          running = undefined;
          if (again) this.wake();
        });
    },
    async idle() {
      while (running) await running;
    },
  };
}
