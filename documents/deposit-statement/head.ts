import { CERTIFICATE_TYPES } from '@kiosk/domain/code-tables.ts';
import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskIdNumber } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { drawCentreMark } from '../layout/centre-mark.ts';
import { COLOUR, CONTENT, MARGIN, PAGE, mm } from '../layout/page.ts';
import type { Sheet, TextStyle } from '../layout/sheet.ts';
import { statementTotals, type DepositStatement } from './schema.ts';

export const TITLE = '个人住房公积金缴存明细对账单';

const LABEL: TextStyle = { size: 8.5, colour: COLOUR.quiet };
const VALUE: TextStyle = { size: 10 };
const FACT_HEIGHT = 19;
const FACT_LABEL_WIDTH = 52;

/** Title, whom and what it is about, and the five figures; returns the y where the table begins. */
export function drawFirstHead(sheet: Sheet, statement: DepositStatement): number {
  let y: number = CONTENT.top;
  drawCentreMark(sheet, statement.centreName, CONTENT.left, y);
  if (statement.reprint > 0) drawReprintMark(sheet, statement.reprint, CONTENT.right, y);
  y += 34;
  sheet.text(TITLE, CONTENT.left, y, { size: 19, weight: 'bold' });
  y += 31;
  const { from, to } = statement.period;
  sheet.text(`${chineseDate(from)} 至 ${chineseDate(to)}`, CONTENT.left, y, { size: 10.5, colour: COLOUR.quiet });
  sheet.text('金额单位：元', CONTENT.right, y + 1.5, { ...LABEL, align: 'right' });
  y += 24;
  sheet.rule(y, CONTENT.left, CONTENT.right, 1.2, COLOUR.accent);
  y = drawFacts(sheet, statement, y + 7) + 9;
  return drawFigures(sheet, statement, y) + 12;
}

/** The head of every further page: what this is and whose, in one line. */
export function drawContinuationHead(sheet: Sheet, statement: DepositStatement): void {
  const y = CONTENT.top;
  sheet.text(`${TITLE}（续）`, CONTENT.left, y, { size: 10, weight: 'bold' });
  const { person, account } = statement;
  sheet.text(`${person.name}\u3000账号 ${account.number}`, CONTENT.right, y + 1, { ...LABEL, align: 'right' });
  sheet.rule(y + 21, CONTENT.left, CONTENT.right, 1.2, COLOUR.accent);
}

/** Number and page on every page, so that a loose sheet can be put back. */
export function drawFooter(sheet: Sheet, statement: DepositStatement, page: number, pages: number): void {
  const y = PAGE.height - MARGIN.bottom - mm(4.6);
  const style: TextStyle = { size: 7.5, colour: COLOUR.quiet };
  sheet.rule(y - 3, CONTENT.left, CONTENT.right, 0.4);
  sheet.text(`编号 ${formatDocumentNumber(statement.documentNumber)}`, CONTENT.left, y, style);
  if (statement.reprint > 0) sheet.text(`补打 ${statement.reprint}`, PAGE.width / 2, y, { ...style, align: 'center' });
  sheet.text(`第 ${page} 页，共 ${pages} 页`, CONTENT.right, y, { ...style, align: 'right' });
}

function drawReprintMark(sheet: Sheet, reprint: number, right: number, y: number): void {
  const label = `补打 ${reprint}`;
  const style: TextStyle = { size: 9, weight: 'bold', align: 'center' };
  const width = sheet.widthOf(label, style) + 18;
  sheet.draw(
    (pdf) =>
      void pdf
        .roundedRect(right - width, y, width, 18, 9)
        .lineWidth(0.9)
        .stroke(COLOUR.ink),
  );
  sheet.textInBand(label, right - width / 2, y, 18, style);
}

/** Two columns of label and value; a value that is too long takes more lines and pushes its row down. */
function drawFacts(sheet: Sheet, statement: DepositStatement, top: number): number {
  const { person, account } = statement;
  const certificate =
    statement.certificateShown === 'full' ? person.certificateNumber : maskIdNumber(person.certificateNumber);
  const facts: readonly (readonly [string, string])[][] = [
    [
      ['姓　　名', person.name],
      [CERTIFICATE_TYPES[person.certificateType], certificate],
    ],
    [
      ['个人账号', account.number],
      ['单位账号', account.unitAccount],
    ],
    [
      ['单位名称', account.unitName],
      ['打印时间', shanghaiDateTime(statement.printedAt)],
    ],
    [
      ['凭证编号', formatDocumentNumber(statement.documentNumber)],
      ['自助终端', statement.terminalId],
    ],
  ];
  const half = CONTENT.width * 0.56;
  let y = top;
  for (const row of facts) {
    let height = FACT_HEIGHT;
    row.forEach(([label, value], i) => {
      const left = CONTENT.left + i * half;
      const width = (i === 0 ? half - 12 : CONTENT.width - half) - FACT_LABEL_WIDTH;
      sheet.textInBand(label, left, y, FACT_HEIGHT, LABEL);
      const lines = sheet.wrap(value, width, VALUE);
      lines.forEach((line, n) => sheet.textInBand(line, left + FACT_LABEL_WIDTH, y + n * 14, FACT_HEIGHT, VALUE));
      height = Math.max(height, FACT_HEIGHT + (lines.length - 1) * 14);
    });
    y += height;
  }
  return y;
}

function drawFigures(sheet: Sheet, statement: DepositStatement, top: number): number {
  const totals = statementTotals(statement);
  const height = 50;
  sheet.band(CONTENT.left, top, CONTENT.width, height, COLOUR.tint, 5);
  const figures: readonly (readonly [string, number])[] = [
    ['期初余额', statement.openingFen],
    ['收入合计', totals.inFen],
    ['其中利息', totals.interestFen],
    ['支出合计', totals.outFen],
  ];
  const step = (CONTENT.width - 150) / figures.length;
  figures.forEach(([label, fen], i) => {
    const left = CONTENT.left + 12 + i * step;
    sheet.text(label, left, top + 9, LABEL);
    sheet.text(formatYuan(fen), left, top + 24, { size: 10.5, weight: 'bold' });
  });
  const right = CONTENT.right - 12;
  sheet.text('期末余额', right, top + 6, { ...LABEL, align: 'right' });
  sheet.text(formatYuan(totals.closingFen), right, top + 18, {
    size: 17,
    weight: 'bold',
    colour: COLOUR.accent,
    align: 'right',
  });
  return top + height;
}
