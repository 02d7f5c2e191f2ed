import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CityParameters, JIANGZHOU, interestRules, loanRate, penaltyRules } from './city.ts';
import { monthlyDeposit, ratioAllowed } from './deposit.ts';
import { addDays, addMonths, fundYearPeriod } from './dates.ts';
import { explainInterest } from './interest-lines.ts';
import { settleFundYear } from './interest.ts';
import { formatYuan, percent } from './money.ts';

const wide = (roundingUnitFen: 1 | 10 | 100): CityParameters => ({
  ...JIANGZHOU,
  deposit: { ...JIANGZHOU.deposit, roundingUnitFen, baseMinimumFen: 0, baseMaximumFen: 40_000_00 },
});

/** Base, unit %, person %; each side and both to the fen, and to the yuan. */
const DEPOSITS = [
  [37302_00, '7', '7', ['2,611.14', '2,611.14', '5,222.28'], ['2,611.00', '2,611.00', '5,222.00']],
  [2690_00, '7', '7', ['188.30', '188.30', '376.60'], ['188.00', '188.00', '376.00']],
  [8765_43, '8', '5', ['701.23', '438.27', '1,139.50'], ['701.00', '438.00', '1,139.00']],
  [6543_21, '10', '10', ['654.32', '654.32', '1,308.64'], ['654.00', '654.00', '1,308.00']],
  [2690_00, '5', '5', ['134.50', '134.50', '269.00'], ['135.00', '135.00', '270.00']],
] as const;

for (const [base, unit, person, toFen, toYuan] of DEPOSITS) {
  test(`a month's deposit on ${formatYuan(base)} at ${unit} % and ${person} %: each side is rounded, then added`, () => {
    const of = (city: CityParameters) => {
      const { unitFen, personFen, totalFen } = monthlyDeposit(base, percent(unit), percent(person), city);
      return [unitFen, personFen, totalFen].map(formatYuan);
    };
    assert.deepEqual(of(wide(1)), toFen);
    assert.deepEqual(of(wide(100)), toYuan);
  });
}

test('a base outside the limits is held, a ratio outside them is refused', () => {
  const { deposit } = JIANGZHOU;
  assert.equal(monthlyDeposit(1, percent('5'), percent('5'), JIANGZHOU).baseFen, deposit.baseMinimumFen);
  assert.equal(monthlyDeposit(10 ** 9, percent('5'), percent('5'), JIANGZHOU).baseFen, deposit.baseMaximumFen);
  assert.deepEqual(
    ['4.99', '5', '12', '12.01'].map((ratio) => ratioAllowed(percent(ratio), JIANGZHOU)),
    [false, true, true, false],
  );
  assert.throws(() => monthlyDeposit(1, percent('13'), percent('5'), JIANGZHOU), RangeError);
});

const monthly = Array.from({ length: 12 }, (_, i) => ({ date: `${addMonths('2025-07', i)}-15`, amountFen: 240_000 }));
const counting = interestRules(JIANGZHOU);
const notCounting = { ...counting, settlementDayCounts: false };

test('interest line by line: days and products add up, and so does the annual statement', () => {
  const told = explainInterest(2025, 5_000_000, monthly, counting);
  assert.equal(told.interestFen, 98_002);
  assert.equal(told.productFenDays, 2_352_040_000);
  assert.deepEqual(told.lines[0], {
    from: '2025-07-01',
    to: '2025-07-14',
    days: 14,
    balanceFen: 5_000_000,
    productFenDays: 70_000_000,
  });
  assert.equal(told.lines.at(-1)!.to, '2026-06-30');
  assert.equal(explainInterest(2025, 5_000_000, monthly, notCounting).lines.at(-1)!.to, '2026-06-29');
  assert.equal(explainInterest(2025, 5_000_000, monthly, notCounting).interestFen, 97_673);
  const fromNothing = explainInterest(2025, 0, monthly, counting);
  assert.deepEqual([fromNothing.interestFen, fromNothing.emptyDays], [21_960, 14]);
  // What a newspaper once printed: 28,800 × 1.5 % = 432 yuan for a year of monthly deposits.
  assert.notEqual(fromNothing.interestFen, 43_200);
});

test('an account that is closed in between bears interest up to the day before', () => {
  const told = explainInterest(2025, 5_000_000, [], counting, '2026-01-01');
  assert.deepEqual([told.days, told.lines.length, told.lines[0]!.to], [184, 1, '2025-12-31']);
  // 50,000.00 × 184 × 1.5 % ÷ 360
  assert.equal(told.interestFen, 38_333);
});

test('whatever moves in a year, the lines give what the settlement gives', () => {
  const { from } = fundYearPeriod(2025);
  const change = fc.record({
    date: fc.nat(364).map((day) => addDays(from, day)),
    amountFen: fc.integer({ min: 1, max: 9_000_000 }),
  });
  fc.assert(
    fc.property(fc.nat(90_000_000), fc.array(change, { maxLength: 30 }), fc.boolean(), (opening, changes, counts) => {
      const rules = { ...counting, settlementDayCounts: counts };
      const told = explainInterest(2025, opening, changes, rules);
      const { interestFen, productFenDays, days } = settleFundYear(2025, opening, changes, rules);
      assert.deepEqual([told.interestFen, told.productFenDays, told.days], [interestFen, productFenDays, days]);
      assert.equal(
        told.lines.reduce((sum, line) => sum + line.days, told.emptyDays),
        days,
      );
    }),
    { numRuns: 150 },
  );
});

test('the rates of loans by day, home and term', () => {
  const rate = (date: string, home: 'first' | 'second', months: number) => {
    const { numerator, denominator } = loanRate(JIANGZHOU, date, home, months);
    return (numerator / denominator) * 100;
  };
  assert.equal(rate('2025-05-07', 'first', 360).toFixed(3), '2.850');
  assert.equal(rate('2025-05-08', 'first', 360).toFixed(3), '2.600');
  assert.equal(rate('2025-05-08', 'first', 60).toFixed(3), '2.100');
  assert.equal(rate('2025-05-08', 'second', 61).toFixed(3), '3.075');
  assert.deepEqual(penaltyRules(JIANGZHOU).factor, { numerator: 150, denominator: 100 });
});

test('parameters that contradict themselves, or miss something, are refused as a whole', () => {
  const broken = { ...JIANGZHOU, deposit: { ...JIANGZHOU.deposit, baseMinimumFen: 99_999_999 } };
  assert.equal(CityParameters.safeParse(broken).success, false);
  assert.equal(CityParameters.safeParse({ ...JIANGZHOU, interest: { rate: '1.50' } }).success, false);
  assert.equal(
    CityParameters.safeParse({ ...JIANGZHOU, interest: { rate: '1,5', settlementDayCounts: true } }).success,
    false,
  );
  assert.deepEqual(CityParameters.parse(JSON.parse(JSON.stringify(JIANGZHOU))), JIANGZHOU);
});
