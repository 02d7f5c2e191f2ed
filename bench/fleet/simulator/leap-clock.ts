import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/**
 * A clock that stands still while anybody works and leaps to the next timer when everybody waits: minutes of back-off
 * take no time, and what a limit a second lets through does not depend on how fast the machine is.
 */
export class LeapClock implements Clock {
  #elapsed = 0;
  #nextId = 0;
  readonly #began: number;
  readonly #timers = new Map<number, { readonly due: number; readonly callback: () => void }>();

  constructor(began = Date.now()) {
    this.#began = began;
  }

  now(): number {
    return this.#began + Math.round(this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, callback: () => void): () => void {
    const id = this.#nextId++;
    this.#timers.set(id, { due: this.#elapsed + Math.max(0, ms), callback });
    return () => void this.#timers.delete(id);
  }

  /** Goes from timer to timer, whoever set them, until `reached` holds or nobody waits for anything. */
  leap(reached: () => boolean): void {
    while (!reached() && this.#timers.size > 0) this.#next();
  }

  #next(): void {
    const due = Math.min(...[...this.#timers.values()].map((timer) => timer.due));
    this.#elapsed = Math.max(this.#elapsed, due);
    for (const [id, timer] of this.#timers) {
      if (timer.due > this.#elapsed) continue;
      this.#timers.delete(id);
      timer.callback();
    }
  }
}
