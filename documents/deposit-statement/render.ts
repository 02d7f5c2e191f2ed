import { fail, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { missingCharacters, type DocumentFonts } from '../fonts.ts';
import { cutIntoPages } from '../layout/pagination.ts';
import { CONTENT, COLOUR } from '../layout/page.ts';
import { Sheet } from '../layout/sheet.ts';
import { HEADING_HEIGHT, Table } from '../layout/table.ts';
import { drawEnd, endHeight } from './end.ts';
import { drawContinuationHead, drawFirstHead, drawFooter, TITLE } from './head.ts';
import { carriedRow, closingRow, COLUMNS, detailRow, openingRow } from './rows.ts';
import { DepositStatement, statementTotals, type DepositStatementInput } from './schema.ts';

export interface RenderedDocument {
  /** A PDF. */
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/**
 * Renders the deposit statement (个人住房公积金缴存明细对账单) on A4. The same input gives the same bytes.
 * Fails with E5204 when the fonts lack a character (a rare name): a paper with a hole in it is worse than none.
 * An input that contradicts itself throws: whoever keeps the account has a bug.
 */
export async function renderDepositStatement(
  input: DepositStatementInput,
  fonts: DocumentFonts,
): Promise<Result<RenderedDocument>> {
  const statement = DepositStatement.parse(input);
  const missing = missingCharacters(fonts, printedTexts(statement));
  if (missing.length > 0) return fail('E5204', `the fonts lack ${missing.length} character(s) of the document`);

  const sheet = new Sheet(fonts, {
    title: TITLE,
    author: statement.centreName,
    subject: statement.documentNumber,
    createdAt: statement.printedAt,
  });
  sheet.addPage();
  const firstTop = drawFirstHead(sheet, statement);
  drawRows(sheet, statement, firstTop);
  sheet.onEachPage((page, pages) => drawFooter(sheet, statement, page, pages));
  const pages = sheet.pageCount;
  return ok({ bytes: await sheet.finish(), pages });
}

function drawRows(sheet: Sheet, statement: DepositStatement, firstTop: number): void {
  const totals = statementTotals(statement);
  const table = new Table(sheet, COLUMNS);
  const opening = openingRow(statement);
  const rows = statement.rows.map(detailRow);
  const closing = closingRow(totals);
  const carriedHeight = table.heightOf(carriedRow(0));

  const ends = cutIntoPages(
    rows.map((row) => table.heightOf(row)),
    {
      first: CONTENT.bottom - firstTop - HEADING_HEIGHT - table.heightOf(opening),
      following: CONTENT.bottom - CONTINUATION_TOP - HEADING_HEIGHT - carriedHeight,
      tail: table.heightOf(closing) + endHeight(sheet, statement),
      rowsWithTail: 3,
    },
  );

  let start = 0;
  let y = firstTop;
  ends.forEach((end, page) => {
    if (page > 0) {
      sheet.addPage();
      drawContinuationHead(sheet, statement);
      y = CONTINUATION_TOP;
    }
    y = table.drawHeading(y);
    y = table.drawRow(page === 0 ? opening : carriedRow(statement.rows[start - 1]!.balanceFen), y);
    for (const row of rows.slice(start, end)) y = table.drawRow(row, y);
    start = end;
  });
  y = table.drawRow(closing, y);
  sheet.rule(y, CONTENT.left, CONTENT.right, 0.9, COLOUR.ink);
  drawEnd(sheet, statement, totals, y);
}

/** Below the head of every page but the first. */
const CONTINUATION_TOP = CONTENT.top + 30;

/** Everything that comes from outside and will be printed; the fixed words are covered by a test. */
function printedTexts(statement: DepositStatement): string[] {
  const { centreName, person, account, rows, truthStatement, enquiryPhone } = statement;
  return [
    centreName,
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    account.unitAccount,
    truthStatement,
    enquiryPhone,
    ...rows.map((row) => row.summary),
  ];
}
