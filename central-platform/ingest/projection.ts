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
 * nothing, and that of several processes one does it. Whoever makes something of them hears of it after that, from a place of its own. Terminals take turns: one that was dark for a month brings thousands,
 * and the others must not wait for them.
 */
export function createProjection(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly unwrapper: Unwrapper;
  readonly vault: Vault;
  readonly log: Log;
  /**
   * Hears of effects when they are durable, in the order of each terminal, and again of the same ones when a process ends (or this throws)
   * before that was noted: what it makes of them has to be kept once by their own numbers.
   */
  readonly arrived?: (effects: readonly Effect[]) => Promise<void>;
}): Projection {
  const { store, clock, unwrapper, vault, log, arrived } = parts;
  const queue = new Set<string>();
  let running: Promise<void> | undefined;
  let stopLooking = (): void => {};
  let closed = false;

  /** By sequence. What was opened a moment ago is not opened again. */
  async function dataKeysOf(entries: readonly StoredEntry[], known: DataKeys = new Map()): Promise<DataKeys> {
    const keys = new Map<number, Uint8Array | null>(entries.map(({ seq }) => [seq, known.get(seq) ?? null]));
    const sealed = entries.flatMap(({ seq, wrappedKey }) =>
      wrappedKey === null || known.has(seq) ? [] : [{ seq, wrappedKey }],
    );
    const opened = await unwrapper.unwrap(sealed.map(({ wrappedKey }) => wrappedKey));
    sealed.forEach(({ seq }, i) => keys.set(seq, opened[i]!));
    return keys;
  }

  /** Whether there may be more, and what was opened for it. */
  async function projectSome(terminalId: string): Promise<{ readonly more: boolean; readonly dataKeys?: DataKeys }> {
    const { after, entries } = await store.journal.unprojected(terminalId, AT_ONCE);
    if (entries.length === 0) return { more: false };
    const dataKeys = await dataKeysOf(entries);
    const now = clock.now();
    const effects = entries.map((entry) => ({
      entry,
      effect: entry.setAside ? NONE : effectOf(entry, now, dataKeys.get(entry.seq) ?? null, vault),
    }));
    const done = await store.business.apply({ terminalId, after }, effects, now);
    return { more: !done || entries.length === AT_ONCE, dataKeys };
  }

  /** Tells what is durable and was not told. Whether there may be more. */
  async function tellSome(terminalId: string, known: DataKeys | undefined): Promise<boolean> {
    const { after, upTo, entries } = await store.journal.untold(terminalId, AT_ONCE);
    if (upTo === after) return false;
    if (arrived) {
      const dataKeys = await dataKeysOf(entries, known);
      const now = clock.now();
      // An entry that was put aside when it was applied (its number stood for something else) is so by now.
      const effects = entries.flatMap((entry) =>
        entry.setAside ? [] : [effectOf(entry, now, dataKeys.get(entry.seq) ?? null, vault)],
      );
      const telling = effects.filter(({ kind }) => kind !== 'none' && kind !== 'quarantine');
      if (telling.length > 0) await arrived(telling);
    }
    await store.journal.told(terminalId, after, upTo);
    return entries.length === AT_ONCE;
  }

  async function drain(): Promise<void> {
    for (const terminalId of queue) {
      queue.delete(terminalId);
      try {
        const { more, dataKeys } = await projectSome(terminalId);
        // Behind those that wait already.
        if (more) queue.add(terminalId);
        if (await tellSome(terminalId, dataKeys)) queue.add(terminalId);
      } catch (error) {
        // Every place of this terminal stayed where it was; the next batch, look or start tries again. The others go on.
        log({ event: 'projection.failed', code: 'E9006', detail: placeOf(error) });
      }
      await setImmediate();
    }
  }

  function run(): void {
    if (closed) return;
    running ??= drain().finally(() => {
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

type DataKeys = ReadonlyMap<number, Uint8Array | null>;
const NONE = { kind: 'none' } as const;
