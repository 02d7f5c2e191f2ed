import { ACCOUNT_STATES, REPAYMENT_WAYS } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { CONTENT } from '../layout/page.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawContinuationHead, drawNumberedHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';
import {
  AccountFacts,
  CalendarDate,
  CalendarMonth,
  chineseMonth,
  type DocumentKind,
  Fen,
  percent,
  Person,
} from './kind.ts';
import { personRow } from './deposit-certificate.ts';
import { drawTablePages } from './table-pages.ts';

/** One of four boxes on the form. In arrears is not a state of A.6: whoever fills the form knows what is owed. */
export const AccountBox = z.enum(['normal', 'sealed', 'arrears', 'other']);
export type AccountBox = z.infer<typeof AccountBox>;

/** 异地贷款职工住房公积金缴存使用证明, with its detail sheet and the reply slip the lending centre sends back. */
export const CrossRegionCertificate = z.object({
  /** The centre of the city where the loan is asked for. */
  addressee: z.string().min(2).max(40),
  /** 公积金贷款城市, where the centre's name does not say it. */
  city: z.string().max(40).optional(),
  person: Person,
  account: AccountFacts,
  accountBox: AccountBox,
  /** Without a gap, up to the last month paid. */
  continuous: z.object({ from: CalendarMonth, to: CalendarMonth }).nullable(),
  /** Loans so far, all paid off; whoever has one open gets no certificate. */
  loans: z.enum(['none', 'one', 'more']),
  /** Of the loans there were, fen. */
  loanAmountFen: Fen,
  contact: z.object({ name: z.string().min(1).max(30), phone: z.string().min(1).max(20) }),
  /** Newest last; the detail sheet. */
  details: z
    .array(
      z.object({
        date: CalendarDate,
        summary: z.string().min(1).max(60),
        month: CalendarMonth.nullable(),
        inFen: Fen,
        outFen: Fen,
        balanceFen: Fen,
      }),
    )
    .max(400),
});
export type CrossRegionCertificate = z.infer<typeof CrossRegionCertificate>;

const BOXES: readonly (readonly [AccountBox, string])[] = [
  ['normal', '正常'],
  ['sealed', '封存'],
  ['arrears', '欠款'],
  ['other', '其他'],
];
const LOANS: readonly (readonly [CrossRegionCertificate['loans'], string])[] = [
  ['none', '无贷款记录'],
  ['one', '一次贷款，已结清'],
  ['more', '两次及以上贷款，已结清'],
];

const ticked = <K extends string>(choices: readonly (readonly [K, string])[], chosen: K | undefined) =>
  choices.map(([key, label]) => ({ label, ticked: key === chosen }));

export const crossRegionCertificate: DocumentKind<CrossRegionCertificate> = {
  title: '异地贷款职工住房公积金缴存使用证明',
  english: 'Deposit and use certificate for a loan in another city',
  content: CrossRegionCertificate,
  printed: ({ addressee, city = '', person, account, contact, details }) => [
    addressee,
    city,
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    contact.name,
    contact.phone,
    ...details.map(({ summary }) => summary),
  ],
  draw(open, content) {
    drawCertificate(open, content);
    drawDetails(open, content);
    drawReply(open, content);
  },
  facts: ({ addressee, person, account, accountBox, continuous, loans }) => [
    { zh: '贷款城市中心', en: 'Lending centre', value: addressee },
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '个人账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '账户状态', en: 'State', value: labelOf(BOXES, accountBox) },
    { zh: '连续缴存', en: 'Continuous', value: continuous ? `${continuous.from} 至 ${continuous.to}` : '—' },
    { zh: '贷款记录', en: 'Loans', value: labelOf(LOANS, loans) },
    { zh: '缴存余额', en: 'Balance', value: `${formatYuan(account.balanceFen)} 元`, style: 'total' },
  ],
};

const labelOf = <K extends string>(choices: readonly (readonly [K, string])[], key: K): string =>
  choices.find(([one]) => one === key)![1];

