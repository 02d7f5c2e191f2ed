import { LOAN_ENTRY_KINDS, REPAYMENT_WAYS } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { drawEnd, type End, endHeight } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';
import type { Column, Row } from '../layout/table.ts';
import { CalendarDate, codeOf, type DocumentKind, Fen, Person } from './kind.ts';
import { personRow } from './deposit-certificate.ts';
import { drawTablePages } from './table-pages.ts';

const Loan = z.object({
  person: Person,
  loanNumber: z.string().min(1).max(30),
  contractNumber: z.string().min(1).max(30),
  amountFen: Fen,
  months: z.number().int().min(1).max(480),
  way: codeOf(REPAYMENT_WAYS),
  grantedOn: CalendarDate,
});

/** 还款明细: what was paid. */
export const RepaymentHistory = Loan.extend({
  period: z.object({ from: CalendarDate, to: CalendarDate }),
  rows: z
    .array(
      z.object({
        paidOn: CalendarDate,
        /** 期次; null for what belongs to no instalment. */
        instalment: z.number().int().min(1).nullable(),
        kind: codeOf(LOAN_ENTRY_KINDS),
        amountFen: Fen,
        principalFen: Fen,
        interestFen: Fen,
        penaltyFen: Fen,
        balanceFen: Fen,
      }),
    )
    .max(1000),
}).superRefine(({ rows }, context) => {
  rows.forEach((row, i) => {
    if (row.kind === '01' || row.amountFen === row.principalFen + row.interestFen + row.penaltyFen) return;
    context.addIssue({ code: 'custom', path: ['rows', i], message: `row ${i + 1}: its parts are not its amount` });
  });
});
export type RepaymentHistory = z.infer<typeof RepaymentHistory>;

/** 还款计划: what is to be paid. */
export const RepaymentSchedule = Loan.extend({
  rows: z
    .array(
      z.object({
        number: z.number().int().min(1),
        dueDate: CalendarDate,
        paymentFen: Fen,
        principalFen: Fen,
        interestFen: Fen,
        balanceFen: Fen,
      }),
    )
    .max(480),
}).superRefine(({ rows }, context) => {
  rows.forEach((row, i) => {
    if (row.paymentFen === row.principalFen + row.interestFen) return;
    context.addIssue({ code: 'custom', path: ['rows', i], message: `row ${i + 1}: its parts are not its payment` });
  });
});
export type RepaymentSchedule = z.infer<typeof RepaymentSchedule>;

const printed = ({ person, loanNumber, contractNumber }: z.infer<typeof Loan>) => [
  person.name,
  person.certificateNumber,
  loanNumber,
  contractNumber,
];

function drawLoan(open: OpenPaper, loan: z.infer<typeof Loan>, under: string): number {
  const rows: GridRow[] = [
    personRow(open.paper, loan.person),
    [
      { label: '贷款账号', value: loan.loanNumber },
      { label: '借款合同编号', value: loan.contractNumber },
    ],
    [
      { label: '贷款金额', value: `${formatYuan(loan.amountFen)} 元` },
      { label: '期限与方式', value: `${loan.months} 个月　${REPAYMENT_WAYS[loan.way]}` },
    ],
  ];
  return new Grid(open.sheet).draw(rows, drawNumberedHead(open, under) + 10) + 10;
}

function drawRows(
  open: OpenPaper,
  top: number,
  loan: z.infer<typeof Loan>,
  table: { readonly columns: readonly Column[]; readonly rows: readonly Row[]; readonly total: Row },
  end: End,
): void {
  const whose = `${loan.person.name}　贷款账号 ${loan.loanNumber}`;
  const y = drawTablePages(open, top, { ...table, whose, tail: endHeight(open, end) });
  drawEnd(open, end, y);
}

const money = (heading: string, width = 76): Column => ({ heading, width, align: 'right' });
const sum = <T>(rows: readonly T[], pick: (row: T) => number) => rows.reduce((total, row) => total + pick(row), 0);

