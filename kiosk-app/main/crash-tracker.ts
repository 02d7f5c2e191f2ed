import type { Clock } from '@kiosk/contract/kernel/clock.ts';

const MOST = 5;
const WITHIN_MS = 5 * 60_000;

/** Five failures within five minutes: trying again at once mends nothing, and somebody should see it. */
export class CrashTracker {
  readonly #clock: Clock;
  #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one failure; true when there were too many. */
  count(): boolean {
    const now = this.#clock.monotonic();
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length >= MOST;
  }
}
