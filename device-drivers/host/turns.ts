import { type Result, fail } from '@kiosk/contract/kernel/result.ts';

/** Who may have a device, one after the other, in the order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;

  /** Nobody has it and nobody waits for it. */
  get free(): boolean {
    return this.#asked === 0;
  }

  /** Does the work when its turn has come. Who gives up while waiting is answered at once with the signal's reason. */
  async take<T>(signal: AbortSignal, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const former = this.#last;
    const mine = this.#after(former, signal, work);
    // Who gave up leaves the row; those behind still wait for who is before them all.
    // Without their results: each would hold the one before it, back to the first card of the day.
    this.#last = Promise.allSettled([former, mine]).then(() => undefined);
    this.#asked++;
    try {
      return await mine;
    } finally {
      this.#asked--;
    }
  }

  async #after<T>(former: Promise<unknown>, signal: AbortSignal, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const gaveUp = Promise.withResolvers<void>();
    const giveUp = () => gaveUp.resolve();
    signal.addEventListener('abort', giveUp, { once: true });
    if (!signal.aborted) await Promise.race([former, gaveUp.promise]);
    signal.removeEventListener('abort', giveUp);
    return signal.aborted ? fail(String(signal.reason)) : work();
  }
}
