import { explainInterest } from '@kiosk/domain/interest-lines.ts';
import { BALANCE_RATE } from '@kiosk/domain/interest.ts';
import { earlyRepayment, type Standing } from '@kiosk/domain/loan-changes.ts';
import { schedule } from '@kiosk/domain/loan-schedule.ts';
import type { LoanTerms } from '@kiosk/domain/loan.ts';
import { percent } from '@kiosk/domain/money.ts';
import type { CalculationContent, CalculationName } from './calculation.ts';
import { earlyRepaymentSheetOf, interestSheetOf, loanCalculationOf } from './from-domain.ts';

const terms: LoanTerms = {
  principalFen: 100_000_000,
  annualRate: percent('2.60'),
  months: 360,
  way: '01',
  firstDueDate: '2026-12-10',
};
const standing: Standing = {
  balanceFen: 37_568_500,
  months: 152,
  nextDueDate: '2026-12-10',
  way: '01',
  annualRate: percent('2.60'),
  daysSinceDue: 11,
};
const deposits = Array.from({ length: 12 }, (_, i) => ({
  date: `${i < 6 ? 2025 : 2026}-${String(((i + 6) % 12) + 1).padStart(2, '0')}-15`,
  amountFen: 240_000,
}));

/** Calculations of invented figures: a year that opens with 50,000 and gets 2,400 a month, a million over 30 years, 100,000 repaid early. */
export const CALCULATION_EXAMPLES: Readonly<Record<CalculationName, CalculationContent>> = {
  interest: interestSheetOf(
    explainInterest(2025, 5_000_000, deposits, { rate: BALANCE_RATE, settlementDayCounts: true }),
  ),
  loan: loanCalculationOf(terms, 'first', schedule(terms)),
  earlyRepayment: earlyRepaymentSheetOf(standing, earlyRepayment(standing, 10_000_000), {
    loanEnding: '0012',
    on: '2026-11-21',
  }),
};
