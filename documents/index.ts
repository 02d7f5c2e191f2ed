export * from './columns.ts';
export { loadFonts, missingCharacters, type DocumentFonts } from './fonts.ts';
export * from './verification.ts';
export { renderDepositStatement, type RenderedDocument } from './deposit-statement/render.ts';
export {
  canonicalContent,
  DepositStatement,
  DepositStatementRow,
  statementTotals,
  type DepositStatementInput,
  type StatementTotals,
} from './deposit-statement/schema.ts';
export {
  canonicalText,
  type ContentOf,
  DOCUMENT_KINDS,
  type DocumentContent,
  type DocumentKindName,
  isDocumentKind,
  kindOf,
  renderDocument,
} from './kinds/kinds.ts';
export type { PublicFact } from './kinds/kind.ts';
export type { PaperInput } from './layout/paper/paper.ts';
export {
  type CalculationContent,
  type CalculationFrame,
  type CalculationName,
  renderCalculation,
} from './calculations/calculation.ts';
export { earlyRepaymentSheetOf, interestSheetOf, loanCalculationOf } from './calculations/from-domain.ts';
export { appointmentSlip, type AppointmentSlip } from './slips/appointment-slip.ts';
export { calculationSlip, type CalculationSlip } from './slips/calculation-slip.ts';
export { gapSlip, type GapSlip } from './slips/gap-slip.ts';
export { branchSlip, type BranchSlip, materialSlip, type MaterialSlip } from './slips/guide-slips.ts';
export { progressSlip, type ProgressSlip } from './slips/progress-slip.ts';
export { receiptSlip, type ReceiptSlip } from './slips/receipt-slip.ts';
export { failureSlip, type FailureSlip } from './slips/failure-slip.ts';
export { requestSlip, type RequestSlip } from './slips/request-slip.ts';
export { sessionSlip, type SessionSlip } from './slips/session-slip.ts';
export { statementSlip, type StatementSlip } from './slips/statement-slip.ts';
export type { SlipFrame } from './slips/parts.ts';
export type { SlipLanguage } from './slips/words.ts';
