import { daysBetween, fundYearPeriod, type CalendarDate } from './dates.ts';
import { divideHalfUp, type Fen, type Rate } from './money.ts';

/** One-year benchmark deposit rate, the single rate for fund balances since February 2016 (central bank notice 43 of 2016). */
export const BALANCE_RATE: Rate = { numerator: 150, denominator: 10_000 };
/** Chinese banks count actual days over a year of 360. */
const DAYS_OF_A_BANK_YEAR = 360n;

/** A change of the balance. Money bears interest from the day it is credited, and no longer from the day it is paid out. */
export interface BalanceChange {
  readonly date: CalendarDate;
  /** Positive for money in, negative for money out. */
  readonly amountFen: Fen;
}

export interface InterestRules {
  readonly rate: Rate;
  /** Whether the settlement day, 30 June, itself bears interest. Sources leave it open; each centre configures it. */
  readonly settlementDayCounts: boolean;
}

export interface InterestSettlement {
  /** Sum of balance × days (积数), in fen-days: the line a depositor can check by hand. */
  readonly productFenDays: number;
  readonly interestFen: Fen;
  readonly days: number;
}

/**
 * Annual settlement (年度结息) of one fund year, 1 July – 30 June: interest = Σ(balance × actual days) × rate ÷ 360,
 * rounded once, half up, to the fen. Changes outside the year are a programming error; their order does not matter.
 */
export function settleFundYear(
  fundYear: number,
  openingFen: Fen,
  changes: readonly BalanceChange[],
  rules: InterestRules,
): InterestSettlement {
  const { from, to } = fundYearPeriod(fundYear);
  const extraDay = rules.settlementDayCounts ? 1 : 0;
  const days = daysBetween(from, to) + extraDay;
  let product = BigInt(openingFen) * BigInt(days);
  for (const change of changes) {
    if (change.date < from || change.date > to) throw new RangeError(`${change.date} is outside fund year ${fundYear}`);
    product += BigInt(change.amountFen) * BigInt(daysBetween(change.date, to) + extraDay);
  }
  const interestFen = divideHalfUp(
    product * BigInt(rules.rate.numerator),
    BigInt(rules.rate.denominator) * DAYS_OF_A_BANK_YEAR,
  );
  return { productFenDays: Number(product), interestFen, days };
}
