import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { daysCounted, earlyRepayment, overduePenalty, payOffAmount, repriced } from './loan-changes.ts';
import { closedFormBalance, equalPayment, schedule, scheduleWithPayment, totalInterest } from './loan-schedule.ts';
import { rateOn } from './loan.ts';
import { formatYuan, parseYuan, percent, type Fen } from './money.ts';

const fen = (yuan: string): Fen => {
  const read = parseYuan(yuan);
  assert.ok(read.ok, yuan);
  return read.value;
};
const terms = (yuan: string, rate: string, months: number, way: '01' | '02' = '01') => ({
  principalFen: fen(yuan),
  annualRate: percent(rate),
  months,
  way,
  firstDueDate: '2025-06-20',
});

/** Principal, rate, months; payment, interest of the plan, A·n − P, balance after 12, 60, 120, last payment. */
const EQUAL_PAYMENTS = [
  [
    '1,000,000',
    '2.60',
    360,
    '4003.40',
    '441,222.35',
    '441,224.00',
    '977,694.65',
    '882,447.73',
    '748,594.68',
    '4001.75',
  ],
  ['600,000', '2.60', 240, '3208.73', '170,094.63', '170,095.20', '576,820.30', '477,839.85', '338,740.01', '3208.16'],
  ['500,000', '2.10', 60, '8785.77', '27,146.27', '27,146.20', '404,151.73', '0.00', null, '8785.84'],
  [
    '1,000,000',
    '2.85',
    360,
    '4135.57',
    '488,807.34',
    '488,805.20',
    '978,595.00',
    '886,613.14',
    '755,882.84',
    '4137.71',
  ],
  ['100,000', '2.60', 120, '947.25', '13,670.48', '13,670.00', '91,127.77', '53,242.15', '0.00', '947.73'],
] as const;

for (const [yuan, rate, months, payment, interest, naive, after12, after60, after120, last] of EQUAL_PAYMENTS) {
  test(`等额本息 ${yuan} at ${rate} % over ${months} months`, () => {
    const plan = schedule(terms(yuan, rate, months));
    assert.equal(equalPayment(fen(yuan), percent(rate), months), fen(payment));
    assert.equal(plan.length, months);
    assert.equal(totalInterest(plan), fen(interest));
    assert.equal(fen(payment) * months - fen(yuan), fen(naive));
    const after = [12, 60, 120].map((k) => (k <= months ? plan[k - 1]!.balanceFen : null));
    assert.deepEqual(after, [fen(after12), fen(after60), after120 === null ? null : fen(after120)]);
    assert.equal(plan.at(-1)!.paymentFen, fen(last));
  });
}

test('the first months of a loan as a depositor checks them by hand', () => {
  const lines = schedule(terms('1,000,000', '2.60', 360)).slice(0, 3);
  assert.deepEqual(
    lines.map((line) => [line.interestFen, line.principalFen, line.balanceFen].map(formatYuan)),
    [
      ['2,166.67', '1,836.73', '998,163.27'],
      ['2,162.69', '1,840.71', '996,322.56'],
      ['2,158.70', '1,844.70', '994,477.86'],
    ],
  );
});

test('the closed form differs from the booked balances by some fen, as it must', () => {
  const of = (paid: number) => closedFormBalance(fen('1,000,000'), percent('2.60'), 360, paid);
  assert.deepEqual([12, 60, 120].map(of), ['977,694.68', '882,447.92', '748,595.09'].map(fen));
  assert.equal(of(360), 0);
});

/** Principal, rate, months; principal a month, first, second, last payment, interest, balance after 60. */
const EQUAL_PRINCIPAL = [
  ['1,000,000', '2.60', 360, '2777.78', '4944.44', '4938.43', '2783.80', '391,083.33', '833,333.33'],
  ['600,000', '2.60', 240, '2500.00', '3800.00', '3794.58', '2505.42', '156,650.00', '450,000.00'],
  ['500,000', '2.10', 60, '8333.33', '9208.33', '9193.75', '8347.92', '26,687.50', '0.00'],
] as const;
/** How much less each month. */
const FALLS = ['6.02', '5.42', '14.58'];

for (const [row, [yuan, rate, months, part, first, second, last, interest, after60]] of EQUAL_PRINCIPAL.entries()) {
  test(`等额本金 ${yuan} at ${rate} % over ${months} months`, () => {
    const plan = schedule(terms(yuan, rate, months, '02'));
    assert.equal(plan[0]!.principalFen, fen(part));
    assert.deepEqual(
      [plan[0]!, plan[1]!, plan.at(-1)!].map((line) => line.paymentFen),
      [first, second, last].map(fen),
    );
    assert.equal(totalInterest(plan), fen(interest));
    assert.equal(plan[59]!.balanceFen, fen(after60));
    for (const [k, line] of plan.slice(1).entries()) {
      assert.ok(Math.abs(plan[k]!.paymentFen - line.paymentFen - fen(FALLS[row]!)) <= 1, `month ${k + 2}`);
    }
  });
}

test('a loan is re-priced: the months stay, the payment follows the rate', () => {
  const [next] = repriced(
    { balanceFen: fen('978,595.00'), months: 348, nextDueDate: '2026-01-20' },
    '01',
    percent('2.60'),
  );
  assert.equal(next!.paymentFen, fen('4007.08'));
});

