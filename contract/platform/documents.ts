import { z } from 'zod';
import { DateText, Fen, Instant, MonthText } from '../services/common.ts';

const DocumentPeriod = z.object({ from: MonthText, to: MonthText });
/** Absent: the account or loan that comes first. */
const account = { accountNumber: z.string().max(20).optional() };
const loan = { loanNumber: z.string().max(30).optional() };

/** What paper is wanted and what it depends on; everything else the platform knows. */
export const DocumentAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('depositStatement'), ...account, period: DocumentPeriod }),
  z.object({ kind: z.literal('depositCertificate'), ...account, purpose: z.string().max(60) }),
  /** `addressee`: the centre of the city where the loan is asked for. */
  z.object({ kind: z.literal('crossRegionCertificate'), ...account, addressee: z.string().min(2).max(40) }),
  z.object({ kind: z.literal('loanSettlement'), ...loan }),
  z.object({ kind: z.literal('repaymentHistory'), ...loan, period: DocumentPeriod }),
  z.object({ kind: z.literal('repaymentSchedule'), ...loan }),
  /** Named by its first year: 2025 is 1 July 2025 to 30 June 2026. */
  z.object({ kind: z.literal('annualStatement'), ...account, fundYear: z.number().int().min(1990).max(2100) }),
  z.object({ kind: z.literal('accountSheet'), ...account }),
  z.object({ kind: z.literal('loanSheet'), ...loan }),
  /** 业务受理回执: that a request of this person was taken, on whatever channel. */
  z.object({ kind: z.literal('acceptance'), requestNumber: z.string().max(40) }),
]);
export type DocumentAsk = z.infer<typeof DocumentAsk>;

export const DocumentPreview = z.object({ pages: z.number().int().positive(), pdfBase64: z.base64() });

/** What the lending centre answered (回执). */
export const ReplySlip = z.object({
  /** For the employee, and for a partner who borrows as well. */
  self: z.enum(['granted', 'refused']),
  partner: z.enum(['granted', 'refused']).optional(),
  /** Of the lending centre. */
  centreName: z.string().min(2).max(40),
  amountFen: Fen.optional(),
  /** 等额本金, 等额本息, 其他. */
  repayment: z.enum(['equalPrincipal', 'equalPayments', 'other']).optional(),
});
export type ReplySlip = z.infer<typeof ReplySlip>;

export const CertificateState = z.enum([
  /** Issued, nothing heard of it. */
  'issued',
  'granted',
  'refused',
  /** The lending centre says that the loan was paid out on it. */
  'used',
  'cancelRequested',
  'cancelled',
  'settled',
]);
export type CertificateState = z.infer<typeof CertificateState>;

export const OwnDocument = z.object({
  documentNumber: z.string(),
  kind: z.string(),
  state: z.enum(['valid', 'expired', 'cancelled']),
  issuedAt: Instant,
  /** Last day; null: it does not grow old. */
  validUntil: DateText.nullable(),
  pages: z.number().int(),
  reprints: z.number().int(),
  /** Of a certificate for another city's centre: what became of it there. */
  certificate: z.object({ state: CertificateState, reply: ReplySlip.nullable(), mayCancel: z.boolean() }).nullable(),
});
export type OwnDocument = z.infer<typeof OwnDocument>;

/** What anybody with number and code may see of a paper. */
export const VerifiedPaper = z.object({
  verdict: z.enum(['valid', 'expired', 'cancelled', 'unknown', 'locked']),
  /** Absent when unknown or locked. */
  paper: z
    .object({
      documentNumber: z.string(),
      kind: z.string(),
      title: z.object({ zh: z.string(), en: z.string() }),
      issuedAt: Instant,
      validUntil: DateText.nullable(),
      pages: z.number().int(),
      prints: z.number().int(),
      reprints: z.number().int(),
      sealed: z.boolean(),
      facts: z.array(z.object({ zh: z.string(), en: z.string(), value: z.string(), style: z.string().optional() })),
    })
    .optional(),
});
export type VerifiedPaper = z.infer<typeof VerifiedPaper>;
