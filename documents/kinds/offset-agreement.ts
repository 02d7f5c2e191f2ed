import { chineseDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { Grid } from '../layout/grid.ts';
import { CONTENT } from '../layout/page.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { personRow } from './deposit-certificate.ts';
import { CalendarDate, type DocumentKind, Person, shownAccount } from './kind.ts';

/** 冲还贷委托协议（副本）: the fund pays the loan from the account; what was agreed, when it begins, how it ends. */
export const OffsetAgreement = z.object({
  agreementNumber: z.string().min(1).max(40),
  person: Person,
  accountNumber: z.string().min(1).max(20),
  loan: z.object({
    contractNumber: z.string().min(1).max(30),
    bank: z.string().min(1).max(60),
    repaymentAccount: z.string().min(1).max(30),
  }),
  /** 冲还方式: every month, or once a year. */
  way: z.enum(['monthly', 'yearly']),
  firstRunOn: CalendarDate,
  agreedOn: CalendarDate,
  /** The centre's terms, a sentence each, in force on that day. */
  terms: z.array(z.string().min(1).max(200)).min(1).max(12),
});
export type OffsetAgreement = z.infer<typeof OffsetAgreement>;

const WAYS = { monthly: '按月冲还', yearly: '按年冲还' } as const;

export const offsetAgreement: DocumentKind<OffsetAgreement> = {
  title: '住房公积金冲还贷委托协议（副本）',
  english: 'Copy of the agreement to repay a loan from the fund account',
  content: OffsetAgreement,
  printed: ({ agreementNumber, person, accountNumber, loan, terms }) => [
    agreementNumber,
    person.name,
    person.certificateNumber,
    accountNumber,
    loan.contractNumber,
    loan.bank,
    loan.repaymentAccount,
    ...terms,
  ],
  draw(open, { agreementNumber, person, accountNumber, loan, way, firstRunOn, agreedOn, terms }) {
    const { sheet, paper } = open;
    const top = drawNumberedHead(open, '委托人以电子签名签署，原件存于本中心') + 12;
    let y = new Grid(sheet).draw(
      [
        [
          { label: '协议编号', value: agreementNumber, strong: true },
          { label: '签署日期', value: chineseDate(agreedOn) },
        ],
        { heading: '委托人' },
        personRow(paper, person),
        [{ label: '个人账号', value: accountNumber }],
        { heading: '贷款' },
        [
          { label: '借款合同编号', value: loan.contractNumber },
          { label: '受托银行', value: loan.bank },
        ],
        [
          { label: '还款账号', value: shownAccount(paper, loan.repaymentAccount) },
          { label: '冲还方式', value: WAYS[way], strong: true },
        ],
        [{ label: '首次冲还', value: chineseDate(firstRunOn), strong: true }],
      ],
      top,
    );
    y += 12;
    terms.forEach((term, i) => {
      const number = `${i + 1}.`;
      sheet.textInBand(number, CONTENT.left + 4, y, 17, { size: 10 });
      y = sheet.paragraph(term, CONTENT.left + 22, y, CONTENT.width - 26, { size: 10 }, 1.7) + 3;
    });
    drawEnd(open, { truth: '本副本与存于本中心的原件一致。' }, y + 4);
  },
  facts: ({ agreementNumber, person, loan, way, firstRunOn }) => [
    { zh: '协议编号', en: 'Agreement', value: agreementNumber, style: 'number' },
    { zh: '委托人', en: 'Principal', value: maskName(person.name) },
    { zh: '借款合同编号', en: 'Contract', value: maskAccount(loan.contractNumber), style: 'number' },
    { zh: '冲还方式', en: 'Way', value: WAYS[way] },
    { zh: '首次冲还', en: 'First run', value: chineseDate(firstRunOn) },
  ],
};