test('ten days overdue, by either base', () => {
  const month2 = schedule(terms('1,000,000', '2.60', 360))[1]!;
  const factor = { numerator: 3, denominator: 2 };
  const penalty = (base: 'principal' | 'principal-and-interest') =>
    overduePenalty(month2, percent('2.60'), 10, { factor, base });
  assert.equal(penalty('principal-and-interest'), fen('4.34'));
  assert.equal(penalty('principal'), fen('1.99'));
  assert.equal(overduePenalty(month2, percent('2.60'), 0, { factor, base: 'principal' }), 0);
});

test('days between two dates, by the calendar and by months of thirty', () => {
  assert.equal(daysCounted('2026-01-20', '2026-03-05', 'actual'), 44);
  assert.equal(daysCounted('2026-01-20', '2026-03-05', 'thirty'), 45);
  assert.equal(daysCounted('2026-01-31', '2026-02-28', 'thirty'), 28);
});

test('a part is repaid early: both ways stand side by side, and the shorter one saves more', () => {
  const standing = {
    balanceFen: fen('977,694.65'),
    months: 348,
    nextDueDate: '2026-06-20',
    way: '01',
    annualRate: percent('2.60'),
    paymentFen: fen('4003.40'),
    daysSinceDue: 0,
  } as const;
  const trial = earlyRepayment(standing, fen('200,000'));
  assert.equal(trial.principalFen, fen('200,000'));
  assert.equal(trial.keepTerm.months, 348);
  assert.ok(trial.keepTerm.nextPaymentFen < fen('4003.40'));
  assert.equal(trial.keepPayment.nextPaymentFen, fen('4003.40'));
  assert.ok(trial.keepPayment.months < 348);
  assert.ok(trial.keepPayment.savedFen > trial.keepTerm.savedFen && trial.keepTerm.savedFen > 0);
  const days = { ...standing, daysSinceDue: 15 };
  assert.equal(earlyRepayment(days, payOffAmount(days)).balanceFen, 0);
  // 200,000 ÷ (1 + 0.026/12 × 15/30)
  assert.equal(earlyRepayment(days, fen('200,000')).principalFen, fen('199,783.57'));
});

test('the rate in force on a day is the last one that has begun', () => {
  const rates = [
    { from: '2024-03-01', annualRate: percent('3.10') },
    { from: '2025-01-01', annualRate: percent('2.85') },
    { from: '2026-01-01', annualRate: percent('2.60') },
  ];
  assert.deepEqual(rateOn(rates, '2025-12-31'), percent('2.85'));
  assert.deepEqual(rateOn(rates, '2026-01-01'), percent('2.60'));
  assert.deepEqual(rateOn(rates, '2020-01-01'), percent('3.10'));
});

const anyTerms = fc.record({
  principalFen: fc.integer({ min: 10_000_00, max: 200_000_000_00 }),
  annualRate: fc.integer({ min: 0, max: 1200 }).map((bp) => ({ numerator: bp, denominator: 10_000 })),
  months: fc.integer({ min: 1, max: 360 }),
  way: fc.constantFrom('01' as const, '02' as const),
  firstDueDate: fc.constant('2026-01-31'),
});

test('whatever the terms: parts sum to the principal, every line adds up, balances only fall, the last one is 0', () => {
  fc.assert(
    fc.property(anyTerms, (given) => {
      const plan = schedule(given);
      let before = given.principalFen;
      let interest = Infinity;
      for (const line of plan) {
        assert.equal(line.paymentFen, line.principalFen + line.interestFen);
        assert.equal(line.balanceFen, before - line.principalFen);
        assert.ok(line.principalFen >= 0 && line.interestFen >= -1, JSON.stringify(line));
        assert.ok(line.interestFen <= interest + 2, 'interest falls, but for rounding');
        [before, interest] = [line.balanceFen, line.interestFen];
      }
      assert.equal(before, 0);
      assert.equal(plan.length, given.months);
    }),
    { numRuns: 150 },
  );
});

test('the payment is the one another library computes with a hundred digits', () => {
  const Exact = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP });
  fc.assert(
    fc.property(anyTerms, ({ principalFen, annualRate, months }) => {
      if (annualRate.numerator === 0) return;
      const i = new Exact(annualRate.numerator).div(annualRate.denominator).div(12);
      const grown = i.plus(1).pow(months);
      const payment = new Exact(principalFen).mul(i).mul(grown).div(grown.minus(1));
      assert.equal(equalPayment(principalFen, annualRate, months), payment.round().toNumber());
    }),
    { numRuns: 100 },
  );
});

test('whatever is repaid early: money is conserved, and neither way costs more than going on', () => {
  fc.assert(
    fc.property(anyTerms, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(30), (given, share, days) => {
      const { principalFen: balanceFen, annualRate, months, way } = given;
      const standing = { balanceFen, months, way, annualRate, nextDueDate: '2026-06-20', daysSinceDue: days };
      const amount = Math.max(1, Math.floor(payOffAmount(standing) * share));
      const trial = earlyRepayment(standing, amount);
      assert.equal(trial.principalFen + trial.interestFen, amount);
      assert.equal(trial.balanceFen, balanceFen - trial.principalFen);
      for (const { plan } of [trial.keepTerm, trial.keepPayment]) {
        assert.equal(
          plan.reduce((sum, line) => sum + line.principalFen, 0),
          trial.balanceFen,
        );
      }
      assert.ok(trial.keepPayment.months <= trial.before.months);
    }),
    { numRuns: 80 },
  );
});

test('a payment that never ends the loan is a bug, not a plan', () => {
  assert.throws(() => scheduleWithPayment(terms('1,000,000', '2.60', 360), fen('2000')), RangeError);
});
