/** How much one batch may carry: bytes of bodies, and entries. */
export interface BatchLimit {
  readonly entries: number;
  readonly bytes: number;
}

/** Half the entries the contract allows, and bodies that fit a request of under a megabyte (what a gateway lets through). */
const MOST: BatchLimit = { entries: 250, bytes: 512 * 1024 };
const FIRST_BYTES = 64 * 1024;
const LEAST_BYTES = 1024;
const STEP_BYTES = 64 * 1024;
/** After so many quick answers a size that was refused before is tried again: at most one request in twenty is wasted. */
const PROBE_AFTER = 20;
/** Answers within this are quick; at twice this the line or the platform is short of something. */
const QUICK_MS = 500;

/**
 * The size of the next batch of one stream: grows by a step while answers are quick, halves when they are slow, lost or
 * refused for their size (additive increase, multiplicative decrease: terminals that share a line share it fairly).
 */
export class BatchWindow {
  #bytes = FIRST_BYTES;
  #entries = MOST.entries;
  /** Below what somebody on the way refused for its size. */
  #most = MOST;
  #quick = 0;

  get limit(): BatchLimit {
    return { entries: this.#entries, bytes: this.#bytes };
  }

  answered(tookMs: number): void {
    if (tookMs > 2 * QUICK_MS) return this.lost();
    if (tookMs > QUICK_MS) return;
    if (++this.#quick % PROBE_AFTER === 0) this.#raiseCeiling();
    this.#bytes = Math.min(this.#most.bytes, this.#bytes + STEP_BYTES);
    this.#entries = this.#most.entries;
  }

  lost(): void {
    this.#bytes = Math.max(LEAST_BYTES, Math.floor(this.#bytes / 2));
  }

  /** A batch of so many entries was too large for somebody on the way: half of them may fit. */
  tooLarge(entries: number): void {
    this.lost();
    this.#entries = Math.max(1, Math.floor(entries / 2));
    this.#most = this.limit;
    this.#quick = 0;
  }

  /** It may have been one gateway's bad moment: larger ones are tried now and then. */
  #raiseCeiling(): void {
    this.#most = {
      entries: Math.min(MOST.entries, this.#most.entries * 2),
      bytes: Math.min(MOST.bytes, this.#most.bytes * 2),
    };
  }
}
