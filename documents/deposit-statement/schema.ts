import {
  CERTIFICATE_TYPES,
  ENTRY_KINDS,
  INTEREST_ENTRY,
  type CertificateType,
  type EntryKind,
} from '@kiosk/domain/code-tables.ts';
import { isCalendarDate, isCalendarMonth } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import { Issued, Paper } from '../layout/paper/paper.ts';

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
  /** 经办机构: the office that booked it, in a few words; the column is there where any row has one. */
  office: z.string().min(1).max(30).optional(),
});
export type DepositStatementRow = z.infer<typeof DepositStatementRow>;

/** What the 个人住房公积金缴存明细对账单 says. Amounts are fen. Totals are not given but computed from the rows. */
const shape = {
  person: z.object({
    name: z.string().min(1).max(60),
    certificateType: z.enum<CertificateType[]>(keysOf(CERTIFICATE_TYPES)),
    certificateNumber: z.string().min(1).max(30),
  }),
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
};

type Figures = Pick<z.infer<z.ZodObject<typeof shape>>, 'openingFen' | 'rows' | 'period'>;

/** A row whose balance does not follow from the one before is refused: this paper carries the centre's word. */
function checkRows({ openingFen, rows, period }: Figures, context: z.core.$RefinementCtx): void {
  let balance = openingFen;
  rows.forEach((row, i) => {
    balance += row.inFen - row.outFen;
    const problem =
      row.balanceFen !== balance
        ? 'its balance does not follow from the row before'
        : row.date < period.from || row.date > period.to
          ? 'it lies outside the period'
          : undefined;
    if (problem) context.addIssue({ code: 'custom', path: ['rows', i], message: `row ${i + 1}: ${problem}` });
    balance = row.balanceFen;
  });
}

export const StatementContent = z.object(shape).superRefine(checkRows);
export type StatementContent = z.infer<typeof StatementContent>;

/** The content with the paper around it, in one. */
export const DepositStatement = z
  .object({
    ...Paper.omit({ issued: true, shown: true }).shape,
    ...Issued.shape,
    ...shape,
    certificateShown: Paper.shape.shown,
  })
  .superRefine(checkRows);
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
      // Left out where it is not said: codes of papers issued before it was are still the same.
      ...(row.office === undefined ? [] : [row.office]),
    ]),
  ]);
}
