import { JIANGZHOU } from './city.ts';
import type { CalendarDate } from './dates.ts';
import { bookLoan, type LoanPlan } from './loan-book.ts';
import type { Loan } from './loan.ts';
import type { PersonPlan } from './synthetic-people.ts';

export const SYNTHETIC_BANK = '江州示范银行';

type Story = Omit<
  LoanPlan,
  'loanNumber' | 'contractNumber' | 'borrowerName' | 'bankName' | 'repaymentAccount' | 'dueDay'
>;

const HOME = { security: '01', home: 'first' } as const;

/** Each loan is here for what can be seen on it; the rest of the invented people have none. */
const LOANS: Readonly<Record<string, readonly Story[]>> = {
  // Equal payments, two changes of the rate, nothing else.
  ordinary: [
    {
      ...HOME,
      way: '01',
      grantedFen: 450_000_00,
      grantedOn: '2024-03-15',
      months: 240,
      purchasePriceFen: 980_000_00,
      houseAddress: '江州市望江区柳荫路18号3幢502室',
      events: [],
    },
  ],
  // Equal principal, a part repaid early: the term became shorter.
  'rare-character': [
    {
      ...HOME,
      way: '02',
      grantedFen: 600_000_00,
      grantedOn: '2022-06-10',
      months: 240,
      purchasePriceFen: 1_350_000_00,
      houseAddress: '江州市北湖区书院街7号1单元101室',
      events: [{ kind: 'early', date: '2025-04-02', amountFen: 100_000_00, keep: 'payment' }],
    },
  ],
  // Settled ahead of its time.
  'card-without-end': [
    {
      ...HOME,
      way: '01',
      grantedFen: 200_000_00,
      grantedOn: '2016-09-08',
      months: 120,
      purchasePriceFen: 520_000_00,
      houseAddress: '江州市北湖区老码头街112号',
      events: [
        { kind: 'missed', instalment: 14, paidOn: '2017-12-01' },
        { kind: 'early', date: '2023-10-12', amountFen: 'all', keep: 'payment' },
      ],
    },
  ],
  // The last instalments were not paid.
  'two-accounts': [
    {
      ...HOME,
      home: 'second',
      way: '01',
      grantedFen: 380_000_00,
      grantedOn: '2025-06-18',
      months: 180,
      purchasePriceFen: 1_120_000_00,
      houseAddress: '江州市南屏区梧桐里9号5幢1203室',
      events: [
        { kind: 'missed', instalment: 15 },
        { kind: 'missed', instalment: 16 },
      ],
    },
  ],
};

/** How the loans of an invented person were agreed; those granted after `today` are not there yet. */
export function syntheticLoanPlans(
  { key, name }: Pick<PersonPlan, 'key' | 'name'>,
  today: CalendarDate,
): readonly LoanPlan[] {
  const order = Object.keys(LOANS).indexOf(key) + 1;
  return (LOANS[key] ?? [])
    .filter(({ grantedOn }) => grantedOn <= today)
    .map((story, index) => ({
      ...story,
      borrowerName: name,
      loanNumber: `3801${String(90_000_000 + order * 6_113 + index).padStart(8, '0')}`,
      contractNumber: `JZDK${story.grantedOn.slice(0, 4)}${String(order * 37 + index).padStart(6, '0')}`,
      bankName: SYNTHETIC_BANK,
      repaymentAccount: `3801${String(70_000_000 + order * 9_001 + index).padStart(8, '0')}`,
      dueDay: 20,
    }));
}

/** The same, booked up to `today`. */
export function syntheticLoans(person: Pick<PersonPlan, 'key' | 'name'>, today: CalendarDate): readonly Loan[] {
  return syntheticLoanPlans(person, today).map((plan) => bookLoan(plan, JIANGZHOU, today));
}
