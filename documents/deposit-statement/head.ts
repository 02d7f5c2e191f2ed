import { CERTIFICATE_TYPES } from '@kiosk/domain/code-tables.ts';
import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskIdNumber } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { COLOUR, CONTENT } from '../layout/page.ts';
import { drawHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';
import type { Sheet, TextStyle } from '../layout/sheet.ts';
import { statementTotals, type StatementContent } from './schema.ts';

export const TITLE = '个人住房公积金缴存明细对账单';

const LABEL: TextStyle = { size: 8.5, colour: COLOUR.quiet };
const VALUE: TextStyle = { size: 10 };
const FACT_HEIGHT = 19;
const FACT_LABEL_WIDTH = 52;

/** Title, whom and what it is about, and the five figures; returns the y where the table begins. */
export function drawFirstHead(open: OpenPaper, statement: StatementContent): number {
  const { from, to } = statement.period;
  const under = `${chineseDate(from)} 至 ${chineseDate(to)}`;
  const y = drawFacts(open, statement, drawHead(open, { under, aside: '金额单位：元' }) + 7) + 9;
  return drawFigures(open.sheet, statement, y) + 12;
}

/** Two columns of label and value; a value that is too long takes more lines and pushes its row down. */
function drawFacts({ sheet, paper }: OpenPaper, statement: StatementContent, top: number): number {
  const { person, account } = statement;
  const certificate = paper.shown === 'full' ? person.certificateNumber : maskIdNumber(person.certificateNumber);
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
      ['打印时间', shanghaiDateTime(paper.printedAt)],
    ],
    [
      ['凭证编号', paper.issued ? formatDocumentNumber(paper.issued.documentNumber) : '预览，未编号'],
      ['自助终端', paper.terminalId],
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

function drawFigures(sheet: Sheet, statement: StatementContent, top: number): number {
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
