import type { CityParameters } from './city.ts';
import { loanRate, penaltyRules } from './city.ts';
import type { LoanEntryKind, SecurityKind } from './code-tables.ts';
import { addMonthsToDate, type CalendarDate } from './dates.ts';
import { daysCounted, earlyRepayment, overduePenalty, payOffAmount } from './loan-changes.ts';
import {
  rateOn,
  type Instalment,
  type Loan,
  type LoanEntry,
  type Overdue,
  type RateStep,
  type ScheduledWay,
} from './loan.ts';
import { schedule } from './loan-schedule.ts';
import type { Fen } from './money.ts';

/** What happened to a loan besides being paid month by month. */
export type LoanEvent =
  /** Whole or in part: `all`, or an amount with interest in it. */
  | {
      readonly kind: 'early';
      readonly date: CalendarDate;
      readonly amountFen: Fen | 'all';
      readonly keep: 'term' | 'payment';
      /** Paid by the borrower's fund account; absent: by the repayment account. */
      readonly by?: 'fund' | undefined;
    }
  /** An instalment that was not paid on its day; `paidOn` undefined: not yet. */
  | { readonly kind: 'missed'; readonly instalment: number; readonly paidOn?: CalendarDate };

/** A loan as it was agreed, and what happened to it. Everything else follows by arithmetic. */
export interface LoanPlan {
  readonly loanNumber: string;
  readonly contractNumber: string;
  readonly borrowerName: string;
  readonly way: ScheduledWay;
  readonly security: SecurityKind;
  readonly houseAddress: string;
  readonly purchasePriceFen: Fen;
  readonly home: 'first' | 'second';
  readonly bankName: string;
  readonly repaymentAccount: string;
  readonly grantedFen: Fen;
  readonly grantedOn: CalendarDate;
  readonly months: number;
  /** 约定还款日, 1 to 28. */
  readonly dueDay: number;
  readonly events: readonly LoanEvent[];
}

/** The rates of a loan: the one of its day, then every newer one from the 1st of January after it. A year or less: only the first. */
export function rateSteps(
  plan: Pick<LoanPlan, 'grantedOn' | 'home' | 'months'>,
  city: CityParameters,
): readonly RateStep[] {
  const { grantedOn, home, months } = plan;
  const steps: RateStep[] = [{ from: grantedOn, annualRate: loanRate(city, grantedOn, home, months) }];
  if (months <= 12) return steps;
  for (const { from } of city.loan.rates) {
    if (from <= grantedOn) continue;
    const january = from.endsWith('-01-01') ? from : `${Number(from.slice(0, 4)) + 1}-01-01`;
    if (steps.at(-1)!.from === january) steps.pop();
    steps.push({ from: january, annualRate: loanRate(city, from, home, months) });
  }
  return steps;
}

type Booking = Omit<LoanEntry, 'balanceFen'>;

/**
 * A loan booked up to `today`: paid month by month on its day, unless an event says otherwise. An instalment, and what is repaid early
 * before it, bears the rate of its due day.
 */
