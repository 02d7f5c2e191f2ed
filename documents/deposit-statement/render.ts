import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { DocumentFonts } from '../fonts.ts';
import { cutIntoPages } from '../layout/pagination.ts';
import { CONTENT, COLOUR } from '../layout/page.ts';
import { drawEnd, type End, endHeight } from '../layout/paper/end.ts';
import { CONTINUATION_TOP, drawContinuationHead } from '../layout/paper/head.ts';
import { closePaper, openPaper, type OpenPaper, type RenderedDocument } from '../layout/paper/open.ts';
import type { Paper } from '../layout/paper/paper.ts';
import { HEADING_HEIGHT, Table } from '../layout/table.ts';
import { drawFirstHead, TITLE } from './head.ts';
import { carriedRow, closingRow, columnsFor, detailRow, openingRow } from './rows.ts';
import { DepositStatement, statementTotals, type DepositStatementInput, type StatementContent } from './schema.ts';

export type { RenderedDocument };

export const STATEMENT_TRUTH = '本对账单所列内容与本中心业务系统记录一致，本中心对其真实性负责。';

/**
 * Renders the deposit statement (个人住房公积金缴存明细对账单) on A4. The same input gives the same bytes.
 * Fails with E5204 when the fonts lack a character (a rare name): a paper with a hole in it is worse than none.
 * An input that contradicts itself throws: whoever keeps the account has a bug.
 */
export async function renderDepositStatement(
  input: DepositStatementInput,
  fonts: DocumentFonts,
): Promise<Result<RenderedDocument>> {
  const { documentNumber, verificationCode, verifyUrl, certificateShown, ...rest } = DepositStatement.parse(input);
  const paper: Paper = { ...rest, issued: { documentNumber, verificationCode, verifyUrl }, shown: certificateShown };
  const opened = openPaper(fonts, paper, TITLE, printedTexts(rest));
  if (!opened.ok) return opened;
  drawStatement(opened.value, rest);
  return closePaper(opened.value);
}

export function drawStatement(open: OpenPaper, statement: StatementContent): void {
  drawRows(open, statement, drawFirstHead(open, statement));
}

function drawRows(open: OpenPaper, statement: StatementContent, firstTop: number): void {
  const { sheet } = open;
  const end: End = {
    words: { label: '期末余额（大写）', fen: statementTotals(statement).closingFen },
    truth: STATEMENT_TRUTH,
  };
  const totals = statementTotals(statement);
  const table = new Table(sheet, columnsFor(statement));
  const opening = openingRow(statement);
  const rows = statement.rows.map(detailRow);
  const closing = closingRow(totals);
  const carriedHeight = table.heightOf(carriedRow(0));

  const ends = cutIntoPages(
    rows.map((row) => table.heightOf(row)),
    {
      first: CONTENT.bottom - firstTop - HEADING_HEIGHT - table.heightOf(opening),
      following: CONTENT.bottom - CONTINUATION_TOP - HEADING_HEIGHT - carriedHeight,
      tail: table.heightOf(closing) + endHeight(open, end),
      rowsWithTail: 3,
    },
  );

  let start = 0;
  let y = firstTop;
  ends.forEach((last, page) => {
    if (page > 0) {
      sheet.addPage();
      y = drawContinuationHead(open, `${statement.person.name}\u3000账号 ${statement.account.number}`);
    }
    y = table.drawHeading(y);
    y = table.drawRow(page === 0 ? opening : carriedRow(statement.rows[start - 1]!.balanceFen), y);
    for (const row of rows.slice(start, last)) y = table.drawRow(row, y);
    start = last;
  });
  y = table.drawRow(closing, y);
  sheet.rule(y, CONTENT.left, CONTENT.right, 0.9, COLOUR.ink);
  drawEnd(open, end, y);
}

/** Everything that comes from outside and will be printed; the fixed words are covered by a test. */
export function printedTexts({ person, account, rows }: StatementContent): string[] {
  return [
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    account.unitAccount,
    ...rows.flatMap(({ summary, office }) => (office === undefined ? [summary] : [summary, office])),
  ];
}
