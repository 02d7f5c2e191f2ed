/**
 * Time is injected: product code never calls Date.now() or setTimeout() itself, so that a test can move it by hand.
 * `now` may jump (NTP, technician, dead battery); `monotonic` never does and is the only one used to measure a duration.
 */
export interface Clock {
  /** UTC milliseconds since 1970. For display and records, never for order. */
  now(): number;
  /** Milliseconds since an arbitrary start, never going back. */
  monotonic(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A clock that moves only when told to. Timers fire in order of their due time. */
export class ManualClock implements Clock {
  #elapsed = 0;
  #start: number;
  #nextId = 0;
  readonly #timers = new Map<number, { due: number; callback: () => void }>();

  constructor(start = Date.UTC(2026, 10, 21, 6, 8)) {
    this.#start = start;
  }

  now(): number {
    return this.#start + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, callback: () => void): () => void {
    const id = this.#nextId++;
    this.#timers.set(id, { due: this.#elapsed + ms, callback });
    return () => void this.#timers.delete(id);
  }

  /** Moves both clocks on and fires what became due, in order. */
  advance(ms: number): void {
    const end = this.#elapsed + ms;
    for (;;) {
      const next = [...this.#timers]
        .filter(([, t]) => t.due <= end)
        .sort(([a, x], [b, y]) => x.due - y.due || a - b)[0];
      if (!next) break;
      const [id, timer] = next;
      this.#timers.delete(id);
      this.#elapsed = timer.due;
      timer.callback();
    }
    this.#elapsed = end;
  }

  /** A wall clock step (NTP, technician): `now` jumps, `monotonic` does not. */
  step(ms: number): void {
    this.#start += ms;
  }
}
