import type { KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { placeOf, type Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { effectOf } from './effect.ts';

const AT_ONCE = 50;

export interface Projection {
  /** Something may be waiting. Returns at once. */
  wake(): void;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

/**
 * Turns stored business entries into requests, ratings and print outcomes, after they were acknowledged and in order of arrival.
 * Entry and cursor move in one transaction, so that a crash in between repeats nothing and skips nothing.
 */
export function createProjection(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly centreKey: KeyObject;
  readonly vault: Vault;
  readonly log: Log;
}): Projection {
  const { store, clock, centreKey, vault, log } = parts;
  let running: Promise<void> | undefined;
  let again = false;

  async function drain(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const waiting = await store.journal.unprojected(AT_ONCE);
        if (waiting.length === 0) break;
        for (const entry of waiting) {
          const now = clock.now();
          await store.business.apply(entry, effectOf(entry, now, centreKey, vault), now);
          // A terminal that was dark for a month brings thousands: the others must not wait for them.
          await setImmediate();
        }
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
