import type { SlipDocumentInput } from '@kiosk/contract/slip.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { formatVerificationCode, verificationLink } from '../verification.ts';
import { bold, line, middle, row, RULE, slip, wordsOf, type SlipFrame } from './parts.ts';

export interface StatementSlip extends SlipFrame {
  readonly documentNumber: string;
  readonly verificationCode: string;
  readonly verifyUrl: string;
  /** The document's name in the slip's language. */
  readonly documentTitle: string;
  readonly period?: { readonly from: string; readonly to: string };
  readonly pages: number;
  /** 0 or absent for a first print. */
  readonly reprint?: number;
}

/** Goes with an A4 document: what was printed, how many pages to take, and how a third party checks it. Names nobody. */
export function statementSlip(input: StatementSlip): SlipDocumentInput {
  const words = wordsOf(input);
  const { documentNumber, verificationCode } = input;
  return slip(documentNumber, words.statementTitle, input, [
    bold(words.printed),
    line(input.documentTitle),
    ...(input.period ? [row(words.period, `${input.period.from} – ${input.period.to}`)] : []),
    row(words.sheets, words.pages(input.pages)),
    ...(input.reprint ? [row(words.reprint, String(input.reprint))] : []),
    RULE,
    row(words.documentNumber, formatDocumentNumber(documentNumber)),
    row(words.verificationCode, formatVerificationCode(verificationCode)),
    { type: 'qr', data: verificationLink(input.verifyUrl, documentNumber, verificationCode) },
    middle(words.scanToVerify),
  ]);
}
