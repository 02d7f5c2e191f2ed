import { WITHDRAWAL_REASONS } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { personRow } from './deposit-certificate.ts';
import { CalendarDate, codeOf, type DocumentKind, Fen, Person, shownAccount } from './kind.ts';

/** 提取凭证: what was withdrawn, why, and where the money went. */
export const WithdrawalVoucher = z
  .object({
    person: Person,
    account: z.object({
      number: z.string().min(1).max(20),
      unitName: z.string().min(1).max(120),
    }),
    caseNumber: z.string().max(40),
    appliedOn: CalendarDate,
    /** null: not paid (yet). */
    withdrawnOn: CalendarDate.nullable(),
    reason: codeOf(WITHDRAWAL_REASONS),
    amountFen: Fen,
    /** Interest paid with it when the account was closed. */
    interestFen: Fen,
    payee: z.object({
      holder: z.string().min(1).max(60),
      number: z.string().min(1).max(30),
      bank: z.string().max(60),
    }),
    /** 经办人: a person, or the machine. */
    handledBy: z.string().min(1).max(40),
    /** 渠道, the centre's word. */
    channel: z.string().min(1).max(20),
    /** 状态, the centre's word. */
    state: z.string().min(1).max(20),
  })
  .refine(({ appliedOn, withdrawnOn }) => !withdrawnOn || appliedOn <= withdrawnOn, 'paid before it was applied for');
export type WithdrawalVoucher = z.infer<typeof WithdrawalVoucher>;

export const withdrawalVoucher: DocumentKind<WithdrawalVoucher> = {
  title: '住房公积金提取凭证',
  english: 'Withdrawal voucher',
  content: WithdrawalVoucher,
  printed: ({ person, account, caseNumber, payee, handledBy, channel, state }) => [
    person.name,
    person.certificateNumber,
    account.number,
    account.unitName,
    caseNumber,
    payee.holder,
    payee.number,
    payee.bank,
    handledBy,
    channel,
    state,
  ],
  draw(open, content) {
    const { person, account, payee, amountFen, interestFen, withdrawnOn } = content;
    const rows: GridRow[] = [
      personRow(open.paper, person),
      [
        { label: '个人账号', value: account.number },
        { label: '业务编号', value: content.caseNumber || '—' },
      ],
      [{ label: '单位名称', value: account.unitName }],
      { heading: '提取' },
      [
        { label: '申请日期', value: chineseDate(content.appliedOn) },
        { label: '提取日期', value: withdrawnOn ? chineseDate(withdrawnOn) : '尚未划款' },
      ],
      [{ label: '提取原因', value: WITHDRAWAL_REASONS[content.reason] }],
      [
        { label: '提取金额', value: `${formatYuan(amountFen)} 元`, strong: true },
        { label: '其中利息', value: `${formatYuan(interestFen)} 元` },
      ],
      { heading: '收款' },
      [
        { label: '收款户名', value: payee.holder },
        { label: '收款账号', value: shownAccount(open.paper, payee.number) },
      ],
      [{ label: '收款银行', value: payee.bank || '—' }],
      { heading: '办理' },
      [
        { label: '经 办 人', value: content.handledBy },
        { label: '渠　　道', value: content.channel },
      ],
      [{ label: '状　　态', value: content.state, strong: true }],
    ];
    const y = new Grid(open.sheet).draw(rows, drawNumberedHead(open) + 12);
    drawEnd(
      open,
      {
        words: { label: '提取金额（大写）', fen: amountFen },
        truth: '本凭证所列内容与本中心业务系统记录一致，本中心对其真实性负责。',
      },
      y + 4,
    );
  },
  facts: ({ person, account, amountFen, state }) => [
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '个人账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '状态', en: 'State', value: state },
    { zh: '提取金额', en: 'Amount', value: `${formatYuan(amountFen)} 元`, style: 'total' },
  ],
};
