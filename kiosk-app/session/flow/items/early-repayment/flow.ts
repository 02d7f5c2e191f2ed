import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { Fact } from '@kiosk/contract/screen/blocks.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { z } from 'zod';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { chooseLoan, noLoan } from '../loans/screens.ts';
import { UNITS, atPlace, count, data, date, fact, facts, money, notice, press, said, tail, words } from '../parts.ts';

type Loan = PlatformAnswer<'loans'>['loans'][number];
type Trial = PlatformAnswer<'earlyRepaymentTrial'>;
type Of = Pick<Loan, 'loanNumber' | 'balanceFen'>;

type Place =
  | { readonly at: 'none' }
  | { readonly at: 'loans'; readonly loans: readonly Loan[] }
  | { readonly at: 'amount'; readonly loan: Of; readonly error: boolean }
  /** `amountFen` null: all of it. */
  | { readonly at: 'trial'; readonly loan: Of; readonly amountFen: number | null; readonly trial: Trial };

const ITEM = 'B06';
const NOTHING = { to: 'nothing' } as const;
const LEAST_FEN = 10_000_00;
const KEEP = {
  term: words('期限不变，每月少还', 'Same term, smaller payments'),
  payment: words('月供不变，早点还清', 'Same payments, shorter term'),
} as const;

const Taken = z.object({ loanNumber: z.string().max(40), balanceFen: z.number().int() });

/** B06: what an early repayment brings, both ways side by side; then, if wished, the request. */
export const earlyRepaymentFlow = flow<Place>({
  items: [ITEM],
  open: () => ({ to: 'ask', ask: { route: 'loans', request: {} } }),

  answered(place, told) {
    if (told.route === 'loans') return shown(told.value.loans);
    if (told.route !== 'earlyRepaymentTrial' || place?.at !== 'amount') return NOTHING;
    const { amountFen } = told.request;
    return { to: 'show', place: { at: 'trial', loan: place.loan, amountFen, trial: told.value }, served: true };
  },

  /** Too little, too much, or a loan that is overdue: said where the amount is typed. */
  refused(place, code) {
    if (code !== 'E9005' || place?.at !== 'amount') return undefined;
    return { to: 'show', place: { ...place, error: true }, replace: true };
  },

  act(place, action, state) {
    switch (place.at) {
      case 'loans': {
        const loan = action.type === 'choose' ? atPlace(place.loans, action.id) : undefined;
        return loan ? { to: 'show', place: { at: 'amount', loan: of(loan), error: false } } : NOTHING;
      }
      case 'amount': {
        if (action.type === 'press' && action.id === 'all') return tried(place, null);
        const fen = action.type === 'enter' ? Number(action.value) : 0;
        return Number.isSafeInteger(fen) && fen > 0 ? tried(place, fen) : NOTHING;
      }
      case 'trial':
        if (action.type !== 'press') return NOTHING;
        if (place.amountFen === null) return action.id === 'all' ? wish(state, place, undefined) : NOTHING;
        return action.id === 'term' || action.id === 'payment' ? wish(state, place, action.id) : NOTHING;
      case 'none':
        return NOTHING;
    }
  },

  view(place, state) {
    switch (place.at) {
      case 'none':
        return { ...noLoan(false), item: ITEM };
      case 'loans':
        return { ...chooseLoan(place.loans), item: ITEM };
      case 'amount':
        return amountScreen(place, state);
      case 'trial':
        return trialScreen(place);
    }
  },

  keep: (place) => ('loan' in place ? { step: 'amount', form: { loan: place.loan } } : null),
  resume({ form }) {
    const loan = Taken.safeParse(form['loan']);
    return loan.success ? { to: 'show', place: { at: 'amount', loan: loan.data, error: false } } : undefined;
  },
});

const of = ({ loanNumber, balanceFen }: Loan): Of => ({ loanNumber, balanceFen });

function shown(all: readonly Loan[]): Move<Place> {
  const loans = all.filter(({ state }) => state !== 'settled');
  const [only] = loans;
  if (!only) return { to: 'show', place: { at: 'none' } };
  const place: Place = loans.length === 1 ? { at: 'amount', loan: of(only), error: false } : { at: 'loans', loans };
  return { to: 'show', place };
}

function tried(place: Extract<Place, { at: 'amount' }>, amountFen: number | null): Move<Place> {
  const request = { loanNumber: place.loan.loanNumber, amountFen };
  return { to: 'ask', ask: { route: 'earlyRepaymentTrial', request }, place: { ...place, error: false } };
}

