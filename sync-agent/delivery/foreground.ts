import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** A depositor who has asked this recently will ask again: long enough to read a screen. */
const ATTENDED_MS = 15_000;

/** Knows the calls that a person is waiting for. The drain starts no new batch while there is one. */
export class Foreground {
  readonly #clock: Clock;
  #running = 0;
  #lastEnded = -Infinity;
  readonly #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody is waiting for an answer or had one just now: the next call may come in the middle of a batch. */
  get attended(): boolean {
    return this.#running > 0 || this.#clock.monotonic() - this.#lastEnded < ATTENDED_MS;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await call();
    } finally {
      this.#running--;
      this.#lastEnded = this.#clock.monotonic();
      if (this.#running === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Settles when nobody waits. Every call has a deadline, so this ends. */
  async quiet(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
