import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { AccountOverview, Details, Period, Transaction } from '@kiosk/contract/platform/api.ts';
import { summarisePeriod, type Account, type AccountEntry } from '@kiosk/domain/account.ts';
import {
  addMonths,
  firstDay,
  isCalendarMonth,
  lastDay,
  monthOf,
  shanghaiDate,
  type Period as Days,
} from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { Rate } from '@kiosk/domain/money.ts';
import type { Depositor } from './core-system.ts';

const MONTHS_SHOWN = 12;

/** What a terminal shows of an account, as it stands at `now` (UTC ms). */
export function overviewOf(depositor: Depositor, account: Account, now: number): AccountOverview {
  const thisMonth = monthOf(shanghaiDate(now));
  const months = Array.from({ length: MONTHS_SHOWN }, (_, i) => addMonths(thisMonth, i + 1 - MONTHS_SHOWN));
  return {
    accountNumber: account.accountNumber,
    unitName: account.unitName,
    accountStatus: account.state,
    balanceFen: account.balanceFen,
    asOf: now,
    contributionBaseFen: account.contributionBaseFen,
    unitRatioBp: basisPoints(account.unitRatio),
    personRatioBp: basisPoints(account.personRatio),
    unitMonthlyFen: account.unitMonthlyFen,
    personMonthlyFen: account.personMonthlyFen,
    // Nothing paid yet reads as paid up to the month before the account was opened.
    paidToMonth: account.paidToMonth ?? addMonths(monthOf(account.openedOn), -1),
    openedOn: account.openedOn,
    phoneMasked: depositor.phone === null ? '' : maskPhone(depositor.phone),
    recentBalances: months.map((month) => ({
      month,
      balanceFen: account.entries.findLast((entry) => entry.date <= lastDay(month))?.balanceFen ?? 0,
    })),
  };
}

export function detailsOf(account: Account, period: Period): Result<Details> {
  const days = daysOf(period);
  if (!days.ok) return days;
  const { openingFen, totalInFen, totalOutFen, interestFen, closingFen, entries } = summarisePeriod(
    account.entries,
    days.value,
  );
  return ok({ period, openingFen, totalInFen, totalOutFen, interestFen, closingFen, rows: entries.map(asTransaction) });
}

/** Whole months as days. Errors: E9005 when a month does not exist or the period runs backwards. */
export function daysOf(period: Period): Result<Days> {
  if (!isCalendarMonth(period.from) || !isCalendarMonth(period.to)) return fail('E9005', 'period: not a month');
  if (period.from > period.to) return fail('E9005', 'period: runs backwards');
  return ok({ from: firstDay(period.from), to: lastDay(period.to) });
}

function asTransaction({ reason: _reason, ...entry }: AccountEntry): Transaction {
  return entry;
}

/** Per cent times 100; ratios have at most two decimals (N(4,2) in JGJ/T 320). */
function basisPoints(rate: Rate): number {
  return (rate.numerator * 10_000) / rate.denominator;
}