function drawCertificate(open: OpenPaper, content: CrossRegionCertificate): void {
  const { addressee, person, account, accountBox, continuous, loans, loanAmountFen, contact } = content;
  const { paper } = open;
  const top = drawNumberedHead(open, `${addressee}：`) + 12;
  const state = ACCOUNT_STATES[account.state];
  const rows: GridRow[] = [
    ...(content.city ? [[{ label: '贷款城市', value: content.city }] as const] : []),
    { heading: '职工' },
    personRow(paper, person),
    [{ label: '单位名称', value: account.unitName }],
    [
      { label: '个人账号', value: account.number },
      { label: '缴存地', value: paper.centreName },
    ],
    { heading: '缴存' },
    [
      { label: '开户时间', value: chineseDate(account.openedOn) },
      { label: '缴存基数', value: `${formatYuan(account.contributionBaseFen)} 元` },
    ],
    [{ label: '账户状态', value: ticked(BOXES, accountBox) }],
    ...(accountBox === 'other' ? [[{ label: '状态说明', value: state }] as const] : []),
    [
      { label: '缴存比例 单位', value: percent(account.unitRatioBp) },
      { label: '缴存比例 个人', value: percent(account.personRatioBp) },
    ],
    [
      { label: '月缴存额', value: `${formatYuan(account.unitMonthlyFen + account.personMonthlyFen)} 元` },
      { label: '缴存余额', value: `${formatYuan(account.balanceFen)} 元`, strong: true },
    ],
    [
      {
        label: '连续缴存',
        value: continuous ? `${chineseMonth(continuous.from)} 至 ${chineseMonth(continuous.to)}` : '无连续缴存',
      },
    ],
    { heading: '使用' },
    [{ label: '贷款记录', value: ticked(LOANS, loans) }],
    [{ label: '贷款金额', value: loans === 'none' ? '—' : `${formatYuan(loanAmountFen)} 元` }],
    [
      { label: '经 办 人', value: contact.name },
      { label: '联系电话', value: contact.phone },
    ],
  ];
  const y = new Grid(open.sheet).draw(rows, top);
  drawEnd(
    open,
    {
      words: { label: '缴存余额（大写）', fen: account.balanceFen },
      truth: '本中心对以上内容的真实性负责。',
      notes: ['贷款城市住房公积金中心办结后，请将所附回执回传本中心。'],
    },
    y + 4,
  );
}

function drawDetails(open: OpenPaper, { person, account, details }: CrossRegionCertificate): void {
  if (details.length === 0) return;
  open.sheet.addPage();
  const whose = `${person.name}　账号 ${account.number}`;
  const top = drawContinuationHead(open, whose, '附：住房公积金缴存明细');
  drawTablePages(open, top, {
    columns: [
      { heading: '序号', width: 32, align: 'center' },
      { heading: '日期', width: 66, align: 'left' },
      { heading: '摘要', width: 0, align: 'left' },
      { heading: '缴存年月', width: 62, align: 'left' },
      { heading: '收入', width: 78, align: 'right' },
      { heading: '支出', width: 78, align: 'right' },
      { heading: '余额', width: 86, align: 'right' },
    ],
    rows: details.map(({ date, summary, month, inFen, outFen, balanceFen }, i) => ({
      cells: [
        String(i + 1),
        date,
        summary,
        month ?? '',
        inFen > 0 ? formatYuan(inFen) : '',
        outFen > 0 ? formatYuan(outFen) : '',
        formatYuan(balanceFen),
      ],
    })),
    whose,
    tail: 0,
  });
}

const BLANK = '　';

/** For the lending centre to fill in and send back: empty but for what says which certificate it answers. */
function drawReply(open: OpenPaper, { person, account }: CrossRegionCertificate): void {
  const { sheet, paper } = open;
  sheet.addPage();
  const number = paper.issued ? formatDocumentNumber(paper.issued.documentNumber) : '预览，未编号';
  const top = drawContinuationHead(open, `编号 ${number}`, '异地贷款职工住房公积金缴存使用证明　回执');
  sheet.text(`${paper.centreName}：`, CONTENT.left, top + 6, { size: 11, weight: 'bold' });
  const said = `你中心出具的 ${person.name}（个人账号 ${account.number}）的缴存使用证明收悉。经审核，现将办理结果函告如下：`;
  const y = sheet.paragraph(said, CONTENT.left, top + 28, CONTENT.width, { size: 10 }, 1.7) + 8;
  const decision = [
    { label: '准予', ticked: false },
    { label: '不予', ticked: false },
  ];
  const { '01': annuity, '02': level } = REPAYMENT_WAYS;
  const ways = [level, annuity, '其他'].map((label) => ({ label, ticked: false }));
  const below = new Grid(sheet).draw(
    [
      [
        { label: '本人', value: decision },
        { label: '参贷', value: decision },
      ],
      [{ label: '贷款中心', value: BLANK }],
      [
        { label: '贷款金额', value: BLANK },
        { label: '贷款期限', value: BLANK },
      ],
      [{ label: '还款方式', value: ways }],
      [
        { label: '经办人', value: BLANK },
        { label: '联系电话', value: BLANK },
      ],
    ],
    y,
  );
  sheet.text('贷款城市住房公积金中心（业务专用章）', CONTENT.right - 4, below + 40, { size: 10, align: 'right' });
  sheet.text('年　　月　　日', CONTENT.right - 4, below + 62, { size: 10, align: 'right' });
}
