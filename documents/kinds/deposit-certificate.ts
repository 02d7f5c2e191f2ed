import { ACCOUNT_STATES, CERTIFICATE_TYPES } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { Paper } from '../layout/paper/paper.ts';
import {
  AccountFacts,
  CalendarMonth,
  chineseMonth,
  type DocumentKind,
  percent,
  Person,
  shownCertificate,
} from './kind.ts';

export const DepositCertificate = z.object({
  person: Person,
  account: AccountFacts,
  /** First and last month with a deposit, and how many there were; null: none yet. */
  deposits: z.object({ from: CalendarMonth, to: CalendarMonth, months: z.number().int().min(1) }).nullable(),
  /** As the depositor chose it; the centre's words. */
  purpose: z.string().max(60),
});
export type DepositCertificate = z.infer<typeof DepositCertificate>;

export const accountRows = (account: AccountFacts): GridRow[] => [
  [
    { label: '个人账号', value: account.number },
    { label: '账户状态', value: ACCOUNT_STATES[account.state] },
  ],
  [{ label: '单位名称', value: account.unitName }],
  [
    { label: '单位账号', value: account.unitAccount || '—' },
    { label: '开户日期', value: chineseDate(account.openedOn) },
  ],
  [
    { label: '缴存基数', value: `${formatYuan(account.contributionBaseFen)} 元` },
    { label: '月缴存额', value: `${formatYuan(account.unitMonthlyFen + account.personMonthlyFen)} 元` },
  ],
  [
    { label: '单位缴存比例', value: `${percent(account.unitRatioBp)}，${formatYuan(account.unitMonthlyFen)} 元` },
    { label: '个人缴存比例', value: `${percent(account.personRatioBp)}，${formatYuan(account.personMonthlyFen)} 元` },
  ],
];

export const personRow = (paper: Paper, person: Person): GridRow => [
  { label: '姓　　名', value: person.name, strong: true },
  { label: CERTIFICATE_TYPES[person.certificateType], value: shownCertificate(paper, person) },
];

export const depositCertificate: DocumentKind<DepositCertificate> = {
  title: '个人住房公积金缴存证明',
  english: 'Deposit certificate',
  content: DepositCertificate,
  printed: ({ person, account, purpose }) => [
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    account.unitAccount,
    purpose,
  ],
  draw(open, { person, account, deposits, purpose }) {
    const top = drawNumberedHead(open, '兹证明下列职工在本中心缴存住房公积金的情况如下') + 12;
    const rows: GridRow[] = [
      { heading: '职工' },
      personRow(open.paper, person),
      { heading: '账户' },
      ...accountRows(account),
      { heading: '缴存' },
      [
        { label: '缴至年月', value: account.paidToMonth ? chineseMonth(account.paidToMonth) : '尚未缴存' },
        { label: '累计月数', value: deposits ? `${deposits.months} 个月` : '0 个月' },
      ],
      [
        {
          label: '缴存起止',
          value: deposits ? `${chineseMonth(deposits.from)} 至 ${chineseMonth(deposits.to)}` : '—',
        },
        { label: '账户余额', value: `${formatYuan(account.balanceFen)} 元`, strong: true },
      ],
      [{ label: '用　　途', value: purpose || '—' }],
    ];
    const y = new Grid(open.sheet).draw(rows, top);
    drawEnd(
      open,
      {
        words: { label: '账户余额（大写）', fen: account.balanceFen },
        truth: '本证明所列内容与本中心业务系统记录一致，本中心对其真实性负责。',
      },
      y + 4,
    );
  },
  facts: ({ person, account, deposits }) => [
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '个人账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '账户状态', en: 'State', value: ACCOUNT_STATES[account.state] },
    { zh: '缴至年月', en: 'Paid to', value: account.paidToMonth ?? '—' },
    { zh: '累计月数', en: 'Months', value: `${deposits?.months ?? 0}` },
    { zh: '账户余额', en: 'Balance', value: `${formatYuan(account.balanceFen)} 元`, style: 'total' },
  ],
};
