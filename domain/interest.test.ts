import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths } from './dates.ts';
import { BALANCE_RATE, settleFundYear, type BalanceChange } from './interest.ts';

const counting = { rate: BALANCE_RATE, settlementDayCounts: true };
const notCounting = { rate: BALANCE_RATE, settlementDayCounts: false };
const monthly: BalanceChange[] = Array.from({ length: 12 }, (_, i) => ({
  date: `${addMonths('2025-07', i)}-15`,
  amountFen: 240_000,
}));

test('a year of monthly deposits, nothing before', () => {
  const settled = settleFundYear(2025, 0, monthly, counting);
  assert.equal(settled.productFenDays, 527_040_000);
  assert.equal(settled.interestFen, 21_960);
  assert.equal(settleFundYear(2025, 0, monthly, notCounting).interestFen, 21_840);
});

test('a balance that did not move for a year', () => {
  assert.deepEqual(settleFundYear(2025, 5_000_000, [], counting), {
    productFenDays: 1_825_000_000,
    interestFen: 76_042,
    days: 365,
  });
  assert.equal(settleFundYear(2025, 5_000_000, [], notCounting).interestFen, 75_833);
});

test('an opening balance and monthly deposits add up to the annual statement', () => {
  const settled = settleFundYear(2025, 5_000_000, monthly, counting);
  assert.equal(settled.productFenDays, 2_352_040_000);
  assert.equal(settled.interestFen, 98_002);
  assert.equal(5_000_000 + 12 * 240_000 + settled.interestFen, 7_978_002);
  assert.equal(settleFundYear(2025, 5_000_000, monthly, notCounting).interestFen, 97_673);
});

test('a withdrawal stops bearing interest on the day it is paid', () => {
  const paidOut = [{ date: '2026-06-30', amountFen: -5_000_000 }];
  assert.equal(settleFundYear(2025, 5_000_000, paidOut, notCounting).productFenDays, 5_000_000 * 364);
  assert.equal(settleFundYear(2025, 5_000_000, paidOut, counting).productFenDays, 5_000_000 * 364);
});

test('a leap year has 366 days and the bank year stays at 360', () => {
  assert.equal(settleFundYear(2023, 100, [], counting).days, 366);
});

test('an entry of another year in the settlement is a bug', () => {
  assert.throws(() => settleFundYear(2025, 0, [{ date: '2026-07-01', amountFen: 1 }], counting), RangeError);
});
