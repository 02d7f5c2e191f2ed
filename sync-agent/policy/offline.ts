import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Catalogue } from '@kiosk/contract/platform/api.ts';

/** How many requests may wait for the platform before this terminal takes no more. */
export const MOST_WAITING_REQUESTS = 500;

export interface RequestSituation {
  /** S01, B08 … */
  readonly item: string;
  readonly offline: boolean;
  readonly catalogue: Catalogue | null;
  readonly waiting: number;
  readonly mostWaiting: number;
}

/**
 * Whether a request can be taken now. E2101 the platform closed the item, E2201 never taken offline (also when no
 * catalogue ever came: without a rule nothing is promised), E2202 too many wait already.
 */
export function mayTake({ item, offline, catalogue, waiting, mostWaiting }: RequestSituation): Result<void> {
  const rule = catalogue?.items.find(({ id }) => id === item);
  if (rule?.state === 'closed') return fail('E2101');
  if (offline && rule?.offline !== 'queue') return fail('E2201');
  return waiting < mostWaiting ? ok() : fail('E2202', `${waiting} of ${mostWaiting}`);
}
