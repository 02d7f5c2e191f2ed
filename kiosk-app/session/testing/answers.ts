import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import { NOW } from './fixtures.ts';

type Loan = PlatformAnswer<'loans'>['loans'][number];

const RUNNING: Loan = {
  loanNumber: '3801020190001',
  contractNumber: 'JZ2019000123',
  state: 'repaying',
  way: '01',
  houseAddress: '江州市望江区滨河路 8 号 3 幢 1201 室',
  bankName: '江州银行',
  repaymentAccount: '9988000000001234',
  grantedFen: 60_000_000,
  grantedOn: '2019-06-12',
  months: 240,
  lastDueDate: '2039-06-12',
  rates: [{ from: '2025-05-08', rateMilli: 2600 }],
  balanceFen: 43_812_655,
  repaidPrincipalFen: 16_187_345,
  repaidInterestFen: 9_812_044,
  paidPenaltyFen: 0,
  monthsLeft: 151,
  next: {
    number: 90,
    dueDate: '2026-12-12',
    paymentFen: 337_421,
    principalFen: 242_494,
    interestFen: 94_927,
    balanceFen: 43_570_161,
  },
  overdue: null,
  settledOn: null,
};

/** A person with one that runs, one that is overdue and one that is paid off. */
export const LOANS: Loan[] = [
  RUNNING,
  {
    ...RUNNING,
    loanNumber: '3801020190002',
    contractNumber: 'JZ2019000777',
    state: 'overdue',
    overdue: { instalments: 2, since: '2026-09-12', principalFen: 480_000, interestFen: 190_000, penaltyFen: 3_120 },
  },
  {
    ...RUNNING,
    loanNumber: '3801020100003',
    contractNumber: 'JZ2010000042',
    state: 'settled',
    balanceFen: 0,
    monthsLeft: 0,
    next: null,
    settledOn: '2024-03-12',
  },
];

const lines = (count: number): PlatformAnswer<'loanPlan'>['lines'] =>
  Array.from({ length: count }, (_, i) => ({
    number: 90 + i,
    dueDate: `${2027 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-12`,
    paymentFen: 337_421,
    principalFen: 242_494 + i * 525,
    interestFen: 94_927 - i * 525,
    balanceFen: Math.max(0, 43_570_161 - i * 243_000),
  }));

/** Good answers of the platform, by route. `variant` makes some of them unwelcome: nothing there, or very much. */
export function answerOf(route: PassedRoute, variant = 0): PlatformAnswer<PassedRoute> {
  const answers: { readonly [R in PassedRoute]?: PlatformAnswer<R> } = {
    loans: { asOf: NOW, loans: variant % 4 === 3 ? [] : LOANS.slice(0, (variant % 3) + 1) },
    loanPlan: { lines: lines(variant * 30), interestFen: 5_120_000 },
    loanHistory: {
      entries: lines(variant * 40).map(({ dueDate, paymentFen, number, ...rest }) => ({
        ...rest,
        date: dueDate,
        dueDate,
        kind: '02',
        kindName: '正常还款',
        instalment: number,
        amountFen: paymentFen,
        penaltyFen: 0,
      })),
    },
  };
  const answer = answers[route];
  if (!answer) throw new Error(`no sample of what ${route} answers: add one here`);
  return answer;
}
