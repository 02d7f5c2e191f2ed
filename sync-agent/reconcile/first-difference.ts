import { type Result, ok } from '@kiosk/contract/kernel/result.ts';

export interface Found {
  /** Both sides are the same up to the one before it. */
  readonly firstSeq: number;
  readonly probes: number;
}

/**
 * The first sequence at which two histories differ, between `low` (they agree there) and `high` (they do not). Links cover
 * all that is before them, so that halving finds it: at most ceil(log2(high - low)) questions. Where one row alone was
 * altered it still ends at a place where agreement turns into difference.
 */
export async function firstDifference<E>(
  low: number,
  high: number,
  same: (seq: number) => Promise<Result<boolean, E>>,
): Promise<Result<Found, E>> {
  let agreed = low;
  let differs = high;
  let probes = 0;
  while (differs - agreed > 1) {
    const middle = agreed + Math.floor((differs - agreed) / 2);
    const answer = await same(middle);
    if (!answer.ok) return answer;
    probes++;
    if (answer.value) agreed = middle;
    else differs = middle;
  }
  return ok({ firstSeq: differs, probes });
}