export const repaymentHistory: DocumentKind<RepaymentHistory> = {
  title: '住房公积金贷款还款明细',
  english: 'Repayment history',
  content: RepaymentHistory,
  printed,
  draw(open, content) {
    const { rows, period } = content;
    const top = drawLoan(open, content, `${chineseDate(period.from)} 至 ${chineseDate(period.to)}`);
    const paid = rows.filter(({ kind }) => kind !== '01');
    drawRows(
      open,
      top,
      content,
      {
        columns: [
          { heading: '实际还款日', width: 66, align: 'left' },
          { heading: '期次', width: 32, align: 'center' },
          { heading: '类型', width: 0, align: 'left' },
          money('还款金额'),
          money('本金'),
          money('利息', 68),
          money('罚息', 52),
          money('本金余额', 82),
        ],
        rows: rows.map((row) => ({
          cells: [
            row.paidOn,
            row.instalment === null ? '' : String(row.instalment),
            LOAN_ENTRY_KINDS[row.kind],
            formatYuan(row.amountFen),
            row.kind === '01' ? '' : formatYuan(row.principalFen),
            row.kind === '01' ? '' : formatYuan(row.interestFen),
            row.penaltyFen > 0 ? formatYuan(row.penaltyFen) : '',
            formatYuan(row.balanceFen),
          ],
        })),
        total: {
          cells: [
            '合计',
            '',
            '',
            formatYuan(sum(paid, (row) => row.amountFen)),
            formatYuan(sum(paid, (row) => row.principalFen)),
            formatYuan(sum(paid, (row) => row.interestFen)),
            formatYuan(sum(paid, (row) => row.penaltyFen)),
            formatYuan(rows.at(-1)?.balanceFen ?? 0),
          ],
          weight: 'bold',
        },
      },
      {
        words: { label: '本金余额（大写）', fen: rows.at(-1)?.balanceFen ?? 0 },
        truth: '本明细所列内容与本中心业务系统记录一致，本中心对其真实性负责。',
      },
    );
  },
  facts: (content) => [
    ...loanFacts(content),
    { zh: '起止日期', en: 'Period', value: `${content.period.from} 至 ${content.period.to}` },
    { zh: '笔数', en: 'Entries', value: String(content.rows.length) },
    {
      zh: '本金余额',
      en: 'Outstanding',
      value: `${formatYuan(content.rows.at(-1)?.balanceFen ?? 0)} 元`,
      style: 'total',
    },
  ],
};

export const repaymentSchedule: DocumentKind<RepaymentSchedule> = {
  title: '住房公积金贷款还款计划',
  english: 'Repayment schedule',
  content: RepaymentSchedule,
  printed,
  draw(open, content) {
    const { rows } = content;
    const top = drawLoan(open, content, '利率调整、提前还款后以新的还款计划为准');
    drawRows(
      open,
      top,
      content,
      {
        columns: [
          { heading: '期数', width: 44, align: 'center' },
          { heading: '应还日期', width: 0, align: 'left' },
          money('月还款额', 92),
          money('应还本金', 92),
          money('应还利息', 92),
          money('贷款余额', 100),
        ],
        rows: rows.map((row) => ({
          cells: [
            String(row.number),
            row.dueDate,
            formatYuan(row.paymentFen),
            formatYuan(row.principalFen),
            formatYuan(row.interestFen),
            formatYuan(row.balanceFen),
          ],
        })),
        total: {
          cells: [
            '合计',
            '',
            formatYuan(sum(rows, (row) => row.paymentFen)),
            formatYuan(sum(rows, (row) => row.principalFen)),
            formatYuan(sum(rows, (row) => row.interestFen)),
            '',
          ],
          weight: 'bold',
        },
      },
      { truth: '本计划按出具之日的利率和余额计算。' },
    );
  },
  facts: (content) => [
    ...loanFacts(content),
    { zh: '期数', en: 'Instalments', value: String(content.rows.length) },
    {
      zh: '应还合计',
      en: 'To be paid',
      value: `${formatYuan(sum(content.rows, (row) => row.paymentFen))} 元`,
      style: 'total',
    },
  ],
};

const loanFacts = ({ person, loanNumber, amountFen }: z.infer<typeof Loan>) => [
  { zh: '借款人', en: 'Borrower', value: maskName(person.name) },
  { zh: '贷款账号', en: 'Loan', value: maskAccount(loanNumber), style: 'number' as const },
  { zh: '贷款金额', en: 'Amount', value: `${formatYuan(amountFen)} 元`, style: 'money' as const },
];
