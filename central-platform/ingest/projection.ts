import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { placeOf, type Log } from '../log.ts';
import type { Effect, Store, StoredEntry } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import { effectOf } from './effect.ts';
import type { Unwrapper } from './unwrapper.ts';

/** Entries in one transaction: short enough that a caller in between does not notice it. */
const AT_ONCE = 25;

/** How often a process looks for what another one received and did not come to project. */
const LOOK_EVERY_MS = 10_000;

export interface Projection {
  /** Something of this terminal may be waiting. Returns at once. */
  wake(terminalId: string): void;
  /** Looks at all terminals, now and from time to time. */
  begin(): void;
  /** Resolves when nothing that was acknowledged until now waits, whichever process received it. */
  idle(): Promise<void>;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

/**
 * Turns stored business entries into requests, ratings and print outcomes, after they were acknowledged and in the order of each
 * terminal. Entries and the terminal's place move in one transaction, so that a crash in between repeats nothing and skips
 * nothing, and that of several processes one does it. Terminals take turns: one that was dark for a month brings thousands,
 * and the others must not wait for them.
 */
export function createProjection(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly unwrapper: Unwrapper;
  readonly vault: Vault;
  readonly log: Log;
  /** Hears of effects before the register has them, and again of the same after a crash. */
  readonly arrived?: (effects: readonly Effect[]) => Promise<void>;
}): Projection {
  const { store, clock, unwrapper, vault, log, arrived } = parts;
  const queue = new Set<string>();
  let running: Promise<void> | undefined;
  let stopLooking = (): void => {};
  let closed = false;

  async function dataKeysOf(entries: readonly StoredEntry[]): Promise<readonly (Uint8Array | null)[]> {
    const sealed = entries.flatMap(({ wrappedKey }) => (wrappedKey === null ? [] : [wrappedKey]));
    const opened = await unwrapper.unwrap(sealed);
    let next = 0;
    return entries.map(({ wrappedKey }) => (wrappedKey === null ? null : opened[next++]!));
  }

  /** Whether there may be more. */
  async function projectSome(terminalId: string): Promise<boolean> {
    const { after, entries } = await store.journal.unprojected(terminalId, AT_ONCE);
    if (entries.length === 0) return false;
    const dataKeys = await dataKeysOf(entries);
    const now = clock.now();
    const effects = entries.map((entry, i) => ({
      entry,
      effect: entry.setAside ? NONE : effectOf(entry, now, dataKeys[i]!, vault),
    }));
    await arrived?.(effects.map(({ effect }) => effect));
    const done = await store.business.apply({ terminalId, after }, effects, now);
    return !done || entries.length === AT_ONCE;
  }

  async function drain(): Promise<void> {
    for (const terminalId of queue) {
      queue.delete(terminalId);
      // Behind those that wait already.
      if (await projectSome(terminalId)) queue.add(terminalId);
      await setImmediate();
    }
  }

  function run(): void {
    if (closed) return;
    running ??= drain()
      .catch((error: unknown) => {
        // Every place stayed where it was; the next batch, look or start tries again.
        queue.clear();
        log({ event: 'projection.failed', code: 'E9006', detail: placeOf(error) });
      })
      .finally(() => {
        running = undefined;
        if (queue.size > 0) run();
      });
  }

  async function look(): Promise<void> {
    for (const terminalId of await store.journal.waiting()) queue.add(terminalId);
    run();
  }

  function lookAgain(): void {
    stopLooking = clock.after(LOOK_EVERY_MS, () => {
      look()
        .catch((error: unknown) => log({ event: 'projection.failed', code: 'E9006', detail: placeOf(error) }))
        .finally(() => {
          if (!closed) lookAgain();
        });
    });
  }

  return {
    wake(terminalId) {
      queue.add(terminalId);
      run();
    },
    begin() {
      void look().catch((error: unknown) => log({ event: 'projection.failed', code: 'E9006', detail: placeOf(error) }));
      lookAgain();
    },
    async idle() {
      await look();
      while (running) await running;
    },
    async close() {
      stopLooking();
      while (running) await running;
      closed = true;
      stopLooking();
    },
  };
}

const NONE = { kind: 'none' } as const;
