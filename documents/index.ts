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
