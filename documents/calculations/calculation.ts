import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import type { DocumentFonts } from '../fonts.ts';
import { closePaper, openPaper, type OpenPaper, type RenderedDocument } from '../layout/paper/open.ts';
import { Paper } from '../layout/paper/paper.ts';
import { drawEarlyRepayment, EarlyRepaymentSheet } from './early-repayment.ts';
import { drawInterest, InterestSheet } from './interest.ts';
import { drawLoan, LoanSheet } from './loan.ts';

interface CalculationKind<C> {
  readonly title: string;
  readonly content: z.ZodType<C>;
  draw(open: OpenPaper, content: C): void;
}
const kind = <C>(title: string, content: z.ZodType<C>, draw: (open: OpenPaper, content: C) => void) =>
  ({ title, content, draw }) satisfies CalculationKind<C>;

/** Every sheet that the terminal calculates and prints itself. They name nobody: what was typed or read is all they hold. */
export const CALCULATIONS = {
  interest: kind('住房公积金利息试算单', InterestSheet, drawInterest),
  loan: kind('住房公积金贷款试算单', LoanSheet, drawLoan),
  earlyRepayment: kind('住房公积金贷款提前还款试算单', EarlyRepaymentSheet, drawEarlyRepayment),
} as const;
export type CalculationName = keyof typeof CALCULATIONS;
export type CalculationContent = {
  [K in CalculationName]: { readonly kind: K; readonly content: z.output<(typeof CALCULATIONS)[K]['content']> };
}[CalculationName];

/** Where and when it was calculated. */
export interface CalculationFrame {
  readonly centreName: string;
  readonly terminalId: string;
  /** UTC ms. */
  readonly at: number;
  readonly enquiryPhone?: string;
}

/**
 * Renders a calculation on A4, unsealed and marked so on every page: nothing on it is the centre's word. Error: E5204, the fonts lack a
 * character of the centre's name.
 */
export async function renderCalculation(
  { kind: name, content: given }: CalculationContent,
  { centreName, terminalId, at, enquiryPhone }: CalculationFrame,
  fonts: DocumentFonts,
): Promise<Result<RenderedDocument>> {
  const { title, content, draw } = CALCULATIONS[name] as unknown as CalculationKind<unknown>;
  const paper = Paper.parse({
    issued: null,
    calculation: true,
    centreName,
    terminalId,
    printedAt: at,
    validMonths: null,
    demonstration: false,
    ...(enquiryPhone === undefined ? {} : { enquiryPhone }),
  });
  const opened = openPaper(fonts, paper, title, []);
  if (!opened.ok) return opened;
  draw(opened.value, content.parse(given));
  return closePaper(opened.value);
}