function wish(
  _state: State,
  place: Extract<Place, { at: 'trial' }>,
  keep: 'term' | 'payment' | undefined,
): Move<Place> {
  const { loan, amountFen, trial } = place;
  const way = keep && (keep === 'term' ? trial.keepTerm : trial.keepPayment);
  return {
    to: 'confirm',
    place,
    wish: {
      item: ITEM,
      form: { item: ITEM, amountFen, ...(keep ? { keep } : {}), onDate: trial.onDate },
      person: { loanNumber: loan.loanNumber },
      line: amountFen === null ? words('全部还清', 'Pay off') : words('提前还一部分', 'Part of it'),
      facts: [
        fact(words('贷款', 'Loan'), data(`**** ${tail(loan.loanNumber)}`)),
        fact(words('提前还', 'Early repayment'), money(trial.amountFen), { strong: true }),
        fact(words('还款日', 'On'), date(trial.onDate)),
        ...(keep && way
          ? [
              fact(words('以后', 'From then on'), said(KEEP[keep])),
              fact(words('下期应还', 'Next payment'), money(way.nextPaymentFen)),
              fact(words('少付利息', 'Interest saved'), money(way.savedFen)),
            ]
          : []),
      ],
      statement: words(
        '本人申请按上面的金额和日期提前还款，钱从登记的还款账户扣。',
        'I ask to repay early as said above; the money is taken from my repayment account.',
      ),
      confirmed: true,
      reply: true,
    },
  };
}

function amountScreen({ loan, error }: Extract<Place, { at: 'amount' }>, state: State): Screen {
  const least = state.agent?.catalogue?.calculator?.loan.earlyRepaymentMinimumFen ?? LEAST_FEN;
  const presets = [50_000_00, 100_000_00, 200_000_00].filter((fen) => fen >= least && fen < loan.balanceFen);
  return {
    screen: 'entry',
    item: ITEM,
    title: words('想提前还多少？', 'How much would you like to repay?'),
    lead: words('先试算，不会马上扣款。', 'This only works it out; nothing is taken.'),
    field: 'amount',
    ask: { kind: 'money', minFen: Math.min(least, loan.balanceFen), maxFen: loan.balanceFen, presets },
    error: error ? words('这个金额或这笔贷款现在不能提前还', 'Not this amount, or not this loan for now') : null,
    presses: [press('all', words('全部还清', 'All of it'))],
  };
}

const afterwards = (way: Trial['keepTerm'] | Trial['before']): Fact[] => [
  fact(words('下期应还', 'Next payment'), money(way.nextPaymentFen)),
  fact(words('还剩', 'Left'), count(way.months, UNITS.instalments)),
  ...(way.lastDueDate === null ? [] : [fact(words('还清日', 'Paid off'), date(way.lastDueDate))]),
  fact(words('以后利息', 'Interest to come'), money(way.interestFen)),
];

function trialScreen({ amountFen, trial }: Extract<Place, { at: 'trial' }>): Screen {
  const { keepTerm, keepPayment, before, onDate } = trial;
  const common = { screen: 'sheet', item: ITEM, page: 1, pages: 1 } as const;
  const needed = notice(
    'info',
    words('请保证还款账户当天余额足够。', 'Please have enough on your repayment account that day.'),
  );
  if (amountFen === null) {
    return {
      ...common,
      title: words('全部还清', 'All of it'),
      blocks: [
        { block: 'headline', label: words('一共要还', 'To be paid'), value: money(trial.payOffFen) },
        facts([
          fact(words('其中本金', 'Of it principal'), money(trial.principalFen)),
          fact(words('其中利息', 'Of it interest'), money(trial.interestFen)),
          fact(words('还款日', 'On'), date(onDate)),
          fact(words('少付利息', 'Interest saved'), money(keepPayment.savedFen), { strong: true }),
        ]),
        needed,
      ],
      presses: [press('all', words('申请还清', 'Ask for it'), 'go')],
    };
  }
  const saved = (fen: number) => fact(words('少付利息', 'Interest saved'), money(fen), { strong: true });
  return {
    ...common,
    title: words('两种还法，比一比', 'Two ways, side by side'),
    lead: words('两种都可以选，带框的省下的利息更多。', 'Either may be chosen; the framed one saves more interest.'),
    blocks: [
      facts([
        fact(words('提前还', 'Early repayment'), money(trial.amountFen), { strong: true }),
        fact(words('还款日', 'On'), date(onDate)),
        fact(words('现在月供', 'Payment now'), money(before.nextPaymentFen)),
      ]),
      {
        block: 'compare',
        ways: [
          {
            id: 'term',
            title: KEEP.term,
            facts: [...afterwards(keepTerm), saved(keepTerm.savedFen)],
            best: keepTerm.savedFen > keepPayment.savedFen,
          },
          {
            id: 'payment',
            title: KEEP.payment,
            facts: [...afterwards(keepPayment), saved(keepPayment.savedFen)],
            best: keepPayment.savedFen > keepTerm.savedFen,
          },
        ],
      },
      needed,
    ],
    presses: [
      press('term', words('选少还月供', 'Smaller payments'), 'go'),
      press('payment', words('选早点还清', 'Shorter term'), 'go'),
    ],
  };
}
