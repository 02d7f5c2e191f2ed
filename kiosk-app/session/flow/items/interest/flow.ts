import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { type OwnAccount, chooseAccount } from '../accounts.ts';
import { type Move, flow } from '../item-flow.ts';
import { atPlace, words } from '../parts.ts';
import { chooseYear, interestSheet } from './screens.ts';

export type Interest = PlatformAnswer<'interest'>;

export type Place =
  | { readonly at: 'account'; readonly accounts: readonly OwnAccount[] }
  | { readonly at: 'year'; readonly account: OwnAccount; readonly page: number }
  | { readonly at: 'interest'; readonly account: OwnAccount; readonly interest: Interest; readonly page: number };

const TITLE = words('年度对账单', 'Annual statement');
export const YEARS_PER_PAGE = 8;
export const LINES_PER_PAGE = 7;
const NOTHING = { to: 'nothing' } as const;

/** The fund year of a day, named by its first calendar year: it begins on 1 July. */
export function fundYearOf(date: string): number {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return month >= 7 ? year : year - 1;
}

/** Fund years of an account, the running one first. */
export function fundYears(openedOn: string, today: string): number[] {
  const [first, last] = [fundYearOf(openedOn), fundYearOf(today)];
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, i) => last - i);
}

/** Q03: what the year brought, how its interest comes about, and the statement of the year on paper (P06). */
export const interestFlow = flow<Place>({
  items: ['Q03', 'P06'],
  open: () => ({ to: 'ask', ask: { route: 'accounts', request: {} } }),

  answered(place, told) {
    if (told.route === 'accounts') return begun(told.value.accounts);
    if (told.route !== 'interest' || place?.at !== 'year') return NOTHING;
    return {
      to: 'show',
      place: { at: 'interest', account: place.account, interest: told.value, page: 1 },
      served: true,
    };
  },

  act(place, action, state) {
    switch (place.at) {
      case 'account': {
        const account = action.type === 'choose' && atPlace(place.accounts, action.id);
        return account ? { to: 'show', place: { at: 'year', account, page: 1 } } : NOTHING;
      }
      case 'year': {
        const years = fundYears(place.account.openedOn, shanghaiDate(state.time.now));
        if (action.type === 'turnPage') return turned(place, action.by, years.length / YEARS_PER_PAGE);
        const fundYear = action.type === 'choose' ? Number(action.id) : NaN;
        if (!years.includes(fundYear)) return NOTHING;
        const { accountNumber } = place.account;
        return { to: 'ask', ask: { route: 'interest', request: { accountNumber, fundYear } }, place };
      }
      case 'interest': {
        const { fundYear, lines } = place.interest;
        if (action.type === 'turnPage') return turned(place, action.by, lines.length / LINES_PER_PAGE);
        if (action.type !== 'press' || action.id !== 'print' || !place.interest.settled) return NOTHING;
        const { accountNumber } = place.account;
        return { to: 'issue', paper: { kind: 'annualStatement', accountNumber, fundYear }, title: TITLE, place };
      }
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'account':
        return chooseAccount('Q03', place.accounts);
      case 'year':
        return chooseYear(fundYears(place.account.openedOn, shanghaiDate(state.time.now)), place.page);
      case 'interest':
        return interestSheet(place.interest, place.page);
    }
  },
});

function begun(accounts: readonly OwnAccount[]): Move<Place> {
  const [only] = accounts;
  if (!only) return NOTHING;
  return {
    to: 'show',
    place: accounts.length === 1 ? { at: 'year', account: only, page: 1 } : { at: 'account', accounts },
  };
}

function turned(place: Extract<Place, { page: number }>, by: 1 | -1, pages: number): Move<Place> {
  const page = place.page + by;
  return page >= 1 && page <= Math.ceil(pages) ? { to: 'show', place: { ...place, page }, replace: true } : NOTHING;
}
