/** Each bucket is this much wider than the one before: a value is known to 5 %. */
const GROWTH = 1.05;
const LOG = Math.log(GROWTH);
const LEAST_MS = 0.05;

/** Latencies in milliseconds, in buckets of 5 %: as much memory for ten million of them as for ten. */
export class Histogram {
  readonly #buckets: number[] = [];
  count = 0;
  most = 0;

  add(ms: number): void {
    const bucket = Math.max(0, Math.ceil(Math.log(ms / LEAST_MS) / LOG));
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.count++;
    this.most = Math.max(this.most, ms);
  }

  /** ms that `percent` percent of all do not exceed; NaN of nothing. */
  percentile(percent: number): number {
    let left = Math.ceil((percent / 100) * this.count);
    if (left === 0) return Number.NaN;
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count ?? 0;
      if (left <= 0) return Math.min(this.most, LEAST_MS * GROWTH ** bucket);
    }
    return this.most;
  }
}
