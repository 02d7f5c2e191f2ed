import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { placeOf, type Log } from '../log.ts';

const AT_ONCE = 20;

export interface DueParts<T> {
  readonly clock: Clock;
  readonly log: Log;
  /** What the log calls it when it stands still. */
  readonly event: string;
  readonly store: {
    due(at: number, limit: number): Promise<readonly T[]>;
    /** When the next one is due; undefined: none waits. */
    nextDue(): Promise<number | undefined>;
  };
  /** Takes one and settles it, or puts it off. */
  attempt(one: T): Promise<void>;
}

/** Works through what is due in a store, one after the other, and wakes for the next. */
export interface DueRunner {
  /** Resolves when nothing is due. Runs asked for at once follow each other. */
  run(): Promise<void>;
  /** What is under way ends; nothing begins any more. */
  close(): Promise<void>;
}

export function createDueRunner<T>({ clock, log, event, store, attempt }: DueParts<T>): DueRunner {
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let closed = false;

  async function drain(): Promise<void> {
    for (;;) {
      const due = await store.due(clock.now(), AT_ONCE);
      if (due.length === 0) break;
      for (const one of due) await attempt(one);
    }
    const next = await store.nextDue();
    if (next !== undefined && !closed) {
      cancel?.();
      cancel = clock.after(Math.max(0, next - clock.now()), () => void run());
    }
  }

  function run(): Promise<void> {
    if (closed) return running ?? Promise.resolve();
    const mine = (running ?? Promise.resolve()).then(drain).catch((error: unknown) => {
      log({ event, code: 'E9006', detail: placeOf(error) });
    });
    running = mine;
    return mine;
  }

  return {
    run,
    async close() {
      closed = true;
      cancel?.();
      await running;
    },
  };
}
