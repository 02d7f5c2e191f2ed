import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { z } from 'zod';
import { canonicalContent, StatementContent } from '../deposit-statement/schema.ts';
import type { DocumentFonts } from '../fonts.ts';
import { closePaper, openPaper, type RenderedDocument } from '../layout/paper/open.ts';
import { Paper, type PaperInput } from '../layout/paper/paper.ts';
import { acceptance } from './acceptance.ts';
import { annualStatement } from './annual-statement.ts';
import { crossRegionCertificate } from './cross-region-certificate.ts';
import { depositCertificate } from './deposit-certificate.ts';
import { depositStatement } from './deposit-statement.ts';
import { gapNotice } from './gap-notice.ts';
import type { DocumentKind } from './kind.ts';
import { loanSettlement } from './loan-settlement.ts';
import type { DOCUMENT_KIND_NAMES } from './names.ts';
import { offsetAgreement } from './offset-agreement.ts';
import { repaymentHistory, repaymentSchedule } from './repayments.ts';
import { accountSheet, loanSheet } from './sheets.ts';
import { transferLetter } from './transfer-letter.ts';
import { withdrawalVoucher } from './withdrawal-voucher.ts';

/** Every A4 paper that carries the centre's word; the only list there is. */
export const DOCUMENT_KINDS = {
  depositStatement,
  depositCertificate,
  crossRegionCertificate,
  loanSettlement,
  repaymentHistory,
  repaymentSchedule,
  annualStatement,
  accountSheet,
  loanSheet,
  acceptance,
  gapNotice,
  withdrawalVoucher,
  transferLetter,
  offsetAgreement,
} as const satisfies Record<(typeof DOCUMENT_KIND_NAMES)[number], unknown>;
export type DocumentKindName = keyof typeof DOCUMENT_KINDS;
export type ContentOf<K extends DocumentKindName> = z.infer<(typeof DOCUMENT_KINDS)[K]['content']>;

/** A kind with what it says. */
export type DocumentContent = {
  [K in DocumentKindName]: { readonly kind: K; readonly content: ContentOf<K> };
}[DocumentKindName];

export const isDocumentKind = (kind: string): kind is DocumentKindName => Object.hasOwn(DOCUMENT_KINDS, kind);

/** The kind as one type, for what does the same with all of them. */
export const kindOf = (name: DocumentKindName): DocumentKind<unknown> =>
  DOCUMENT_KINDS[name] as unknown as DocumentKind<unknown>;

/**
 * What the verification code of a document stands for: its number and everything it says, in the order of the schema. Print time,
 * mask and reprints do not change it.
 */
export function canonicalText(name: DocumentKindName, documentNumber: string, content: unknown): string {
  if (name === 'depositStatement') return canonicalContent({ ...StatementContent.parse(content), documentNumber });
  return JSON.stringify([`${name}/1`, documentNumber, kindOf(name).content.parse(content)]);
}

/**
 * Renders a document of any kind on A4. The same input gives the same bytes. Fails with E5204 when the fonts lack a character of it.
 * Content that contradicts itself throws: whoever keeps the books has a bug.
 */
export async function renderDocument(
  { kind: name, content: given }: { readonly kind: DocumentKindName; readonly content: unknown },
  paperInput: PaperInput,
  fonts: DocumentFonts,
): Promise<Result<RenderedDocument>> {
  const kind = kindOf(name);
  const content = kind.content.parse(given);
  const paper = Paper.parse(paperInput);
  const opened = openPaper(fonts, paper, kind.title, kind.printed(content));
  if (!opened.ok) return opened;
  kind.draw(opened.value, content);
  return closePaper(opened.value);
}
