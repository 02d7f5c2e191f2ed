import { OWN, need } from '../materials.ts';
import { item } from './row.ts';

const paper = { group: 'print', level: 'L2', offline: 'no', materials: OWN } as const;

export const PRINTS = [
  item('P01', 'print', {
    ...paper,
    ...{
      name: ['打印缴存明细', 'Print a deposit statement'],
      hint: ['选起止月份，带电子印章', 'Choose the months; numbered and sealed'],
    },
    ...{ order: 10, seconds: 60, plain: ['打印明细', 'Print my statement'], since: '0.1.0' },
  }),
  item('P02', 'print', {
    ...paper,
    ...{ name: ['个人缴存证明', 'Deposit certificate'], hint: ['盖章证明，可扫码核验', 'Sealed, verifiable by code'] },
    ...{ order: 20, seconds: 50, plain: ['打印缴存证明', 'Print a certificate'], since: '0.2.0' },
  }),
  item('P03', 'print', {
    ...paper,
    ...{
      name: ['异地贷款缴存使用证明', 'Cross-region loan certificate'],
      hint: ['在外地买房贷款时用', 'For a home loan in another city'],
    },
    ...{ order: 30, seconds: 80, since: '0.2.0' },
  }),
  item('P04', 'print', {
    ...paper,
    ...{
      name: ['打印还款明细', 'Print repayments'],
      hint: ['还款记录和以后的计划', 'What was paid, and the plan'],
    },
    ...{ order: 40, seconds: 60, since: '0.2.0' },
  }),
  item('P05', 'print', {
    ...paper,
    ...{
      name: ['贷款结清证明', 'Loan settlement certificate'],
      hint: ['还清以后，办解押时用', 'When the loan is paid off'],
    },
    ...{ order: 50, seconds: 50, since: '0.2.0' },
  }),
  item('P06', 'print', {
    ...paper,
    ...{
      name: ['年度对账单', 'Annual statement'],
      hint: ['一年的收支和利息，盖章', 'A year with its interest, sealed'],
    },
    ...{ order: 60, seconds: 50, since: '0.2.0' },
  }),
  item('P07', 'print', {
    ...paper,
    ...{
      name: ['账户或贷款信息单', 'Account or loan sheet'],
      hint: ['一页纸，写明现在的情况', 'One page: how things stand now'],
    },
    ...{ order: 70, seconds: 45, since: '0.2.0' },
  }),
  item('P08', 'print', {
    ...{ name: ['凭证验真与补打', 'Verify or reprint'] },
    ...{ hint: ['扫纸上的码，看真不真、还有没有效', 'Scan the code on a paper: is it genuine and valid'] },
    ...{ group: 'print', order: 80, level: 'L0', offline: 'no', seconds: 40, since: '0.2.0' },
    ...{ materials: need('paper') },
  }),
];
