import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JIANGZHOU } from './city.ts';
import { bookLoan, rateSteps, type LoanEvent, type LoanPlan } from './loan-book.ts';
import { formatYuan } from './money.ts';

const plan: LoanPlan = {
  loanNumber: '380199000001',
  contractNumber: 'JZ2024000001',
  borrowerName: '周䶮',
  way: '01',
  security: '01',
  houseAddress: '江州市北湖区书院街7号1单元101室',
  purchasePriceFen: 1_600_000_00,
  home: 'first',
  bankName: '江州示范银行',
  repaymentAccount: '380100000001',
  grantedFen: 1_000_000_00,
  grantedOn: '2024-12-20',
  months: 360,
  dueDay: 20,
  events: [],
};
const book = (given: Partial<LoanPlan>, today = '2026-11-21') => bookLoan({ ...plan, ...given }, JIANGZHOU, today);

test('an old loan moves to the new rate on the 1st of January: twelve payments at 2.85 %, then 4,007.08 at 2.60 %', () => {
  const loan = book({});
  const payments = loan.entries.filter(({ kind }) => kind === '02');
  assert.equal(formatYuan(payments[0]!.amountFen), '4,135.57');
  assert.equal(formatYuan(payments[11]!.balanceFen), '978,595.00');
  assert.equal(formatYuan(payments[12]!.amountFen), '4,007.08');
  assert.equal(loan.plan[0]!.number, payments.at(-1)!.instalment! + 1);
  assert.deepEqual(
    loan.rates.map(({ from }) => from),
    ['2024-12-20', '2026-01-01'],
  );
});

test('a loan of a year or less keeps its rate', () => {
  assert.equal(rateSteps({ ...plan, months: 12 }, JIANGZHOU).length, 1);
});

test('two instalments are open: overdue since the first, with a penalty for each; paid late, it is booked with the payment', () => {
  const loan = book({ events: [20, 23].map((instalment) => ({ kind: 'missed', instalment })) }, '2026-11-30');
  assert.equal(loan.state, 'overdue');
  assert.deepEqual([loan.overdue!.instalments, loan.overdue!.since], [2, '2026-08-20']);
  assert.equal(loan.plan[0]!.number, 20);
  assert.ok(loan.overdue!.penaltyFen > 0);
  const late = book({ events: [{ kind: 'missed', instalment: 20, paidOn: '2026-09-02' }] });
  const entry = late.entries.find(({ kind }) => kind === '04')!;
  assert.deepEqual([entry.date, entry.dueDate, entry.instalment], ['2026-09-02', '2026-08-20', 20]);
  assert.equal(entry.amountFen, entry.principalFen + entry.interestFen + entry.penaltyFen);
  assert.equal(late.paidPenaltyFen, entry.penaltyFen);
});

test('repaid in part, then all of it: settled on that day, nothing left to come', () => {
  const events: LoanEvent[] = [
    { kind: 'early', date: '2025-06-05', amountFen: 200_000_00, keep: 'payment' },
    { kind: 'early', date: '2026-03-10', amountFen: 'all', keep: 'payment' },
  ];
  const part = book({ events }, '2025-07-01');
  assert.ok(part.plan.length < 300 && part.state === 'repaying');
  const loan = book({ events });
  assert.deepEqual([loan.state, loan.settledOn, loan.balanceFen, loan.plan.length], ['settled', '2026-03-10', 0, 0]);
});

test('whatever happened, what was repaid and what is still to come make up what was granted', () => {
  const anyEvent: fc.Arbitrary<LoanEvent> = fc.oneof(
    fc.record({
      kind: fc.constant('early' as const),
      date: fc.constantFrom('2025-02-01', '2025-08-20', '2026-05-19'),
      amountFen: fc.oneof(fc.constant('all' as const), fc.integer({ min: 1_000_00, max: 300_000_00 })),
      keep: fc.constantFrom('term' as const, 'payment' as const),
    }),
    fc.record({ kind: fc.constant('missed' as const), instalment: fc.integer({ min: 1, max: 30 }) }),
    fc.record({
      kind: fc.constant('missed' as const),
      instalment: fc.integer({ min: 1, max: 30 }),
      paidOn: fc.constantFrom('2026-02-02', '2027-01-01'),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 4 }),
      fc.constantFrom('01' as const, '02' as const),
      fc.constantFrom(6, 60, 240),
      (events, way, months) => {
        const loan = book({ events, way, months });
        const sum = (of: readonly { principalFen: number }[]) =>
          of.reduce((n, { principalFen }) => n + principalFen, 0);
        assert.equal(sum(loan.entries) + sum(loan.plan), plan.grantedFen);
        assert.equal(loan.balanceFen, sum(loan.plan));
        assert.equal(loan.entries.at(-1)!.balanceFen, loan.balanceFen);
        assert.equal(loan.state === 'settled', loan.plan.length === 0);
        for (const [i, entry] of loan.entries.entries()) {
          assert.ok(i === 0 || (entry.date >= loan.entries[i - 1]!.date && entry.balanceFen >= 0));
        }
      },
    ),
    { numRuns: 120 },
  );
});
