import { OWN, need } from '../materials.ts';
import { item } from './row.ts';

const own = { level: 'L2', offline: 'no', materials: OWN } as const;

export const QUERIES = [
  item('Q01', 'query', {
    ...own,
    ...{ name: ['我的账户', 'My account'], hint: ['余额、基数、缴至年月', 'Balance, base, paid up to'] },
    ...{ group: 'look', order: 10, seconds: 40, plain: ['看余额', 'My balance'], since: '0.1.0' },
  }),
  item('Q02', 'query', {
    ...own,
    ...{
      name: ['缴存与提取明细', 'Deposits and withdrawals'],
      hint: ['选一段时间，逐笔查看', 'Choose a period, see every entry'],
    },
    ...{ group: 'look', order: 20, seconds: 60, since: '0.1.0' },
  }),
  item('Q03', 'query', {
    ...own,
    ...{
      name: ['结息与年度对账', 'Interest of a year'],
      hint: ['一年结一次，看怎么算出来的', 'Settled once a year, shown line by line'],
    },
    ...{ group: 'look', order: 30, seconds: 60, since: '0.2.0' },
  }),
  item('Q04', 'query', {
    ...own,
    ...{ name: ['贷款与还款', 'Loan and repayment'], hint: ['下期应还、剩余本金', 'Next payment, principal left'] },
    ...{ group: 'look', order: 40, seconds: 45, plain: ['看贷款', 'My loan'], since: '0.2.0' },
  }),
  item('Q05', 'query', {
    ...own,
    ...{
      name: ['还款明细与计划', 'Repayments and plan'],
      hint: ['还过多少，以后每月还多少', 'What was paid and what is to come'],
    },
    ...{ group: 'look', order: 50, seconds: 60, since: '0.2.0' },
  }),
  item('Q06', 'query', {
    ...{ name: ['进度与补件', 'Progress of requests'] },
    ...{ hint: ['所有渠道办的事都能查', 'Whatever you asked for, on any channel'] },
    ...{ group: 'look', order: 60, level: 'L1', offline: 'no', seconds: 45, since: '0.2.0' },
    ...{ materials: need('idCard', 'caseNumber', 'missing') },
  }),
  item('Q07', 'query', {
    ...own,
    ...{
      name: ['能提多少', 'What I may withdraw'],
      hint: ['租房、退休、还贷，先看能提多少', 'Rent, retirement, loan: see the amount first'],
    },
    ...{ group: 'look', order: 70, seconds: 90, since: '0.2.0' },
  }),
  item('Q08', 'consult', {
    ...{ name: ['办事指南', 'How things are done'] },
    ...{ hint: ['要带什么、几步、多久', 'What to bring, which steps, how long'] },
    ...{ group: 'ask', order: 10, level: 'L0', offline: 'cache', seconds: 90, since: '0.2.0' },
  }),
  item('Q09', 'consult', {
    ...{ name: ['网点与排队', 'Branches and queues'] },
    ...{ hint: ['地址、时间、几人在等', 'Address, hours, people waiting'] },
    ...{ group: 'ask', order: 20, level: 'L0', offline: 'cache', seconds: 40, since: '0.2.0' },
  }),
  item('Q10', 'consult', {
    ...{ name: ['算一算', 'Calculators'] },
    ...{ hint: ['月缴存、利息、贷款月供', 'Deposit, interest, loan payments'] },
    ...{ group: 'ask', order: 30, level: 'L0', offline: 'local', seconds: 90, since: '0.2.0' },
  }),
];
