import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { CalendarDate, Fen } from '../kinds/kind.ts';
import { drawTablePages } from '../kinds/table-pages.ts';
import { Grid } from '../layout/grid.ts';
import { drawEnd, type End, endHeight } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';

/** The interest of one fund year, line by line as domain/interest-lines.ts explains it. */
export const InterestSheet = z
  .object({
    /** Named by its first year. */
    fundYear: z.number().int().min(1990).max(2100),
    /** Per cent a year, as it is printed: '1.50%'. */
    rate: z.string().max(10),
    /** 30 June itself bears interest: a parameter of the centre. */
    settlementDayCounts: z.boolean(),
    lines: z
      .array(
        z.object({
          from: CalendarDate,
          to: CalendarDate,
          days: z.number().int().min(1),
          balanceFen: z.number().int(),
          productFenDays: z.number().int(),
        }),
      )
      .max(800),
    days: z.number().int().min(0),
    productFenDays: z.number().int(),
    interestFen: Fen,
  })
  .refine(
    ({ lines, productFenDays }) => lines.reduce((sum, line) => sum + line.productFenDays, 0) === productFenDays,
    'the lines do not add up to the product',
  );
export type InterestSheet = z.infer<typeof InterestSheet>;

export function drawInterest(open: OpenPaper, content: InterestSheet): void {
  const { fundYear, rate, settlementDayCounts, lines, productFenDays, interestFen } = content;
  const under = `${fundYear} 年度（${fundYear}年7月1日 至 ${fundYear + 1}年6月30日）`;
  const y = new Grid(open.sheet).draw(
    [
      [
        { label: '年 利 率', value: rate },
        { label: '计息方法', value: '余额 × 实际天数 × 年利率 ÷ 360' },
      ],
      [
        {
          label: '结 息 日',
          value: `${chineseDate(`${fundYear + 1}-06-30`)}，当日${settlementDayCounts ? '计' : '不计'}息`,
        },
        { label: '试算时间', value: shanghaiDateTime(open.paper.printedAt).slice(0, 16) },
      ],
      [{ label: '利　　息', value: `${formatYuan(interestFen)} 元`, strong: true }],
    ],
    drawNumberedHead(open, under) + 12,
  );
  const end: End = {
    truth: '积数为余额与天数之积。利息由各行积数之和乘以年利率除以 360 得出，只在最后四舍五入到分。',
    notes: ['实际利息以本中心 6 月 30 日结息的结果为准。'],
  };
  const below = drawTablePages(open, y + 10, {
    columns: [
      { heading: '起', width: 82, align: 'left' },
      { heading: '止', width: 82, align: 'left' },
      { heading: '天数', width: 60, align: 'right' },
      { heading: '余额（元）', width: 0, align: 'right' },
      { heading: '积数（元·天）', width: 130, align: 'right' },
    ],
    rows: lines.map(({ from, to, days, balanceFen, productFenDays: product }) => ({
      cells: [from, to, String(days), formatYuan(balanceFen), formatYuan(product)],
    })),
    total: { cells: ['合计', '', String(content.days), '', formatYuan(productFenDays)], weight: 'bold' },
    whose: under,
    tail: endHeight(open, end),
  });
  drawEnd(open, end, below);
}