export function bookLoan(plan: LoanPlan, city: CityParameters, today: CalendarDate): Loan {
  const rates = rateSteps(plan, city);
  const firstDueDate = addMonthsToDate(`${plan.grantedOn.slice(0, 8)}${String(plan.dueDay).padStart(2, '0')}`, 1);
  const early = plan.events.filter((event) => event.kind === 'early').sort((a, b) => (a.date < b.date ? -1 : 1));
  const missed = new Map(plan.events.flatMap((event) => (event.kind === 'missed' ? [[event.instalment, event]] : [])));
  const bookings: Booking[] = [
    { date: plan.grantedOn, kind: '01', amountFen: plan.grantedFen, principalFen: 0, interestFen: 0, penaltyFen: 0 },
  ];
  const unpaid: Instalment[] = [];

  let rate = rateOn(rates, firstDueDate);
  let ahead = numbered(
    schedule({ principalFen: plan.grantedFen, annualRate: rate, months: plan.months, way: plan.way, firstDueDate }),
    1,
  );
  /** Of the plan: what was missed counts as paid here and stands in `unpaid`. */
  let balanceFen = plan.grantedFen;
  let lastDue = plan.grantedOn;
  const replan = (principalFen: Fen, months: number) =>
    (ahead = numbered(
      schedule({ principalFen, annualRate: rate, months, way: plan.way, firstDueDate: ahead[0]!.dueDate }),
      ahead[0]!.number,
    ));

  function repayEarly({ date, amountFen, keep, by }: (typeof early)[number]): void {
    const standing = {
      balanceFen,
      months: ahead.length,
      nextDueDate: ahead[0]!.dueDate,
      way: plan.way,
      annualRate: rate,
      paymentFen: ahead[0]!.paymentFen,
      daysSinceDue: daysCounted(lastDue, date, city.loan.dayCount),
    };
    const most = payOffAmount(standing);
    const trial = earlyRepayment(standing, amountFen === 'all' ? most : Math.min(amountFen, most));
    balanceFen = trial.balanceFen;
    const { principalFen, interestFen } = trial;
    const kind: LoanEntryKind = balanceFen === 0 ? '06' : by === 'fund' ? '05' : '03';
    bookings.push({ date, kind, amountFen: trial.amountFen, principalFen, interestFen, penaltyFen: 0 });
    ahead = numbered((keep === 'term' ? trial.keepTerm : trial.keepPayment).plan, ahead[0]!.number);
  }

  while (ahead.length > 0) {
    const next = ahead[0]!;
    const due = rateOn(rates, next.dueDate);
    if (due !== rate) {
      rate = due;
      replan(balanceFen, ahead.length);
      continue;
    }
    const event = early[0];
    if (event && event.date <= today && event.date < next.dueDate) {
      early.shift();
      repayEarly(event);
      continue;
    }
    if (next.dueDate > today) break;
    ahead = ahead.slice(1);
    balanceFen = next.balanceFen;
    lastDue = next.dueDate;
    const miss = missed.get(next.number);
    if (miss && (miss.paidOn === undefined || miss.paidOn > today)) unpaid.push(next);
    else bookings.push(payment(next, rate, miss?.paidOn, city, ahead.length === 0));
  }

  const entries = withBalances(bookings, plan.grantedFen);
  const total = (pick: (entry: LoanEntry) => Fen) => entries.reduce((sum, entry) => sum + pick(entry), 0);
  const owed = entries.at(-1)!.balanceFen;
  return {
    loanNumber: plan.loanNumber,
    contractNumber: plan.contractNumber,
    borrowerName: plan.borrowerName,
    state: owed === 0 ? 'settled' : unpaid.length > 0 ? 'overdue' : 'repaying',
    way: plan.way,
    security: plan.security,
    houseAddress: plan.houseAddress,
    purchasePriceFen: plan.purchasePriceFen,
    home: plan.home,
    bankName: plan.bankName,
    repaymentAccount: plan.repaymentAccount,
    grantedFen: plan.grantedFen,
    grantedOn: plan.grantedOn,
    months: plan.months,
    firstDueDate,
    lastDueDate: addMonthsToDate(firstDueDate, plan.months - 1),
    rates: rates.filter(({ from }) => from <= today),
    balanceFen: owed,
    repaidPrincipalFen: plan.grantedFen - owed,
    repaidInterestFen: total((entry) => entry.interestFen),
    paidPenaltyFen: total((entry) => entry.penaltyFen),
    plan: [...unpaid, ...ahead],
    overdue: unpaid.length === 0 ? null : overdueOf(unpaid, rates, city, today),
    settledOn: owed === 0 ? entries.at(-1)!.date : null,
    entries,
  };
}

function numbered(lines: readonly Instalment[], first: number): readonly Instalment[] {
  return first === 1 ? lines : lines.map((line, index) => ({ ...line, number: first + index }));
}

function payment(
  { number, dueDate, principalFen, interestFen }: Instalment,
  rate: RateStep['annualRate'],
  paidOn: CalendarDate | undefined,
  city: CityParameters,
  last: boolean,
): Booking {
  const late = paidOn !== undefined && paidOn > dueDate;
  const days = late ? daysCounted(dueDate, paidOn, city.loan.dayCount) : 0;
  const penaltyFen = overduePenalty({ principalFen, interestFen }, rate, days, penaltyRules(city));
  return {
    date: late ? paidOn : dueDate,
    kind: late ? '04' : last ? '06' : '02',
    instalment: number,
    dueDate,
    amountFen: principalFen + interestFen + penaltyFen,
    principalFen,
    interestFen,
    penaltyFen,
  };
}

function withBalances(bookings: readonly Booking[], grantedFen: Fen): readonly LoanEntry[] {
  let balanceFen = grantedFen;
  return [...bookings]
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((booking) => ({ ...booking, balanceFen: (balanceFen -= booking.principalFen) }));
}

function overdueOf(
  unpaid: readonly Instalment[],
  rates: readonly RateStep[],
  city: CityParameters,
  today: CalendarDate,
): Overdue {
  const total = (pick: (line: Instalment) => Fen) => unpaid.reduce((sum, line) => sum + pick(line), 0);
  return {
    instalments: unpaid.length,
    since: unpaid[0]!.dueDate,
    principalFen: total((line) => line.principalFen),
    interestFen: total((line) => line.interestFen),
    penaltyFen: total((line) =>
      overduePenalty(
        line,
        rateOn(rates, line.dueDate),
        daysCounted(line.dueDate, today, city.loan.dayCount),
        penaltyRules(city),
      ),
    ),
  };
}
