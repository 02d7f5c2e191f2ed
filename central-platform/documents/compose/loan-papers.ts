import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ContentOf } from '@kiosk/documents/index.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { type Loan, rateOn } from '@kiosk/domain/loan.ts';
import type { Rate } from '@kiosk/domain/money.ts';
import type { Depositor } from '../../core/core-system.ts';
import { daysOf } from '../../core/overview.ts';
import { personOf } from './person.ts';

/** Error: E5208. */
export function settlementOf(depositor: Depositor, loan: Loan): Result<ContentOf<'loanSettlement'>> {
  if (loan.settledOn === null) return fail('E5208');
  return ok({
    borrower: personOf(depositor),
    contractNumber: loan.contractNumber,
    amountFen: loan.grantedFen,
    grantedOn: loan.grantedOn,
    months: loan.months,
    mortgagedAddress: loan.houseAddress,
    settledOn: loan.settledOn,
  });
}

const head = (depositor: Depositor, loan: Loan) => ({
  person: personOf(depositor),
  loanNumber: loan.loanNumber,
  contractNumber: loan.contractNumber,
  amountFen: loan.grantedFen,
  months: loan.months,
  way: loan.way,
  grantedOn: loan.grantedOn,
});

/** Errors: E5203 nothing booked in the period, E9005 the period. */
export function repaymentHistoryOf(
  depositor: Depositor,
  loan: Loan,
  period: { readonly from: string; readonly to: string },
): Result<ContentOf<'repaymentHistory'>> {
  const days = daysOf(period);
  if (!days.ok) return days;
  const { from, to } = days.value;
  const rows = loan.entries
    .filter(({ date }) => from <= date && date <= to)
    .map(({ date, instalment, kind, amountFen, principalFen, interestFen, penaltyFen, balanceFen }) => ({
      paidOn: date,
      instalment: instalment ?? null,
      kind,
      amountFen,
      principalFen,
      interestFen,
      penaltyFen,
      balanceFen,
    }));
  return rows.length === 0 ? fail('E5203') : ok({ ...head(depositor, loan), period: days.value, rows });
}

export function repaymentScheduleOf(depositor: Depositor, loan: Loan): ContentOf<'repaymentSchedule'> {
  return { ...head(depositor, loan), rows: loan.plan.map((line) => ({ ...line })) };
}

const STATES: Readonly<Record<Loan['state'], string>> = { repaying: '正常还款', overdue: '逾期', settled: '已结清' };

export function loanSheetOf(depositor: Depositor, loan: Loan, at: number): ContentOf<'loanSheet'> {
  const { overdue } = loan;
  return {
    borrower: personOf(depositor),
    postalAddress: '',
    phone: depositor.phone ?? '',
    contractNumber: loan.contractNumber,
    houseAddress: loan.houseAddress,
    amountFen: loan.grantedFen,
    grantedOn: loan.grantedOn,
    rate: percentText(rateOn(loan.rates, shanghaiDate(at))),
    debitDay: Number(loan.firstDueDate.slice(8)),
    debitAccount: { holder: depositor.name, number: loan.repaymentAccount },
    state: STATES[loan.state],
    bank: loan.bankName,
    months: loan.months,
    endsOn: loan.lastDueDate,
    grantedBy: '受托银行转账',
    repaidPrincipalFen: loan.repaidPrincipalFen,
    outstandingFen: loan.balanceFen,
    standing: overdue ? `逾期 ${overdue.instalments} 期` : '无逾期',
  };
}

/** {260, 10000} → '2.60%'. */
const percentText = ({ numerator, denominator }: Rate): string => `${((numerator * 100) / denominator).toFixed(2)}%`;
