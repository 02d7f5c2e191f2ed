import {
  CERTIFICATE_TYPES,
  ENTRY_KINDS,
  INTEREST_ENTRY,
  type CertificateType,
  type EntryKind,
} from '@kiosk/domain/code-tables.ts';
import { isCalendarDate, isCalendarMonth } from '@kiosk/domain/dates.ts';
import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';
import { z } from 'zod';

const CalendarDate = z.string().refine(isCalendarDate, 'a calendar date YYYY-MM-DD');
const CalendarMonth = z.string().refine(isCalendarMonth, 'a calendar month YYYY-MM');
const Fen = z.number().int();
const FenNotNegative = Fen.min(0);
const keysOf = <Key extends string>(table: Readonly<Record<Key, string>>) => Object.keys(table) as [Key, ...Key[]];

export const DepositStatementRow = z.object({
  date: CalendarDate,
  /** A.5; decides what counts as interest. */
  kind: z.enum<EntryKind[]>(keysOf(ENTRY_KINDS)),
  /** The centre's own word, printed as it is. */
  summary: z.string().min(1).max(60),
  /** Month or months the deposit is for (缴存年月). */
  depositMonths: z.object({ from: CalendarMonth, to: CalendarMonth }).optional(),
  inFen: FenNotNegative,
  outFen: FenNotNegative,
  /** After this row. */
  balanceFen: Fen,
});
export type DepositStatementRow = z.infer<typeof DepositStatementRow>;

/**
 * Everything the 个人住房公积金缴存明细对账单 shows. Amounts are fen. Totals are not given but computed from the rows, and a
 * row whose balance does not follow from the one before is refused: this paper carries the centre's word.
 */
export const DepositStatement = z
  .object({
    documentNumber: z
      .string()
      .refine((number) => parseDocumentNumber(number).ok, 'a document number with its check character'),
    /** 16 characters, see verification.ts. */
    verificationCode: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{16}$/),
    /** Address of the page that verifies; number and code are added to it. */
    verifyUrl: z.url({ protocol: /^https?$/ }).max(120),
    centreName: z.string().min(2).max(20),
    person: z.object({
      name: z.string().min(1).max(60),
      certificateType: z.enum<CertificateType[]>(keysOf(CERTIFICATE_TYPES)),
      certificateNumber: z.string().min(1).max(30),
    }),
    /** The depositor's choice on the screen. */
    certificateShown: z.enum(['masked', 'full']),
    account: z.object({
      number: z.string().min(1).max(20),
      unitName: z.string().min(1).max(120),
      unitAccount: z.string().min(1).max(20),
    }),
    period: z
      .object({ from: CalendarDate, to: CalendarDate })
      .refine(({ from, to }) => from <= to, 'a period that runs forward'),
    openingFen: Fen,
    rows: z.array(DepositStatementRow).max(2000),
    /** UTC ms. */
    printedAt: z.number().int().min(0),
    terminalId: z.string().regex(/^[0-9A-Z]{6}$/),
    /** 0 for the first print; n marks the paper 补打 n. */
    reprint: z.number().int().min(0).default(0),
    validMonths: z.number().int().min(1).max(24).default(2),
    truthStatement: z
      .string()
      .min(1)
      .max(200)
      .default('本对账单所列内容与本中心业务系统记录一致，本中心对其真实性负责。'),
    enquiryPhone: z.string().max(20).default('12329'),
    /** True where the seal is not a centre's: the paper then says so in words and in the seal. */
    demonstration: z.boolean(),
  })
  .superRefine((statement, context) => {
    let balance = statement.openingFen;
    statement.rows.forEach((row, i) => {
      balance += row.inFen - row.outFen;
      const problem =
        row.balanceFen !== balance
          ? 'its balance does not follow from the row before'
          : row.date < statement.period.from || row.date > statement.period.to
            ? 'it lies outside the period'
            : undefined;
      if (problem) context.addIssue({ code: 'custom', path: ['rows', i], message: `row ${i + 1}: ${problem}` });
      balance = row.balanceFen;
    });
  });
export type DepositStatement = z.infer<typeof DepositStatement>;
/** What a caller writes: defaults may be left out. */
export type DepositStatementInput = z.input<typeof DepositStatement>;

export interface StatementTotals {
  readonly inFen: number;
  readonly outFen: number;
  /** The part of inFen that is interest. */
  readonly interestFen: number;
  readonly closingFen: number;
}

export function statementTotals(statement: Pick<DepositStatement, 'openingFen' | 'rows'>): StatementTotals {
  let [inFen, outFen, interestFen] = [0, 0, 0];
  for (const row of statement.rows) {
    inFen += row.inFen;
    outFen += row.outFen;
    if (row.kind === INTEREST_ENTRY) interestFen += row.inFen;
  }
  return { inFen, outFen, interestFen, closingFen: statement.openingFen + inFen - outFen };
}

/** What the verification code stands for: who, which account, which period, every figure. Print time and reprints do not change it. */
export function canonicalContent(
  statement: Pick<DepositStatementInput, 'documentNumber' | 'person' | 'account' | 'period' | 'openingFen' | 'rows'>,
): string {
  const { documentNumber, person, account, period, openingFen, rows } = statement;
  return JSON.stringify([
    'deposit-statement/1',
    documentNumber,
    [person.name, person.certificateType, person.certificateNumber],
    [account.number, account.unitName, account.unitAccount],
    [period.from, period.to],
    openingFen,
    rows.map((row) => [
      row.date,
      row.kind,
      row.summary,
      row.depositMonths ? [row.depositMonths.from, row.depositMonths.to] : null,
      row.inFen,
      row.outFen,
      row.balanceFen,
    ]),
  ]);
}
