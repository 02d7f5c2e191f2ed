import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** At most this often: a drain that acknowledges ten batches a second needs no screen redrawn ten times. */
const QUIET_MS = 50;

/** Publishes the first change at once and what follows within the quiet time as one; what somebody waits for, always at once. */
export class Publisher {
  readonly #publish: () => void;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;
  #dirty = false;

  constructor(clock: Clock, publish: () => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  changed(): void {
    if (this.#cancel) {
      this.#dirty = true;
      return;
    }
    this.#publish();
    this.#cancel = this.#clock.after(QUIET_MS, () => {
      this.#cancel = undefined;
      if (!this.#dirty) return;
      this.#dirty = false;
      this.changed();
    });
  }

  /** Whoever asked for the change gets an answer next: what is told then must not be older than that answer. */
  now(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dirty = false;
    this.changed();
  }

  close(): void {
    this.#cancel?.();
  }
}
