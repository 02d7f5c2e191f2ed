import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { CalendarDate, Fen } from '../kinds/kind.ts';
import { Grid } from '../layout/grid.ts';
import { COLOUR, CONTENT } from '../layout/page.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';
import { Table } from '../layout/table.ts';

const Choice = z.object({
  /** Payments still to come. */
  months: z.number().int().min(0),
  nextPaymentFen: Fen,
  lastDueDate: CalendarDate.nullable(),
  interestFen: Fen,
  /** Against going on as before. */
  savedFen: Fen,
});

/** An early repayment, both ways beside going on as before, as domain/loan-changes.ts works it out. */
export const EarlyRepaymentSheet = z.object({
  /** The last four digits; a sheet is left lying about. */
  loanEnding: z.string().max(8),
  on: CalendarDate,
  rate: z.string().max(10),
  balanceFen: Fen,
  amountFen: Fen,
  principalFen: Fen,
  accruedInterestFen: Fen,
  leftFen: Fen,
  before: Choice.omit({ savedFen: true }),
  /** 减少月供 */
  keepTerm: Choice,
  /** 缩短期限 */
  keepPayment: Choice,
});
export type EarlyRepaymentSheet = z.infer<typeof EarlyRepaymentSheet>;

const yuan = (fen: number): string => `${formatYuan(fen)} 元`;

export function drawEarlyRepayment(open: OpenPaper, content: EarlyRepaymentSheet): void {
  const { sheet } = open;
  const { before, keepTerm, keepPayment } = content;
  let y = new Grid(sheet).draw(
    [
      [
        { label: '贷款账号', value: content.loanEnding ? `尾号 ${content.loanEnding}` : '—' },
        { label: '当前利率', value: content.rate },
      ],
      [
        { label: '还款日期', value: chineseDate(content.on) },
        { label: '当前本金', value: yuan(content.balanceFen) },
      ],
      { heading: '提前还款' },
      [{ label: '还款金额', value: yuan(content.amountFen), strong: true }],
      [
        { label: '其中本金', value: yuan(content.principalFen) },
        { label: '其中利息', value: yuan(content.accruedInterestFen) },
      ],
      [
        { label: '剩余本金', value: yuan(content.leftFen) },
        { label: '试算时间', value: shanghaiDateTime(open.paper.printedAt).slice(0, 16) },
      ],
    ],
    drawNumberedHead(open, '两种还法与不提前还款的比较') + 12,
  );
  const table = new Table(sheet, [
    { heading: '', width: 0, align: 'left' },
    { heading: '不提前还款', width: 124, align: 'right' },
    { heading: '减少月供', width: 124, align: 'right' },
    { heading: '缩短期限', width: 124, align: 'right' },
  ]);
  const choices = [before, keepTerm, keepPayment];
  const row = (label: string, of: (choice: (typeof choices)[number]) => string) => [label, ...choices.map(of)];
  y = table.drawHeading(y + 14);
  for (const cells of [
    row('下期月供', ({ nextPaymentFen }) => yuan(nextPaymentFen)),
    row('剩余期数', ({ months }) => `${months} 期`),
    row('最后一期', ({ lastDueDate }) => lastDueDate ?? '已还清'),
    row('今后利息', ({ interestFen }) => yuan(interestFen)),
  ]) {
    y = table.drawRow({ cells }, y);
  }
  y = table.drawRow(
    { cells: ['节省利息', '—', yuan(keepTerm.savedFen), yuan(keepPayment.savedFen)], weight: 'bold' },
    y,
  );
  sheet.rule(y, CONTENT.left, CONTENT.right, 0.9, COLOUR.ink);
  drawEnd(
    open,
    {
      truth: '节省利息为不提前还款的今后利息，减去所选还法的今后利息和本次应付利息。',
      notes: ['试算按当前利率进行，不是申请。实际结果以本中心受理当日的计算为准。'],
    },
    y + 4,
  );
}
