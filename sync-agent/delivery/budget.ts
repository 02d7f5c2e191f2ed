/** One try in ten may be a repeat: then retries cannot be what keeps a platform down that has trouble. */
const SHARE = 0.1;
/** Enough for a line that was cut once; more is saved up by requests that got through. */
const FIRST = 3;
const MOST = 10;

/** How many repeats are left. A request that gets through earns a tenth of one. */
export class RetryBudget {
  #left = FIRST;

  earn(): void {
    this.#left = Math.min(MOST, this.#left + SHARE);
  }

  /** False: used up; whoever asks waits as long as waiting is allowed. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
