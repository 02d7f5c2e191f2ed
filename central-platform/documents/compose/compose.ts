import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { DocumentAsk } from '@kiosk/contract/platform/documents.ts';
import type { Account } from '@kiosk/domain/account.ts';
import type { DocumentKindName } from '@kiosk/documents/index.ts';
import type { Loan } from '@kiosk/domain/loan.ts';
import type { Depositor } from '../../core/core-system.ts';
import { statementOf } from '../statement.ts';
import { accountSheetOf, annualStatementOf, depositCertificateOf } from './account-papers.ts';
import { crossRegionOf } from './cross-region.ts';
import { loanSheetOf, repaymentHistoryOf, repaymentScheduleOf, settlementOf } from './loan-papers.ts';

export interface CentreWords {
  readonly name: string;
  readonly enquiryPhone: string;
}

type AskOf<K extends DocumentAsk['kind']> = Extract<DocumentAsk, { kind: K }>;

/** What is looked up apart: the case is not in the account. */
export type ComposedAsk = Exclude<DocumentAsk, { kind: 'acceptance' }>;

/** What a paper says about a depositor, as of `at`. Errors: E1205 no account, E5203, E5207 … E5210, E5217, E9005. */
export function compose(ask: ComposedAsk, depositor: Depositor, centre: CentreWords, at: number): Result<unknown> {
  switch (ask.kind) {
    case 'depositStatement':
      return withAccount(ask, depositor, (account) => statementOf(depositor, account, ask.period, at));
    case 'depositCertificate':
      return withAccount(ask, depositor, (account) => ok(depositCertificateOf(depositor, account, ask.purpose)));
    case 'crossRegionCertificate':
      return withAccount(ask, depositor, (account) => crossRegionOf(depositor, account, ask.addressee, centre));
    case 'annualStatement':
      return withAccount(ask, depositor, (account) => annualStatementOf(depositor, account, ask.fundYear));
    case 'accountSheet':
      return withAccount(ask, depositor, (account) => ok(accountSheetOf(depositor, account, centre, at)));
    case 'loanSettlement':
      return withLoan(ask, depositor, (loan) => settlementOf(depositor, loan));
    case 'repaymentHistory':
      return withLoan(ask, depositor, (loan) => repaymentHistoryOf(depositor, loan, ask.period));
    case 'repaymentSchedule':
      return withLoan(ask, depositor, (loan) => ok(repaymentScheduleOf(depositor, loan)));
    case 'loanSheet':
      return withLoan(ask, depositor, (loan) => ok(loanSheetOf(depositor, loan, at)));
  }
}

/** Every kind that can be asked for is a kind of paper. */
export const kindOfAsk = (ask: DocumentAsk): DocumentKindName => ask.kind;

function withAccount(
  { accountNumber }: Pick<AskOf<'accountSheet'>, 'accountNumber'>,
  { accounts }: Depositor,
  make: (account: Account) => Result<unknown>,
): Result<unknown> {
  const account = accounts.find((one) => accountNumber === undefined || one.accountNumber === accountNumber);
  return account ? make(account) : fail('E1205');
}

function withLoan(
  { loanNumber }: Pick<AskOf<'loanSheet'>, 'loanNumber'>,
  { loans }: Depositor,
  make: (loan: Loan) => Result<unknown>,
): Result<unknown> {
  if (loans.length === 0) return fail('E5217');
  const loan = loans.find((one) => loanNumber === undefined || one.loanNumber === loanNumber);
  return loan ? make(loan) : fail('E5207');
}
