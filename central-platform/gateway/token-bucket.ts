import type { Clock } from '@kiosk/contract/kernel/clock.ts';

export interface RateLimit {
  /** 0: take it. Otherwise how many whole seconds the caller should wait. */
  take(key: string): number;
}

/** A token bucket a key: `burst` at once, `perSecond` on average. Buckets that are full again are forgotten. */
export function rateLimit(clock: Clock, { perSecond, burst }: { perSecond: number; burst: number }): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const filled = (bucket: { tokens: number; at: number }, now: number) =>
    Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  let sweepAt = 0;

  return {
    take(key) {
      const now = clock.monotonic();
      if (now >= sweepAt) {
        for (const [other, bucket] of buckets) if (filled(bucket, now) >= burst) buckets.delete(other);
        sweepAt = now + 60_000;
      }
      const tokens = filled(buckets.get(key) ?? { tokens: burst, at: now }, now);
      const granted = tokens >= 1;
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: now });
      return granted ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
  };
}
