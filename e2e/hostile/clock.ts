import type { Clock } from '@kiosk/contract/kernel/clock.ts';

/** A clock that stands still while there is work and then leaps to the next timer: back-off and deadlines cost no time. */
export class HurriedClock implements Clock {
  #elapsed = 0;
  #nextId = 0;
  readonly #timers = new Map<number, { readonly due: number; readonly callback: () => void }>();

  now(): number {
    return Date.UTC(2026, 10, 21) + Math.floor(this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, callback: () => void): () => void {
    const id = this.#nextId++;
    this.#timers.set(id, { due: this.#elapsed + ms, callback });
    return () => void this.#timers.delete(id);
  }

  /** Fires the earliest timer; false: there is none, and nothing will ever happen again. */
  leap(): boolean {
    let first: number | undefined;
    for (const [id, { due }] of this.#timers) {
      if (first === undefined || due < this.#timers.get(first)!.due) first = id;
    }
    if (first === undefined) return false;
    const { due, callback } = this.#timers.get(first)!;
    this.#timers.delete(first);
    this.#elapsed = Math.max(this.#elapsed, due);
    callback();
    return true;
  }
}
