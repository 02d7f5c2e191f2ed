import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Accounts, History, Interest, Loans, Trial, WithdrawalCheck } from '@kiosk/contract/platform/accounts.ts';
import { ACCOUNT_KINDS, type Account } from '@kiosk/domain/account.ts';
import { interestRules, type CityParameters } from '@kiosk/domain/city.ts';
import { INTEREST_ENTRY, WITHDRAWAL_REASONS } from '@kiosk/domain/code-tables.ts';
import { fundYearOf, fundYearPeriod, isCalendarDate, monthOf, type CalendarDate } from '@kiosk/domain/dates.ts';
import { explainInterest } from '@kiosk/domain/interest-lines.ts';
import { daysCounted, earlyRepayment, payOffAmount, type EarlyChoice } from '@kiosk/domain/loan-changes.ts';
import { rateOn, type Loan } from '@kiosk/domain/loan.ts';
import { multiply, type Fen, type Rate } from '@kiosk/domain/money.ts';
import { assessWithdrawal, type WithdrawalFacts, type WithdrawalRequest } from '@kiosk/domain/withdrawal.ts';
import { changeInWords, ruleInWords } from '@kiosk/domain/withdrawal-words.ts';
import { closingInterest } from './acts.ts';
import type { Depositor, HistoryPage } from './core-system.ts';

/** The account a terminal means. Errors: E1205 the person has none, E3304 not one of the person's. */
export function chosenAccount(depositor: Depositor, accountNumber: string | undefined): Result<Account> {
  const [first] = depositor.accounts;
  if (!first) return fail('E1205');
  if (accountNumber === undefined) return ok(first);
  const account = depositor.accounts.find((one) => one.accountNumber === accountNumber);
  return account ? ok(account) : fail('E3304');
}

export function chosenLoan(depositor: Depositor, loanNumber: string): Result<Loan> {
  const loan = depositor.loans.find((one) => one.loanNumber === loanNumber);
  return loan ? ok(loan) : fail('E3304');
}

export function accountsOf({ accounts }: Depositor): Accounts {
  return {
    accounts: accounts.map(({ accountNumber, kind, unitName, state, balanceFen, openedOn }) => ({
      accountNumber,
      kind,
      kindName: ACCOUNT_KINDS[kind],
      unitName,
      accountStatus: state,
      balanceFen,
      openedOn,
    })),
  };
}

export function historyOf({ rows, totalInFen, totalOutFen, entries }: HistoryPage): History {
  return {
    rows,
    totalInFen,
    totalOutFen,
    entries: entries.map(({ reason, ...entry }) => ({
      ...entry,
      ...(reason === undefined ? {} : { reason, reasonName: WITHDRAWAL_REASONS[reason] }),
    })),
  };
}

/** One fund year: what it opened and closed with, and its interest line by line. A year that still runs is told up to yesterday. */
export function interestOf(account: Account, fundYear: number, city: CityParameters, today: CalendarDate): Interest {
  const { from, to } = fundYearPeriod(fundYear);
  const entries = account.entries.filter(({ date }) => from <= date && date <= to);
  const openingFen = account.entries.findLast(({ date }) => date < from)?.balanceFen ?? 0;
  const settlement = entries.findLast(({ kind }) => kind === INTEREST_ENTRY);
  const closedOn = settlement && settlement.date < to ? settlement.date : undefined;
  const until = closedOn ?? (settlement || to < today ? undefined : today > from ? today : from);
  const moved = entries.filter(({ kind, date }) => kind !== INTEREST_ENTRY && (until === undefined || date <= until));
  const changes = moved.map(({ date, inFen, outFen }) => ({ date, amountFen: inFen - outFen }));
  const rules = interestRules(city);
  const told = explainInterest(fundYear, openingFen, changes, rules, until);
  return {
    fundYear,
    openingFen,
    depositedFen: moved.reduce((sum, { inFen }) => sum + inFen, 0),
    withdrawnFen: moved.reduce((sum, { outFen }) => sum + outFen, 0),
    interestFen: settlement?.inFen ?? told.interestFen,
    closingFen: entries.at(-1)?.balanceFen ?? openingFen,
    settled: settlement !== undefined || to < today,
    rateBp: scaled(rules.rate, 10_000),
    dayCountBase: 360,
    settlementDayCounts: rules.settlementDayCounts,
    productFenDays: told.productFenDays,
    lines: [...told.lines],
  };
}

export function loansOf({ loans }: Depositor, now: number): Loans {
  return {
    asOf: now,
    loans: loans.map((loan) => ({
      loanNumber: loan.loanNumber,
      contractNumber: loan.contractNumber,
      state: loan.state,
      way: loan.way,
      houseAddress: loan.houseAddress,
      bankName: loan.bankName,
      repaymentAccount: loan.repaymentAccount,
      grantedFen: loan.grantedFen,
      grantedOn: loan.grantedOn,
      months: loan.months,
      lastDueDate: loan.plan.at(-1)?.dueDate ?? loan.lastDueDate,
      rates: loan.rates.map(({ from, annualRate }) => ({ from, rateMilli: scaled(annualRate, 100_000) })),
      balanceFen: loan.balanceFen,
      repaidPrincipalFen: loan.repaidPrincipalFen,
      repaidInterestFen: loan.repaidInterestFen,
      paidPenaltyFen: loan.paidPenaltyFen,
      monthsLeft: loan.plan.length,
      next: loan.plan[0] ?? null,
      overdue: loan.overdue,
      settledOn: loan.settledOn,
    })),
  };
}

