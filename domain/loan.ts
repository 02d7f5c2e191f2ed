import type { LoanEntryKind, RepaymentWay, SecurityKind } from './code-tables.ts';
import type { CalendarDate } from './dates.ts';
import type { Fen, Rate } from './money.ts';

/** The two ways of repaying that have a schedule: 01 等额本息 (equal payments), 02 等额本金 (equal principal). */
export type ScheduledWay = Extract<RepaymentWay, '01' | '02'>;

/** What a schedule follows from. */
export interface LoanTerms {
  readonly principalFen: Fen;
  /** Per year; a month bears a twelfth of it. */
  readonly annualRate: Rate;
  /** 贷款期数. */
  readonly months: number;
  readonly way: ScheduledWay;
  /** The other due days follow month by month, held back to the end of a shorter month. */
  readonly firstDueDate: CalendarDate;
}

/** One line of a repayment plan (还款计划). paymentFen = principalFen + interestFen, always. */
export interface Instalment {
  /** 期次, from 1. */
  readonly number: number;
  readonly dueDate: CalendarDate;
  readonly paymentFen: Fen;
  readonly principalFen: Fen;
  readonly interestFen: Fen;
  /** After this payment; 0 on the last line. */
  readonly balanceFen: Fen;
}

/** One booking of a loan's account (贷款业务明细, JGJ/T 320 table 6.0.6). */
export interface LoanEntry {
  readonly date: CalendarDate;
  readonly kind: LoanEntryKind;
  /** 当期期次; absent for what belongs to no instalment: granting, early repayment, settlement ahead of time. */
  readonly instalment?: number;
  /** Of the instalment that was paid. */
  readonly dueDate?: CalendarDate;
  /** principal + interest + penalty; for kind 01 the amount paid out. */
  readonly amountFen: Fen;
  readonly principalFen: Fen;
  readonly interestFen: Fen;
  /** 罚息. */
  readonly penaltyFen: Fen;
  /** Outstanding principal after it. */
  readonly balanceFen: Fen;
}

/** A rate and the day from which it holds. */
export interface RateStep {
  readonly from: CalendarDate;
  readonly annualRate: Rate;
}

export type LoanState = 'repaying' | 'overdue' | 'settled';

/** Instalments that were due and not paid. */
export interface Overdue {
  readonly instalments: number;
  readonly since: CalendarDate;
  readonly principalFen: Fen;
  readonly interestFen: Fen;
  /** 罚息 up to the day asked for. */
  readonly penaltyFen: Fen;
}

/** A housing loan from the fund (JGJ/T 320 tables 6.0.2 and 6.0.5) with what was booked on it. */
export interface Loan {
  /** 贷款账号 DKZH. */
  readonly loanNumber: string;
  /** 借款合同编号 JKHTBH. */
  readonly contractNumber: string;
  readonly borrowerName: string;
  readonly state: LoanState;
  readonly way: ScheduledWay;
  readonly security: SecurityKind;
  /** 房屋坐落 FWZL. */
  readonly houseAddress: string;
  /** Price of the home. */
  readonly purchasePriceFen: Fen;
  /** First or second home: it decides the rate. */
  readonly home: 'first' | 'second';
  /** Entrusted bank and the account that is debited. */
  readonly bankName: string;
  readonly repaymentAccount: string;
  readonly grantedFen: Fen;
  readonly grantedOn: CalendarDate;
  readonly months: number;
  readonly firstDueDate: CalendarDate;
  /** By the contract. */
  readonly lastDueDate: CalendarDate;
  /** In order; the last one that has begun is in force. */
  readonly rates: readonly RateStep[];
  /** Outstanding principal, overdue principal included. */
  readonly balanceFen: Fen;
  readonly repaidPrincipalFen: Fen;
  readonly repaidInterestFen: Fen;
  readonly paidPenaltyFen: Fen;
  /** Instalments still to come, overdue ones included, from the balance and the rate of today. */
  readonly plan: readonly Instalment[];
  readonly overdue: Overdue | null;
  readonly settledOn: CalendarDate | null;
  /** In order of booking, from the granting on. */
  readonly entries: readonly LoanEntry[];
}

/** The rate in force on a day; before the first step the first one. */
export function rateOn(rates: readonly RateStep[], date: CalendarDate): Rate {
  const step = rates.findLast(({ from }) => from <= date) ?? rates[0];
  if (!step) throw new RangeError('a loan has at least one rate');
  return step.annualRate;
}
