import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { CalendarDate, type DocumentKind, Fen, Person } from './kind.ts';
import { personRow } from './deposit-certificate.ts';

/** 年度对账单: one fund year, 1 July to 30 June, closed by the settlement of its interest. */
export const AnnualStatement = z
  .object({
    person: Person,
    account: z.object({
      number: z.string().min(1).max(20),
      unitName: z.string().min(1).max(120),
      unitAccount: z.string().max(20),
    }),
    /** Named by its first year. */
    fundYear: z.number().int().min(1990).max(2100),
    /** 结息日期. */
    settledOn: CalendarDate,
    carriedFen: Fen,
    depositsFen: Fen,
    withdrawalsFen: Fen,
    interestFen: Fen,
    closingFen: Fen,
  })
  .refine(
    (year) => year.carriedFen + year.depositsFen - year.withdrawalsFen + year.interestFen === year.closingFen,
    'carried + deposits - withdrawals + interest is not what it closes with',
  );
export type AnnualStatement = z.infer<typeof AnnualStatement>;

export const annualStatement: DocumentKind<AnnualStatement> = {
  title: '个人住房公积金年度对账单',
  english: 'Annual statement',
  content: AnnualStatement,
  printed: ({ person, account }) => [
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    account.unitAccount,
  ],
  draw(open, content) {
    const { person, account, fundYear, settledOn } = content;
    const under = `${fundYear} 年度（${fundYear}年7月1日 至 ${fundYear + 1}年6月30日）`;
    const top = drawNumberedHead(open, under) + 12;
    const yuan = (fen: number) => `${formatYuan(fen)} 元`;
    const y = new Grid(open.sheet).draw(
      [
        personRow(open.paper, person),
        [{ label: '单位名称', value: account.unitName }],
        [
          { label: '公积金账号', value: account.number },
          { label: '结息日期', value: chineseDate(settledOn) },
        ],
        { heading: '本年度' },
        [
          { label: '上期结转', value: yuan(content.carriedFen) },
          { label: '本期缴存', value: yuan(content.depositsFen) },
        ],
        [
          { label: '本期提取', value: yuan(content.withdrawalsFen) },
          { label: '利　　息', value: yuan(content.interestFen) },
        ],
        [{ label: '本息合计', value: yuan(content.closingFen), strong: true }],
      ],
      top,
    );
    drawEnd(
      open,
      {
        words: { label: '本息合计（大写）', fen: content.closingFen },
        truth: '本对账单所列内容与本中心业务系统记录一致，本中心对其真实性负责。',
        notes: ['上期结转＋本期缴存－本期提取＋利息＝本息合计。对内容有异议的，请向本中心提出。'],
      },
      y + 4,
    );
  },
  facts: ({ person, account, fundYear, interestFen, closingFen }) => [
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '公积金账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '年度', en: 'Fund year', value: String(fundYear) },
    { zh: '利息', en: 'Interest', value: `${formatYuan(interestFen)} 元`, style: 'money' },
    { zh: '本息合计', en: 'Closing', value: `${formatYuan(closingFen)} 元`, style: 'total' },
  ],
};
