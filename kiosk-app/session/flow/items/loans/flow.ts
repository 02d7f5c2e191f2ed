import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { ItemId } from '../../state.ts';
import { type Move, type PlatformTold, flow } from '../item-flow.ts';
import { atPlace, words } from '../parts.ts';
import { chooseLoan, historySheet, loanSheet, noLoan, planSheet } from './screens.ts';

export type Loan = PlatformAnswer<'loans'>['loans'][number];
export type Plan = PlatformAnswer<'loanPlan'>;
export type History = PlatformAnswer<'loanHistory'>;

/** Where somebody is among their loans. */
export type Place =
  | { readonly at: 'none' }
  | { readonly at: 'choose'; readonly loans: readonly Loan[] }
  | { readonly at: 'loan'; readonly loan: Loan }
  | { readonly at: 'plan'; readonly loan: Loan; readonly plan: Plan; readonly page: number }
  | { readonly at: 'history'; readonly loan: Loan; readonly history: History; readonly page: number };

const INFORMATION = words('贷款信息单', 'Loan information sheet');
const SCHEDULE = words('还款计划', 'Repayment schedule');
const HISTORY = words('还款明细', 'Repayment history');
const SETTLED = words('贷款结清证明', 'Loan settlement certificate');

const NOTHING = { to: 'nothing' } as const;

/** What somebody came for: to look at a loan, for what was paid on it, or for the certificate that it is paid off. */
type Goal = 'loan' | 'history' | 'settlement';

const loans = (items: readonly ItemId[], goal: Goal) =>
  flow<Place>({
    items,
    open: () => ({ to: 'ask', ask: { route: 'loans', request: {} } }),

    answered(place, told) {
      if (told.route === 'loans') return begun(goal, told.value.loans);
      const loan = loanOf(place, told);
      if (!loan) return NOTHING;
      if (told.route === 'loanPlan') return show({ at: 'plan', loan, plan: told.value, page: 1 });
      if (told.route === 'loanHistory') return show({ at: 'history', loan, history: told.value, page: 1 });
      return NOTHING;
    },

    act(place, action) {
      switch (place.at) {
        case 'choose': {
          const loan = action.type === 'choose' && atPlace(place.loans, action.id);
          return loan ? towards(goal, loan, place) : NOTHING;
        }
        case 'loan':
          return action.type === 'press' ? pressedAtLoan(place, action.id) : NOTHING;
        case 'plan':
        case 'history':
          if (action.type === 'turnPage') return turned(place, place.page + action.by);
          return action.type === 'press' && action.id === 'print' ? printed(place) : NOTHING;
        default:
          return NOTHING;
      }
    },

    view(place) {
      switch (place.at) {
        case 'choose':
          return chooseLoan(place.loans);
        case 'loan':
          return loanSheet(place.loan);
        case 'plan':
          return planSheet(place.plan, place.page);
        case 'history':
          return historySheet(place.history, place.page);
        default:
          return noLoan(goal === 'settlement');
      }
    },
  });

const show = (place: Place): Move<Place> => ({ to: 'show', place, served: true });

function begun(goal: Goal, all: readonly Loan[]): Move<Place> {
  const fitting = goal === 'settlement' ? all.filter(({ state }) => state === 'settled') : all;
  const [only] = fitting;
  if (!only) return show({ at: 'none' });
  return fitting.length === 1 ? towards(goal, only) : show({ at: 'choose', loans: fitting });
}

/** With the loan that is meant; `place`: where it was chosen, if there was a choice. */
function towards(goal: Goal, loan: Loan, place: Place = { at: 'loan', loan }): Move<Place> {
  const { loanNumber } = loan;
  switch (goal) {
    case 'loan':
      return show({ at: 'loan', loan });
    case 'history':
      return { to: 'ask', ask: { route: 'loanHistory', request: { loanNumber } }, place };
    case 'settlement':
      return { to: 'issue', paper: { kind: 'loanSettlement', loanNumber }, title: SETTLED, place };
  }
}

/** The loan an answer is about: the one on screen, or the one that was chosen from a list. */
function loanOf(place: Place | undefined, told: PlatformTold): Loan | undefined {
  if (place?.at === 'loan') return place.loan;
  if (place?.at !== 'choose' || !('loanNumber' in told.request)) return undefined;
  const { loanNumber } = told.request;
  return place.loans.find((loan) => loan.loanNumber === loanNumber);
}

function pressedAtLoan(place: Extract<Place, { at: 'loan' }>, id: string): Move<Place> {
  const { loanNumber } = place.loan;
  switch (id) {
    case 'plan':
      return { to: 'ask', ask: { route: 'loanPlan', request: { loanNumber } }, place };
    case 'history':
      return { to: 'ask', ask: { route: 'loanHistory', request: { loanNumber } }, place };
    case 'print':
      return place.loan.state === 'settled'
        ? { to: 'issue', paper: { kind: 'loanSettlement', loanNumber }, title: SETTLED, place }
        : { to: 'issue', paper: { kind: 'loanSheet', loanNumber }, title: INFORMATION, place };
    default:
      return NOTHING;
  }
}

/** Q04 and Q05: what is owed, what comes next, what was paid; each can be printed. P04: straight to what was paid. P05. */
export const loanFlows = [loans(['Q04'], 'loan'), loans(['Q05', 'P04'], 'history'), loans(['P05'], 'settlement')];

type Listed = Extract<Place, { at: 'plan' | 'history' }>;

const PER_PAGE = 8;
const rowsOf = (place: Listed): number =>
  place.at === 'plan' ? place.plan.lines.length : place.history.entries.length;

function turned(place: Listed, page: number): Move<Place> {
  const pages = Math.max(1, Math.ceil(rowsOf(place) / PER_PAGE));
  if (page < 1 || page > pages) return NOTHING;
  return { to: 'show', place: { ...place, page }, replace: true };
}

function printed(place: Listed): Move<Place> {
  const { loanNumber } = place.loan;
  if (place.at === 'plan') {
    return { to: 'issue', paper: { kind: 'repaymentSchedule', loanNumber }, title: SCHEDULE, place };
  }
  const months = place.history.entries.map(({ date }) => date.slice(0, 7)).sort();
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) return NOTHING;
  const paper = { kind: 'repaymentHistory', loanNumber, period: { from, to } } as const;
  return { to: 'issue', paper, title: HISTORY, place };
}
