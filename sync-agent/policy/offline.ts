import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Catalogue, ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import type { Caps, Channel } from '@kiosk/contract/platform/parameters.ts';

/**
 * The three classes of business. free: needs nobody. accepted: taken without the line, its result is decided later by
 * the platform. never: money out, a changed account, anything the centre has to look at first.
 */
export type BusinessClass = 'free' | 'accepted' | 'never';

const CLASS: Readonly<Record<ServiceItem['offline'], BusinessClass>> = {
  cache: 'free',
  local: 'free',
  queue: 'accepted',
  no: 'never',
};

/** An item nobody described is never taken: without a rule nothing is promised. */
export function classOf(item: ServiceItem | undefined): BusinessClass {
  return item ? CLASS[item.offline] : 'never';
}

export interface RequestSituation {
  /** S01, B08 … */
  readonly item: string;
  readonly offline: boolean;
  readonly catalogue: Catalogue | null;
  readonly channel: Channel['state'];
  readonly caps: Caps;
  /** What this request moves, in fen; null: no money. */
  readonly amountFen: number | null;
  /** Requests of this person taken offline today; null: nobody knows whose it is. */
  readonly ofPersonToday: number | null;
  readonly waiting: {
    readonly count: number;
    readonly amountFen: number;
    /** How long the oldest entry a depositor left has waited; null: none waits. */
    readonly oldestMs: number | null;
  };
}

const HOUR = 3_600_000;

/**
 * Whether a request can be taken now. First what the centre closed: E2102 the channel, E2101 the item. Offline: E2201
 * never, E2206 cut off for too long, E2204 too large an amount, E2207 too many of one person. Always, because what waits
 * is the terminal's risk: E2202 too many waiting, E2205 too large a sum. What is asked for with the line is at the platform in
 * a moment, and only what waits already counts.
 */
export function mayTake(situation: RequestSituation): Result<void> {
  const { item, offline, catalogue, channel, caps, amountFen, ofPersonToday, waiting } = situation;
  const rule = catalogue?.items.find(({ id }) => id === item);
  if (channel === 'stopped') return fail('E2102');
  if (rule?.state === 'closed') return fail('E2101');
  if (offline) {
    const oldestHours = (waiting.oldestMs ?? 0) / HOUR;
    if (classOf(rule) === 'never') return fail('E2201');
    if (oldestHours > caps.oldestHours) return fail('E2206', `${Math.floor(oldestHours)} h of ${caps.oldestHours} h`);
    if (amountFen !== null && amountFen > caps.mostAmountFen) return fail('E2204', `limit ${caps.mostAmountFen} fen`);
    if (ofPersonToday !== null && ofPersonToday >= caps.perPersonDay)
      return fail('E2207', `limit ${caps.perPersonDay}`);
  }
  if (waiting.count >= caps.mostWaiting) return fail('E2202', `${waiting.count} of ${caps.mostWaiting}`);
  const sum = waiting.amountFen + (offline ? (amountFen ?? 0) : 0);
  if (amountFen !== null && sum > caps.mostWaitingAmountFen) {
    return fail('E2205', `${sum} of ${caps.mostWaitingAmountFen} fen`);
  }
  return ok();
}

/** What a form moves, in fen; null: no money, or an amount that only the platform knows. */
export function amountOf(form: RequestForm): number | null {
  return 'amountFen' in form ? (form.amountFen ?? null) : null;
}
