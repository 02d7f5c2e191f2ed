import { ACCOUNT_STATES } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { Paper } from '../layout/paper/paper.ts';
import { accountRows, personRow } from './deposit-certificate.ts';
import { AccountFacts, CalendarDate, chineseMonth, type DocumentKind, Fen, Person, shownAccount } from './kind.ts';

const TRUTH = '本信息单所列内容与本中心业务系统记录一致，本中心对其真实性负责。';
const yuan = (fen: number): string => `${formatYuan(fen)} 元`;
const shownPhone = ({ shown }: Paper, phone: string): string => (shown === 'full' ? phone : maskPhone(phone));

/** 账户基本信息单. */
export const AccountSheet = z
  .object({
    branch: z.string().min(1).max(40),
    person: Person,
    phone: z.string().max(20),
    account: AccountFacts,
    /** Parts of the balance: carried over, of this fund year, each without and with what is frozen. */
    parts: z.object({ carriedFen: Fen, currentFen: Fen, frozenFen: Fen, availableFen: Fen }),
  })
  .refine(
    ({ account, parts }) =>
      parts.carriedFen + parts.currentFen === account.balanceFen &&
      parts.frozenFen + parts.availableFen === account.balanceFen,
    'the parts are not the balance',
  );
export type AccountSheet = z.infer<typeof AccountSheet>;

export const accountSheet: DocumentKind<AccountSheet> = {
  title: '住房公积金账户基本信息单',
  english: 'Account information sheet',
  content: AccountSheet,
  printed: ({ branch, person, phone, account }) => [
    branch,
    person.name,
    person.certificateNumber,
    phone,
    account.number,
    account.unitName,
    account.unitAccount,
  ],
  draw(open, { branch, person, phone, account, parts }) {
    const rows: GridRow[] = [
      personRow(open.paper, person),
      [
        { label: '所属机构', value: branch },
        { label: '手机号码', value: shownPhone(open.paper, phone) },
      ],
      ...accountRows(account),
      [
        { label: '缴至年月', value: account.paidToMonth ? chineseMonth(account.paidToMonth) : '尚未缴存' },
        { label: '账户余额', value: yuan(account.balanceFen), strong: true },
      ],
      { heading: '余额构成' },
      [
        { label: '上年结转', value: yuan(parts.carriedFen) },
        { label: '本年归集', value: yuan(parts.currentFen) },
      ],
      [
        { label: '冻结金额', value: yuan(parts.frozenFen) },
        { label: '可用金额', value: yuan(parts.availableFen) },
      ],
    ];
    const y = new Grid(open.sheet).draw(rows, drawNumberedHead(open) + 12);
    drawEnd(open, { words: { label: '账户余额（大写）', fen: account.balanceFen }, truth: TRUTH }, y + 4);
  },
  facts: ({ person, account }) => [
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '个人账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '账户状态', en: 'State', value: ACCOUNT_STATES[account.state] },
    { zh: '账户余额', en: 'Balance', value: yuan(account.balanceFen), style: 'total' },
  ],
};

/** 贷款信息单. */
export const LoanSheet = z.object({
  borrower: Person,
  postalAddress: z.string().max(200),
  phone: z.string().max(20),
  contractNumber: z.string().min(1).max(30),
  houseAddress: z.string().min(1).max(200),
  amountFen: Fen,
  grantedOn: CalendarDate,
  /** Per cent a year, as it is printed: '2.60%'. */
  rate: z.string().max(10),
  /** 约定扣款日: day of the month. */
  debitDay: z.number().int().min(1).max(31),
  debitAccount: z.object({ holder: z.string().max(60), number: z.string().max(30) }),
  state: z.string().min(1).max(20),
  bank: z.string().min(1).max(60),
  months: z.number().int().min(1).max(480),
  endsOn: CalendarDate,
  /** 放款方式. */
  grantedBy: z.string().min(1).max(30),
  repaidPrincipalFen: Fen,
  outstandingFen: Fen,
  /** 当前还款状态. */
  standing: z.string().min(1).max(30),
});
export type LoanSheet = z.infer<typeof LoanSheet>;

export const loanSheet: DocumentKind<LoanSheet> = {
  title: '住房公积金贷款信息单',
  english: 'Loan information sheet',
  content: LoanSheet,
  printed: (loan) => [
    loan.borrower.name,
    loan.borrower.certificateNumber,
    loan.postalAddress,
    loan.phone,
    loan.contractNumber,
    loan.houseAddress,
    loan.debitAccount.holder,
    loan.debitAccount.number,
    loan.state,
    loan.bank,
    loan.grantedBy,
    loan.standing,
    loan.rate,
  ],
  draw(open, loan) {
    const { paper } = open;
    const rows: GridRow[] = [
      { heading: '借款人' },
      personRow(paper, loan.borrower),
      [
        { label: '手机号码', value: shownPhone(paper, loan.phone) },
        { label: '借款合同编号', value: loan.contractNumber },
      ],
      [{ label: '通讯地址', value: loan.postalAddress || '—' }],
      [{ label: '购房地址', value: loan.houseAddress }],
      { heading: '贷款' },
      [
        { label: '借款金额', value: yuan(loan.amountFen), strong: true },
        { label: '贷款利率', value: loan.rate },
      ],
      [
        { label: '发放日期', value: chineseDate(loan.grantedOn) },
        { label: '到期日期', value: chineseDate(loan.endsOn) },
      ],
      [
        { label: '贷款期限', value: `${loan.months} 个月` },
        { label: '放款方式', value: loan.grantedBy },
      ],
      [
        { label: '贷款状态', value: loan.state },
        { label: '网点银行', value: loan.bank },
      ],
      { heading: '还款' },
      [
        { label: '约定扣款日', value: `每月 ${loan.debitDay} 日` },
        { label: '扣款账户户名', value: loan.debitAccount.holder },
      ],
      [
        { label: '扣款账号', value: shownAccount(paper, loan.debitAccount.number) },
        { label: '还款状态', value: loan.standing },
      ],
      [
        { label: '累计归还本金', value: yuan(loan.repaidPrincipalFen) },
        { label: '剩余本金', value: yuan(loan.outstandingFen), strong: true },
      ],
    ];
    const y = new Grid(open.sheet).draw(rows, drawNumberedHead(open) + 12);
    drawEnd(open, { words: { label: '剩余本金（大写）', fen: loan.outstandingFen }, truth: TRUTH }, y + 4);
  },
  facts: ({ borrower, contractNumber, amountFen, outstandingFen, state }) => [
    { zh: '借款人', en: 'Borrower', value: maskName(borrower.name) },
    { zh: '借款合同编号', en: 'Contract', value: maskAccount(contractNumber), style: 'number' },
    { zh: '贷款状态', en: 'State', value: state },
    { zh: '借款金额', en: 'Amount', value: yuan(amountFen), style: 'money' },
    { zh: '剩余本金', en: 'Outstanding', value: yuan(outstandingFen), style: 'total' },
  ],
};
