/** Kinds of paper by name alone, for what must not load a font library to know them. */
export const DOCUMENT_KIND_NAMES = [
  'depositStatement',
  'depositCertificate',
  'crossRegionCertificate',
  'loanSettlement',
  'repaymentHistory',
  'repaymentSchedule',
  'annualStatement',
  'accountSheet',
  'loanSheet',
  'acceptance',
  'gapNotice',
  'withdrawalVoucher',
  'transferLetter',
  'offsetAgreement',
] as const;
