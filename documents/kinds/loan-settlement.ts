import { CERTIFICATE_TYPES } from '@kiosk/domain/code-tables.ts';
import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import { Grid } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { CalendarDate, type DocumentKind, Fen, Person, shownCertificate } from './kind.ts';

/** 贷款结清证明: for the office that takes the mortgage off the home. */
export const LoanSettlement = z
  .object({
    borrower: Person,
    contractNumber: z.string().min(1).max(30),
    amountFen: Fen,
    grantedOn: CalendarDate,
    /** 贷款期限, months. */
    months: z.number().int().min(1).max(480),
    /** 抵押物坐落. */
    mortgagedAddress: z.string().min(1).max(200),
    settledOn: CalendarDate,
  })
  .refine(({ grantedOn, settledOn }) => grantedOn <= settledOn, 'a loan is settled after it was granted');
export type LoanSettlement = z.infer<typeof LoanSettlement>;

export const loanSettlement: DocumentKind<LoanSettlement> = {
  title: '住房公积金贷款结清证明',
  english: 'Loan settlement certificate',
  content: LoanSettlement,
  printed: ({ borrower, contractNumber, mortgagedAddress }) => [
    borrower.name,
    borrower.certificateNumber,
    contractNumber,
    mortgagedAddress,
  ],
  draw(open, content) {
    const { borrower, contractNumber, amountFen, grantedOn, months, mortgagedAddress, settledOn } = content;
    const top = drawNumberedHead(open, '兹证明下列住房公积金个人住房贷款的本息已全部结清') + 12;
    const { paper } = open;
    const y = new Grid(open.sheet).draw(
      [
        [
          { label: '借款人', value: borrower.name, strong: true },
          { label: CERTIFICATE_TYPES[borrower.certificateType], value: shownCertificate(paper, borrower) },
        ],
        [
          { label: '借款合同编号', value: contractNumber },
          { label: '贷款金额', value: `${formatYuan(amountFen)} 元`, strong: true },
        ],
        [
          { label: '放款日期', value: chineseDate(grantedOn) },
          { label: '贷款期限', value: `${months} 个月` },
        ],
        [{ label: '抵押地址', value: mortgagedAddress }],
        [
          { label: '结清日期', value: chineseDate(settledOn), strong: true },
          { label: '出具次数', value: `第 ${paper.reprint + 1} 次` },
        ],
        [{ label: '经　　办', value: `自助服务　${paper.terminalId}` }],
      ],
      top,
    );
    drawEnd(
      open,
      {
        words: { label: '贷款金额（大写）', fen: amountFen },
        truth: '上述贷款的本金、利息及罚息均已清偿，本中心对本证明的真实性负责。',
        notes: ['可凭本证明到不动产登记机构办理抵押权注销登记。'],
      },
      y + 4,
    );
  },
  facts: ({ borrower, contractNumber, amountFen, settledOn }) => [
    { zh: '借款人', en: 'Borrower', value: maskName(borrower.name) },
    { zh: '借款合同编号', en: 'Contract', value: maskAccount(contractNumber), style: 'number' },
    { zh: '结清日期', en: 'Settled', value: chineseDate(settledOn) },
    { zh: '贷款金额', en: 'Amount', value: `${formatYuan(amountFen)} 元`, style: 'total' },
  ],
};