/** Both ways of an early repayment. Errors: E9005 settled, overdue, a day that is past or beyond the next due day, an amount outside the limits. */
export function trialOf(
  loan: Loan,
  wanted: { readonly amountFen: Fen | null; readonly onDate?: CalendarDate | undefined },
  city: CityParameters,
  today: CalendarDate,
): Result<Trial> {
  if (loan.state === 'settled') return fail('E9005', 'loan: settled');
  if (loan.overdue) return fail('E9005', 'loan: overdue instalments come first');
  const onDate = wanted.onDate ?? today;
  const next = loan.plan[0]!;
  if (!isCalendarDate(onDate) || onDate < today || onDate > next.dueDate)
    return fail('E9005', 'onDate: from today to the next due day');
  // The latest day, not the latest booking: an instalment that was paid late is booked after the one that followed it.
  const lastDue = loan.entries.reduce((last, { dueDate = last }) => (dueDate > last ? dueDate : last), loan.grantedOn);
  const standing = {
    balanceFen: loan.balanceFen,
    months: loan.plan.length,
    nextDueDate: next.dueDate,
    way: loan.way,
    annualRate: rateOn(loan.rates, next.dueDate),
    paymentFen: next.paymentFen,
    daysSinceDue: Math.max(0, daysCounted(lastDue, onDate, city.loan.dayCount)),
  };
  const payOffFen = payOffAmount(standing);
  const amountFen = wanted.amountFen ?? payOffFen;
  const least = Math.min(city.loan.earlyRepaymentMinimumFen, payOffFen);
  if (amountFen < least || amountFen > payOffFen) return fail('E9005', 'amountFen: outside the limits');
  const { principalFen, interestFen, balanceFen, before, keepTerm, keepPayment } = earlyRepayment(standing, amountFen);
  const told = ({ plan, nextPaymentFen, months, interestFen: interest }: Omit<EarlyChoice, 'savedFen'>) => ({
    nextPaymentFen,
    months,
    interestFen: interest,
    lastDueDate: plan.at(-1)?.dueDate ?? null,
  });
  return ok({
    onDate,
    amountFen,
    principalFen,
    interestFen,
    balanceFen,
    payOffFen,
    before: told(before),
    keepTerm: { ...told(keepTerm), savedFen: keepTerm.savedFen },
    keepPayment: { ...told(keepPayment), savedFen: keepPayment.savedFen },
  });
}

/** What the core itself knows of a person who wants to withdraw; evidence of others comes on top. */
export function factsOf(
  depositor: Depositor,
  account: Account,
  today: CalendarDate,
  evidence: WithdrawalFacts['evidence'] = {},
): WithdrawalFacts {
  const first = account.entries.find(({ inFen }) => inFen > 0);
  return {
    today,
    state: account.state,
    balanceFen: account.balanceFen,
    sealedSince: account.sealedSince,
    frozenFen: account.frozenFen,
    firstDepositMonth: first ? (first.depositMonth ?? monthOf(first.date)) : null,
    past: account.entries.flatMap(({ date, reason, outFen }) =>
      reason === undefined ? [] : [{ date, reason, amountFen: outFen }],
    ),
    // A loan of our own needs nobody else's word.
    evidence: { ...(depositor.loans.some(({ state }) => state !== 'settled') ? { ownLoan: true } : {}), ...evidence },
  };
}

/** What was paid on the person's own loans in the last twelve months: the most a withdrawal for repayment may be. */
export function paidOnLoans({ loans }: Depositor, today: CalendarDate): Fen {
  const since = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  return loans
    .flatMap(({ entries }) => entries)
    .filter(({ date, kind }) => date > since && kind !== '01')
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
}

export function withdrawalCheckOf(
  depositor: Depositor,
  account: Account,
  wanted: WithdrawalRequest,
  city: CityParameters,
  today: CalendarDate,
): WithdrawalCheck {
  const ownCost = wanted.reason === '06' && wanted.costFen === undefined ? paidOnLoans(depositor, today) : undefined;
  const request = ownCost === undefined || ownCost === 0 ? wanted : { ...wanted, costFen: ownCost };
  const { outcome, amountFen, closesAccount, trace } = assessWithdrawal(
    request,
    factsOf(depositor, account, today),
    city,
  );
  const interestFen = closesAccount && outcome !== 'refused' ? closingInterest(account, today, city) : 0;
  return {
    outcome,
    amountFen,
    interestFen,
    closesAccount,
    trace: trace.map((step) => {
      const change = changeInWords(step);
      return {
        rule: step.rule,
        outcome: step.outcome,
        words: ruleInWords(step),
        ...(step.atMostFen === undefined ? {} : { atMostFen: step.atMostFen }),
        ...(change === undefined ? {} : { change }),
      };
    }),
  };
}

/** The fund years an account has books of, newest first. */
export function fundYearsOf({ entries }: Account): readonly number[] {
  return [...new Set(entries.map(({ date }) => fundYearOf(date)))].reverse();
}

function scaled(rate: Rate, by: number): number {
  return multiply(by, rate);
}
