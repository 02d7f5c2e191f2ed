import { daysBetween, type CalendarDate } from './dates.ts';
import type { Instalment, LoanTerms } from './loan.ts';
import { schedule, scheduleWithPayment, totalInterest } from './loan-schedule.ts';
import { divideHalfUp, type Fen, type Rate } from './money.ts';

/** actual: calendar days. thirty: every month has 30 (30/360), as some centres count between due days. */
export type DayCount = 'actual' | 'thirty';

/** The last day is not counted. A 31st counts as a 30th when months have 30 days. */
export function daysCounted(from: CalendarDate, to: CalendarDate, count: DayCount): number {
  if (count === 'actual') return daysBetween(from, to);
  const [a, b] = [from, to].map((date) => ({
    months: Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)),
    day: Math.min(30, Number(date.slice(8))),
  }));
  return (b!.months - a!.months) * 30 + b!.day - a!.day;
}

export interface PenaltyRules {
  /** Times the rate of the loan: 1.5 is { numerator: 3, denominator: 2 }. */
  readonly factor: Rate;
  readonly base: 'principal' | 'principal-and-interest';
}

/** 罚息 on one unpaid instalment: base × loan rate × factor ÷ 360 × days, half up to the fen. */
export function overduePenalty(
  unpaid: { readonly principalFen: Fen; readonly interestFen: Fen },
  annualRate: Rate,
  days: number,
  { factor, base }: PenaltyRules,
): Fen {
  if (days <= 0) return 0;
  const onFen = unpaid.principalFen + (base === 'principal' ? 0 : unpaid.interestFen);
  return divideHalfUp(
    BigInt(onFen) * BigInt(annualRate.numerator) * BigInt(factor.numerator) * BigInt(days),
    BigInt(annualRate.denominator) * BigInt(factor.denominator) * 360n,
  );
}

/** The plan from a balance on, once another rate holds: the months that are left stay, the payment follows. */
export function repriced(
  left: { readonly balanceFen: Fen; readonly months: number; readonly nextDueDate: CalendarDate },
  way: LoanTerms['way'],
  annualRate: Rate,
): readonly Instalment[] {
  const { balanceFen, months, nextDueDate } = left;
  return schedule({ principalFen: balanceFen, annualRate, months, way, firstDueDate: nextDueDate });
}

/** Where a loan stands when somebody wants to repay early. */
export interface Standing {
  readonly balanceFen: Fen;
  /** Instalments still to come. */
  readonly months: number;
  readonly nextDueDate: CalendarDate;
  readonly way: LoanTerms['way'];
  readonly annualRate: Rate;
  /** As it is now; undefined: what the balance, the months and the rate give. Used when the payment is to stay. */
  readonly paymentFen?: Fen;
  /** Since the last due day, by the centre's day count. */
  readonly daysSinceDue: number;
}

export interface EarlyChoice {
  readonly plan: readonly Instalment[];
  /** First payment of the plan; 0 when nothing is left. */
  readonly nextPaymentFen: Fen;
  readonly months: number;
  readonly interestFen: Fen;
  /** Against going on as before, the interest paid with the early repayment counted. Never negative. */
  readonly savedFen: Fen;
}

/** What an early repayment does, both ways side by side. */
export interface EarlyRepayment {
  readonly amountFen: Fen;
  readonly principalFen: Fen;
  /** Interest since the last due day on the principal repaid. */
  readonly interestFen: Fen;
  readonly balanceFen: Fen;
  /** Going on as before. */
  readonly before: Pick<EarlyChoice, 'plan' | 'nextPaymentFen' | 'months' | 'interestFen'>;
  /** Same months, smaller payment (减少月供). */
  readonly keepTerm: EarlyChoice;
  /** Same payment, fewer months (缩短期限). */
  readonly keepPayment: EarlyChoice;
}

/** What it takes to repay everything: the balance and its interest since the last due day. */
export function payOffAmount({ balanceFen, annualRate, daysSinceDue }: Standing): Fen {
  return balanceFen + accrued(balanceFen, annualRate, daysSinceDue);
}

/**
 * An early repayment of `amountFen`, interest included: its principal part is amount ÷ (1 + i·d/30). More than it takes
 * to repay everything throws: whoever calls has asked payOffAmount.
 */
export function earlyRepayment(standing: Standing, amountFen: Fen): EarlyRepayment {
  const { balanceFen, months, nextDueDate, way, annualRate, daysSinceDue } = standing;
  const everything = payOffAmount(standing);
  if (amountFen <= 0 || amountFen > everything) throw new RangeError('amount: above 0, and no more than is owed');
  const principalFen = amountFen === everything ? balanceFen : principalPart(amountFen, annualRate, daysSinceDue);
  const left = balanceFen - principalFen;
  const terms = { annualRate, months, firstDueDate: nextDueDate };
  const planned = planOf(standing, balanceFen, standing.paymentFen);
  const interestBefore = totalInterest(planned);
  const paid = amountFen - principalFen;

  const choice = (plan: readonly Instalment[]): EarlyChoice => ({
    ...told(plan),
    savedFen: Math.max(0, interestBefore - totalInterest(plan) - paid),
  });
  const keepTerm = left === 0 ? [] : schedule({ ...terms, principalFen: left, way });
  return {
    amountFen,
    principalFen,
    interestFen: paid,
    balanceFen: left,
    before: told(planned),
    keepTerm: choice(keepTerm),
    keepPayment: choice(left === 0 ? [] : shorter(standing, left, planned)),
  };
}

function told(plan: readonly Instalment[]): EarlyRepayment['before'] {
  return {
    plan,
    nextPaymentFen: plan[0]?.paymentFen ?? 0,
    months: plan.length,
    interestFen: totalInterest(plan),
  };
}

function planOf({ months, nextDueDate, way, annualRate }: Standing, principalFen: Fen, paymentFen: Fen | undefined) {
  const terms = { principalFen, annualRate, months, firstDueDate: nextDueDate };
  return way === '01' && paymentFen !== undefined
    ? scheduleWithPayment(terms, paymentFen)
    : schedule({ ...terms, way });
}

/** Equal payments: the same payment as now. Equal principal: the same principal a month, so fewer months of it. */
function shorter(standing: Standing, left: Fen, planned: readonly Instalment[]): readonly Instalment[] {
  if (standing.way === '01') return planOf(standing, left, planned[0]!.paymentFen);
  const months = Number(
    (BigInt(left) * BigInt(standing.months) + BigInt(standing.balanceFen) - 1n) / BigInt(standing.balanceFen),
  );
  return planOf({ ...standing, months }, left, undefined);
}

/** Months of 30 days: a daily rate is a 360th of the year's. */
function accrued(balanceFen: Fen, { numerator, denominator }: Rate, days: number): Fen {
  return divideHalfUp(BigInt(balanceFen) * BigInt(numerator) * BigInt(days), BigInt(denominator) * 360n);
}

function principalPart(amountFen: Fen, { numerator, denominator }: Rate, days: number): Fen {
  const year = BigInt(denominator) * 360n;
  return divideHalfUp(BigInt(amountFen) * year, year + BigInt(numerator) * BigInt(days));
}
