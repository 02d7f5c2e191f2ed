import type { AccountEntry } from '@kiosk/domain/account.ts';
import { ENTRY_KINDS, type EntryKind, type WithdrawalReason } from '@kiosk/domain/code-tables.ts';
import { addMonths, dayNumber, fundYearOf, fundYearPeriod, type CalendarMonth } from '@kiosk/domain/dates.ts';
import type { InterestRules } from '@kiosk/domain/interest.ts';
import type { CoreYear } from '../../store/core-store.ts';

type Entry = Omit<AccountEntry, 'balanceFen'>;

export interface HistoryPlan {
  readonly openedIn: CalendarMonth;
  readonly lastDepositMonth: CalendarMonth;
  /** Paid in a month, by the fund year. */
  readonly depositOf: (fundYear: number) => number;
  /** Months that were not paid on time and were made up for, all at once, in the month after the last of them. */
  readonly missed: readonly CalendarMonth[];
  /** Of the balance of that day, in per mille. */
  readonly withdrawals: readonly {
    readonly date: string;
    readonly perMille: number;
    readonly reason: WithdrawalReason;
  }[];
  /** What ends it: everything is paid out, or transferred. */
  readonly end: {
    readonly date: string;
    readonly kind: Extract<EntryKind, '07' | '12'>;
    readonly reason?: WithdrawalReason;
  } | null;
}

export interface History {
  readonly years: readonly Omit<CoreYear, 'depositorId' | 'place'>[];
  readonly balanceFen: number;
  readonly entries: number;
}

const DAY = '15';

/**
 * The books of an account, fund year by fund year, interest at each 30 June up to `today`. The same arithmetic as domain/interest.ts in plain numbers
 * (a test compares): ten million entries are made this way, and sums stay far below 2^53.
 */
export function bookHistory(plan: HistoryPlan, rules: InterestRules, today: string): History {
  const years: Omit<CoreYear, 'depositorId' | 'place'>[] = [];
  const missed = new Set(plan.missed);
  let [balance, count] = [0, 0];
  let month = plan.openedIn;
  const withdrawals = [...plan.withdrawals].sort((a, b) => (a.date < b.date ? -1 : 1));
  const lastDay = plan.end?.date ?? today;
  let waiting: CalendarMonth[] = [];

  for (let fundYear = fundYearOf(`${month}-01`); fundYear <= fundYearOf(lastDay); fundYear++) {
    const { to } = fundYearPeriod(fundYear);
    const [settlement, extra] = [dayNumber(to), rules.settlementDayCounts ? 1 : 0];
    const openingFen = balance;
    const fen = plan.depositOf(fundYear);
    const entries: Entry[] = [];
    let product = openingFen * (settlement - dayNumber(`${fundYear}-07-01`) + extra);
    const book = (date: string, kind: EntryKind, amount: number, more: Partial<Entry> = {}) => {
      const money = { inFen: Math.max(0, amount), outFen: Math.max(0, -amount) };
      entries.push({ date, kind, summary: ENTRY_KINDS[kind], ...more, ...money });
      balance += amount;
      product += amount * (settlement - dayNumber(date) + extra);
    };
    const payOut = (until: string) => {
      while (withdrawals[0] && withdrawals[0].date < until) {
        const { date, perMille, reason } = withdrawals.shift()!;
        const amount = Math.floor((balance * perMille) / 1000);
        if (amount > 0 && date >= `${plan.openedIn}-15`) book(date, '11', -amount, { reason });
      }
    };
    const end = addMonths(`${fundYear + 1}-06`, 1);
    for (; month < end && month <= plan.lastDepositMonth; month = addMonths(month, 1)) {
      const date = `${month}-${DAY}`;
      if (date > lastDay) break;
      payOut(date);
      if (missed.has(month)) {
        waiting.push(month);
        continue;
      }
      for (const late of waiting) book(date, '02', fen, { depositMonth: late });
      waiting = [];
      book(date, '01', fen, { depositMonth: month });
    }
    const closing = plan.end;
    payOut(closing && closing.date <= to ? closing.date : to <= today ? to : today);
    if (closing && fundYearOf(closing.date) === fundYear) {
      // The day of the closing bears nothing.
      const until = dayNumber(closing.date);
      const toEnd = balance * (settlement - until + extra);
      const interest = interestOf(product - toEnd, rules);
      if (interest > 0) book(closing.date, '09', interest, { summary: '销户利息' });
      const reason = closing.reason === undefined ? {} : { reason: closing.reason };
      if (balance > 0) book(closing.date, closing.kind, -balance, reason);
    } else if (to <= today) {
      const interest = interestOf(product, rules);
      if (interest > 0) book(to, '09', interest);
    }
    years.push({ fundYear, openingFen, entries });
    count += entries.length;
  }
  return { years, balanceFen: balance, entries: count };
}

function interestOf(product: number, { rate }: InterestRules): number {
  const [numerator, denominator] = [product * rate.numerator, rate.denominator * 360];
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}
