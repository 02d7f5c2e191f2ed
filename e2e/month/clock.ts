import { type Clock, systemClock } from '@kiosk/contract/kernel/clock.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  readonly cancel: () => void;
}

/** The machine's clock, which can leap: what would have become due meanwhile comes due at once, in order. */
export class LeapingClock implements Clock {
  #ahead = 0;
  readonly #timers = new Set<Timer>();

  now = (): number => systemClock.now() + this.#ahead;
  monotonic = (): number => systemClock.monotonic() + this.#ahead;

  after(ms: number, callback: () => void): () => void {
    const fire = () => {
      this.#timers.delete(timer);
      callback();
    };
    const timer: Timer = { due: this.monotonic() + ms, callback: fire, cancel: systemClock.after(ms, fire) };
    this.#timers.add(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }

  leap(ms: number): void {
    this.#ahead += ms;
    const due = [...this.#timers].filter((timer) => timer.due <= this.monotonic()).sort((a, b) => a.due - b.due);
    for (const timer of due) {
      // One that fired before it may have taken it back.
      if (!this.#timers.has(timer)) continue;
      timer.cancel();
      timer.callback();
    }
  }
}
