import { formatDocumentNumber, parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { z } from 'zod';

/** What makes a paper one of the register. */
export const Issued = z.object({
  documentNumber: z
    .string()
    .refine((number) => parseDocumentNumber(number).ok, 'a document number with its check character'),
  /** 16 characters, see verification.ts. */
  verificationCode: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{16}$/),
  /** Address of the page that verifies; number and code are added to it. */
  verifyUrl: z.url({ protocol: /^https?$/ }).max(120),
});

/**
 * What every A4 paper of the centre has around its content: who says so, under which number, until when. `issued` null makes a
 * preview: no number, no code, no seal, and a watermark on every page.
 */
export const Paper = z.object({
  issued: Issued.nullable(),
  /** A calculation made at the terminal: never numbered nor sealed, and so no preview of a paper either; every page says so. */
  calculation: z.boolean().default(false),
  centreName: z.string().min(2).max(20),
  /** UTC ms. */
  printedAt: z.number().int().min(0),
  /** Who asked: a terminal, or another channel. */
  terminalId: z.string().regex(/^[0-9A-Z]{6}$/),
  /** The depositor's choice on the screen, for certificate numbers. */
  shown: z.enum(['masked', 'full']).default('masked'),
  /** 0 for the first print; n marks the paper 补打 n. */
  reprint: z.number().int().min(0).default(0),
  /** null: what it says does not grow old. */
  validMonths: z.number().int().min(1).max(24).nullable().default(2),
  enquiryPhone: z.string().max(20).default('12329'),
  /** True where the seal is not a centre's: the paper then says so in words and in the seal. */
  demonstration: z.boolean(),
  /** Leave a place for a signature (seal by a provider that signs). */
  signatureField: z.boolean().default(false),
});
export type Paper = z.infer<typeof Paper>;
export type PaperInput = z.input<typeof Paper>;

/** What stands where the number would: '编号 3801 …' or why there is none. */
export function numberWords({ issued, calculation }: Paper): string {
  if (issued) return `编号 ${formatDocumentNumber(issued.documentNumber)}`;
  return calculation ? '试算单，未加盖印章，不作凭证' : '预览，未编号';
}
