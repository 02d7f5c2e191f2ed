import { addDays, daysBetween, fundYearPeriod, type CalendarDate } from './dates.ts';
import type { BalanceChange, InterestRules, InterestSettlement } from './interest.ts';
import { divideHalfUp, type Fen } from './money.ts';

/** One stretch of days in which the balance stood still: a line a depositor can check by hand. */
export interface InterestLine {
  readonly from: CalendarDate;
  /** Last day that bears interest on this balance. */
  readonly to: CalendarDate;
  readonly days: number;
  readonly balanceFen: Fen;
  /** 积数: balance × days. */
  readonly productFenDays: number;
}

export interface ExplainedInterest extends InterestSettlement {
  readonly fundYear: number;
  readonly rules: InterestRules;
  /** In order of days; their days and products add up to the totals. Days without a balance are left out. */
  readonly lines: readonly InterestLine[];
  /** What lines left out: days on which nothing stood in the account. */
  readonly emptyDays: number;
}

/**
 * The interest of one fund year, line by line: the same figures as settleFundYear. With `closedOn` the account ends on
 * that day (销户利息): the day itself bears nothing, whatever the centre says of 30 June.
 */
export function explainInterest(
  fundYear: number,
  openingFen: Fen,
  changes: readonly BalanceChange[],
  rules: InterestRules,
  closedOn?: CalendarDate,
): ExplainedInterest {
  const { from, to } = fundYearPeriod(fundYear);
  const last = closedOn === undefined ? to : addDays(closedOn, -1);
  // The first day that bears nothing any more.
  const end = closedOn ?? (rules.settlementDayCounts ? addDays(to, 1) : to);
  const ordered = [...changes].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (const { date } of ordered) {
    if (date < from || date > (closedOn ?? last)) throw new RangeError(`${date} is outside fund year ${fundYear}`);
  }

  const lines: InterestLine[] = [];
  let [start, balanceFen, emptyDays] = [from, openingFen, 0];
  const close = (until: CalendarDate) => {
    const days = daysBetween(start, until);
    if (days <= 0) return;
    if (balanceFen === 0) emptyDays += days;
    else lines.push({ from: start, to: addDays(until, -1), days, balanceFen, productFenDays: balanceFen * days });
    start = until;
  };
  for (const { date, amountFen } of ordered) {
    close(date < end ? date : end);
    balanceFen += amountFen;
  }
  close(end);

  const product = lines.reduce((sum, line) => sum + BigInt(line.balanceFen) * BigInt(line.days), 0n);
  const interestFen = divideHalfUp(product * BigInt(rules.rate.numerator), BigInt(rules.rate.denominator) * 360n);
  return {
    fundYear,
    rules,
    lines,
    emptyDays,
    productFenDays: Number(product),
    interestFen,
    days: Math.max(0, daysBetween(from, end)),
  };
}
