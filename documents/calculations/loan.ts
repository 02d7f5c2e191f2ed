import { REPAYMENT_WAYS } from '@kiosk/domain/code-tables.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Fen } from '../kinds/kind.ts';
import { drawTablePages } from '../kinds/table-pages.ts';
import { Grid } from '../layout/grid.ts';
import { drawEnd, type End, endHeight } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';

/** What a loan would cost: the plan as domain/loan-schedule.ts makes it. */
export const LoanSheet = z
  .object({
    amountFen: Fen,
    months: z.number().int().min(1).max(480),
    /** Per cent a year, as it is printed: '2.60%'. */
    rate: z.string().max(10),
    home: z.enum(['first', 'second']),
    way: z.enum(['01', '02']),
    rows: z
      .array(
        z.object({
          number: z.number().int().min(1),
          paymentFen: Fen,
          principalFen: Fen,
          interestFen: Fen,
          balanceFen: Fen,
        }),
      )
      .min(1)
      .max(480),
  })
  .refine(
    ({ rows, amountFen }) => rows.reduce((sum, row) => sum + row.principalFen, 0) === amountFen,
    'the plan does not repay the loan',
  );
export type LoanSheet = z.infer<typeof LoanSheet>;

export function drawLoan(open: OpenPaper, { amountFen, months, rate, home, way, rows }: LoanSheet): void {
  const yuan = (fen: number) => `${formatYuan(fen)} 元`;
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const interest = rows.reduce((sum, row) => sum + row.interestFen, 0);
  const y = new Grid(open.sheet).draw(
    [
      [
        { label: '贷款金额', value: yuan(amountFen), strong: true },
        { label: '贷款期限', value: `${months} 个月` },
      ],
      [
        { label: '年 利 率', value: `${rate}（${home === 'first' ? '首套住房' : '第二套住房'}）` },
        { label: '还款方式', value: REPAYMENT_WAYS[way] },
      ],
      [
        { label: '首期月供', value: yuan(first.paymentFen), strong: true },
        { label: '末期月供', value: yuan(last.paymentFen) },
      ],
      [
        { label: '利息总额', value: yuan(interest) },
        { label: '本息合计', value: yuan(amountFen + interest), strong: true },
      ],
      [{ label: '试算时间', value: shanghaiDateTime(open.paper.printedAt).slice(0, 16) }],
    ],
    drawNumberedHead(open, '按当前利率试算，利率调整后月供随之变化') + 12,
  );
  const end: End = {
    truth: '试算不代表贷款资格和额度。可贷金额、期限和利率以本中心审批的结果为准。',
  };
  const below = drawTablePages(open, y + 10, {
    columns: [
      { heading: '期数', width: 52, align: 'center' },
      { heading: '月供（元）', width: 105, align: 'right' },
      { heading: '本金（元）', width: 105, align: 'right' },
      { heading: '利息（元）', width: 105, align: 'right' },
      { heading: '剩余本金（元）', width: 0, align: 'right' },
    ],
    rows: rows.map((row) => ({
      cells: [
        String(row.number),
        formatYuan(row.paymentFen),
        formatYuan(row.principalFen),
        formatYuan(row.interestFen),
        formatYuan(row.balanceFen),
      ],
    })),
    total: {
      cells: ['合计', formatYuan(amountFen + interest), formatYuan(amountFen), formatYuan(interest), ''],
      weight: 'bold',
    },
    whose: `${yuan(amountFen)}　${months} 个月　${rate}`,
    tail: endHeight(open, end),
  });
  drawEnd(open, end, below);
}
