import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { type Move, flow } from '../item-flow.ts';
import { askCost, askMonths, checkSheet, chooseReason } from './screens.ts';

export type Reason = PlatformAnswer<'withdrawalReasons'>['reasons'][number];
export type Check = PlatformAnswer<'withdrawalCheck'>;

interface Given {
  readonly reason: Reason;
  readonly reasons: readonly Reason[];
  readonly months?: number;
}
export type Place =
  | { readonly at: 'reason'; readonly reasons: readonly Reason[]; readonly page: number }
  | ({ readonly at: 'months' } & Given)
  | ({ readonly at: 'cost' } & Given)
  | { readonly at: 'check'; readonly reason: Reason; readonly check: Check };

export const REASONS_PER_PAGE = 6;
const NOTHING = { to: 'nothing' } as const;

/** Q07: may this be withdrawn, how much, by which rules, and what would change it. Nothing is changed by asking. */
export const withdrawableFlow = flow<Place>({
  items: ['Q07'],
  open: () => ({ to: 'ask', ask: { route: 'withdrawalReasons', request: {} } }),

  answered(place, told) {
    if (told.route === 'withdrawalReasons') {
      return { to: 'show', place: { at: 'reason', reasons: told.value.reasons, page: 1 } };
    }
    if (told.route !== 'withdrawalCheck' || !place) return NOTHING;
    const reason =
      place.at === 'reason' ? place.reasons.find(({ code }) => code === told.request.reason) : place.reason;
    return reason ? { to: 'show', place: { at: 'check', reason, check: told.value }, served: true } : NOTHING;
  },

  act(place, action) {
    switch (place.at) {
      case 'reason': {
        if (action.type === 'turnPage') return turned(place, action.by);
        const reason = action.type === 'choose' && place.reasons.find(({ code }) => code === action.id);
        return reason ? asked(place, { reason, reasons: place.reasons }) : NOTHING;
      }
      case 'months': {
        const months = action.type === 'enter' ? Number(action.value) : NaN;
        const fits = Number.isInteger(months) && months >= 1 && months <= 120;
        return fits ? asked(place, { ...given(place), months }) : NOTHING;
      }
      case 'cost': {
        const costFen = action.type === 'enter' ? Number(action.value) : NaN;
        return Number.isSafeInteger(costFen) && costFen > 0 ? check(place, place, costFen) : NOTHING;
      }
      case 'check':
        return NOTHING;
    }
  },

  view(place) {
    switch (place.at) {
      case 'reason':
        return chooseReason(place.reasons, place.page);
      case 'months':
        return askMonths(place.reason);
      case 'cost':
        return askCost(place.reason);
      case 'check':
        return checkSheet(place.reason, place.check);
    }
  },
});

const given = ({ reason, reasons, months }: Given): Given => ({
  reason,
  reasons,
  ...(months === undefined ? {} : { months }),
});

/** What the reason asks for, one thing after the other; then the platform is asked. */
function asked(place: Place, known: Given): Move<Place> {
  const { reason, months } = known;
  if (reason.asksMonths && months === undefined) return { to: 'show', place: { at: 'months', ...known } };
  if (reason.asksCost) return { to: 'show', place: { at: 'cost', ...known } };
  return check(place, known);
}

function check(place: Place, { reason, months }: Given, costFen?: number): Move<Place> {
  const request = {
    reason: reason.code,
    ...(months === undefined ? {} : { months }),
    ...(costFen === undefined ? {} : { costFen }),
  };
  return { to: 'ask', ask: { route: 'withdrawalCheck', request }, place };
}

function turned(place: Extract<Place, { at: 'reason' }>, by: 1 | -1): Move<Place> {
  const page = place.page + by;
  const pages = Math.ceil(place.reasons.length / REASONS_PER_PAGE);
  return page >= 1 && page <= pages ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
}
