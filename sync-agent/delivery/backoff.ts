/**
 * Full jitter: any wait between nothing and a bound that doubles with each failure in a row, so that ten thousand
 * terminals that lost the platform together do not come back together.
 */
export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** `failures` in a row, 1 or more; `random` in [0, 1). */
export function backoffMs(failures: number, limits: BackoffLimits, random: number): number {
  // 2^30 is beyond every limit; a count that grows for a month must not become Infinity × 0.
  const bound = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.floor(random * bound);
}

/**
 * The wait of a terminal that was told when to come back: never sooner, and a little later than told, so that those who
 * were told the same do not come in the same moment. `random` in [0, 1).
 */
export function askedWaitMs(askedMs: number, random: number): number {
  return askedMs + Math.floor(random * Math.max(1_000, askedMs / 4));
}

/** A wish for longer is a slip of somebody's pen (or of a clock, where it is a date): a terminal looks once an hour. */
const LONGEST_WISH_MS = 3_600_000;

/** The wait a Retry-After header asks for (RFC 9110 10.2.3: seconds or a date), or undefined when it makes no sense. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const wish = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(wish) ? undefined : Math.min(LONGEST_WISH_MS, Math.max(0, wish));
}
