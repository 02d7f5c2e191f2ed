import type { CalendarDate } from '@kiosk/domain/dates.ts';
import type { ExplainedInterest } from '@kiosk/domain/interest-lines.ts';
import type { EarlyChoice, EarlyRepayment, Standing } from '@kiosk/domain/loan-changes.ts';
import type { Instalment, LoanTerms } from '@kiosk/domain/loan.ts';
import type { Rate } from '@kiosk/domain/money.ts';
import type { CalculationContent } from './calculation.ts';

/** '2.60%': per cent a year with two decimals, three where there are so many. */
export function rateWords({ numerator, denominator }: Rate): string {
  const percent = (numerator * 100) / denominator;
  const two = percent.toFixed(2);
  return `${Math.abs(Number(two) - percent) < 1e-9 ? two : percent.toFixed(3)}%`;
}

export const interestSheetOf = (explained: ExplainedInterest): CalculationContent => ({
  kind: 'interest',
  content: {
    fundYear: explained.fundYear,
    rate: rateWords(explained.rules.rate),
    settlementDayCounts: explained.rules.settlementDayCounts,
    lines: explained.lines.map((line) => ({ ...line })),
    days: explained.lines.reduce((sum, { days }) => sum + days, 0),
    productFenDays: explained.productFenDays,
    interestFen: explained.interestFen,
  },
});

export const loanCalculationOf = (
  terms: LoanTerms,
  home: 'first' | 'second',
  plan: readonly Instalment[],
): CalculationContent => ({
  kind: 'loan',
  content: {
    amountFen: terms.principalFen,
    months: terms.months,
    rate: rateWords(terms.annualRate),
    home,
    way: terms.way,
    rows: plan.map(({ number, paymentFen, principalFen, interestFen, balanceFen }) => ({
      number,
      paymentFen,
      principalFen,
      interestFen,
      balanceFen,
    })),
  },
});

/** `loanEnding`: the last four digits of the loan's number, or ''. */
export function earlyRepaymentSheetOf(
  standing: Standing,
  result: EarlyRepayment,
  { loanEnding, on }: { readonly loanEnding: string; readonly on: CalendarDate },
): CalculationContent {
  const told = ({ months, nextPaymentFen, interestFen, plan }: EarlyRepayment['before']) => ({
    months,
    nextPaymentFen,
    interestFen,
    lastDueDate: plan.at(-1)?.dueDate ?? null,
  });
  const choice = (chosen: EarlyChoice) => ({ ...told(chosen), savedFen: chosen.savedFen });
  return {
    kind: 'earlyRepayment',
    content: {
      loanEnding,
      on,
      rate: rateWords(standing.annualRate),
      balanceFen: standing.balanceFen,
      amountFen: result.amountFen,
      principalFen: result.principalFen,
      accruedInterestFen: result.interestFen,
      leftFen: result.balanceFen,
      before: told(result.before),
      keepTerm: choice(result.keepTerm),
      keepPayment: choice(result.keepPayment),
    },
  };
}
