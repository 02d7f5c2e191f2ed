import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/**
 * What a synthetic counterpart can be told to do instead of answering as it should. down: no connection. slow: answers after `ms`.
 * wrong: answers something that makes no sense. lost: does it, and the answer never arrives. twice: does it two times.
 */
export type Fault =
  { readonly kind: 'down' | 'wrong' | 'lost' | 'twice' } | { readonly kind: 'slow'; readonly ms: number };

/** Throws what a socket throws. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface FaultSwitch {
  /** For the next `times` calls, or until told otherwise. */
  set(fault: Fault | undefined, times?: number): void;
  /** Calls `act` as the fault has it; `wrong` gives the answer that makes no sense. */
  run<T>(act: () => Promise<T>, wrong: (right: T) => unknown): Promise<T>;
}

export function faultSwitch(clock: Clock): FaultSwitch {
  let fault: Fault | undefined;
  let left = Infinity;
  const take = (): Fault | undefined => {
    const taken = left > 0 ? fault : undefined;
    if (taken) left--;
    return taken;
  };
  return {
    set(next, times = Infinity) {
      [fault, left] = [next, times];
    },
    async run(act, wrong) {
      const now = take();
      switch (now?.kind) {
        case 'down':
          throw new Unreachable('connection refused');
        case 'slow':
          await new Promise<void>((done) => void clock.after(now.ms, done));
          return act();
        case 'wrong':
          // On purpose not what the type says: whoever asked has to notice.
          return wrong(await act()) as Awaited<ReturnType<typeof act>>;
        case 'lost':
          await act();
          throw new Unreachable('connection closed before the answer');
        case 'twice':
          await act();
          return act();
        case undefined:
          return act();
      }
    },
  };
}
