import type { DocumentKindName } from '@kiosk/documents/index.ts';

/** Months a paper holds from its day of issue; null: what it says does not grow old. */
export type Validity = Readonly<Record<DocumentKindName, number | null>>;

/**
 * What the centres whose templates were seen print. Two months for what an account looks like today stands in one vendor's
 * templates only: a city sets its own in `documents.validMonths` of its configuration. What was settled stays settled.
 */
export const USUAL_VALIDITY: Validity = {
  depositStatement: 2,
  depositCertificate: 2,
  crossRegionCertificate: 2,
  loanSettlement: null,
  repaymentHistory: 2,
  repaymentSchedule: 2,
  annualStatement: null,
  accountSheet: 2,
  loanSheet: 2,
  acceptance: null,
  gapNotice: null,
  withdrawalVoucher: null,
  transferLetter: 2,
  offsetAgreement: null,
};
