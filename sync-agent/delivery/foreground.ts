import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** A depositor who has asked this recently will ask again: long enough to read a screen. */
const ATTENDED_MS = 15_000;
/** What a screen asks in a row comes this close together; behind it the person reads, and a batch disturbs nobody. */
const IN_A_ROW_MS = 15;
/** A batch is followed by a rest so many times as long as it took: one call in forty meets one, on any machine. */
const REST_RATIO = 39;
/** On a slow line it is the line that takes the time. A batch every two seconds still gets through while somebody is served. */
const LONGEST_REST_MS = 2_000;

/** Knows the calls that a person is waiting for, and finds the moments between them for the drain. */
export class Foreground {
  readonly #clock: Clock;
  #running = 0;
  #lastEnded = -Infinity;
  #restUntil = -Infinity;
  #onQuiet: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody is waiting for an answer or had one just now: the next call may come in the middle of a batch. */
  get attended(): boolean {
    return this.#running > 0 || this.#clock.monotonic() - this.#lastEnded < ATTENDED_MS;
  }

  /** ms until the drain may start something; undefined: somebody is waiting, `onQuiet` tells when not any more. */
  get restMs(): number | undefined {
    if (this.#running > 0) return undefined;
    if (!this.attended) return 0;
    const now = this.#clock.monotonic();
    return Math.max(0, this.#lastEnded + IN_A_ROW_MS - now, this.#restUntil - now);
  }

  onQuiet(listener: () => void): void {
    this.#onQuiet = listener;
  }

  /** The drain has just worked so long. */
  worked(milliseconds: number): void {
    this.#restUntil = this.#clock.monotonic() + Math.min(milliseconds * REST_RATIO, LONGEST_REST_MS);
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await call();
    } finally {
      this.#running--;
      this.#lastEnded = this.#clock.monotonic();
      if (this.#running === 0) this.#onQuiet();
    }
  }
}
