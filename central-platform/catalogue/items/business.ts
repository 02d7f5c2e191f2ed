import { OWN, need } from '../materials.ts';
import { THREE_DAYS, item } from './row.ts';

const change = { group: 'apply', level: 'L3' } as const;

export const BUSINESS = [
  item('B01', 'business', {
    ...change,
    ...{
      name: ['换手机号', 'Change my phone number'],
      hint: ['换了号、收不到短信时用', 'When messages no longer reach you'],
    },
    ...{ order: 60, offline: 'no', seconds: 90, plain: ['换手机号', 'New phone number'], since: '0.2.0' },
    ...{ materials: need('idCard', 'newPhone') },
  }),
  item('B02', 'business', {
    ...change,
    ...{
      name: ['绑定收款卡', 'My payout card'],
      hint: ['提取的钱打到这张卡', 'Withdrawals are paid to it'],
    },
    ...{ order: 50, offline: 'no', seconds: 90, since: '0.2.0' },
    ...{ materials: [...OWN, ...need('payoutCard')] },
  }),
  item('B03', 'business', {
    ...change,
    ...{ name: ['退休提取', 'Retirement withdrawal'], hint: ['退休后一次提取', 'Withdraw once you have retired'] },
    ...{ order: 10, offline: 'queue', seconds: 240, plain: ['退休提取', 'I have retired'], since: '0.2.0' },
    ...{ materials: [...OWN, ...need('retirement', 'payoutCard')], timeLimit: THREE_DAYS },
  }),
  item('B04', 'business', {
    ...change,
    ...{
      name: ['租房提取', 'Rent withdrawal'],
      hint: ['在本市没有房、租房住', 'You rent and own no home here'],
    },
    ...{ order: 20, offline: 'queue', seconds: 210, since: '0.2.0' },
    ...{ materials: [...OWN, ...need('noHomeHere', 'payoutCard')], timeLimit: THREE_DAYS },
  }),
  item('B05', 'business', {
    ...change,
    ...{
      name: ['还贷提取与冲还贷', 'Withdraw for my loan'],
      hint: ['用公积金还房贷，一次或每月', 'Once, or every month'],
    },
    ...{ order: 30, offline: 'no', seconds: 210, since: '0.2.0' },
    ...{ materials: [...OWN, ...need('ownLoan', 'payoutCard')], timeLimit: THREE_DAYS },
  }),
  item('B06', 'business', {
    ...change,
    ...{
      name: ['提前还款', 'Repay early'],
      hint: ['先试算，看能省多少利息', 'See first how much interest you save'],
    },
    // The trial is for two factors; the request asks for the confirmation by itself.
    ...{ level: 'L2', order: 40, offline: 'no', seconds: 150, since: '0.2.0' },
    ...{ materials: [...OWN, ...need('ownLoan')], timeLimit: THREE_DAYS },
  }),
  item('B07', 'business', {
    ...change,
    ...{
      name: ['异地转移接续', 'Transfer from another city'],
      hint: ['把外地的公积金转到江州', 'Bring your fund here'],
    },
    ...{ order: 70, offline: 'queue', seconds: 180, since: '0.2.0' },
    ...{
      materials: [...OWN, ...need('oldAccount')],
      timeLimit: { zh: '一般 10 个工作日内转到', en: 'Usually within 10 working days' },
    },
  }),
  item('B08', 'business', {
    ...{ name: ['预约办理', 'Make an appointment'] },
    ...{ hint: ['选网点和时间，断网也能先收下', 'Choose a branch and a time; works offline too'] },
    ...{ group: 'apply', order: 80, level: 'L1', offline: 'queue', seconds: 90, since: '0.1.0' },
    ...{
      materials: need('idCard'),
      timeLimit: { zh: '1 个工作日内短信确认', en: 'Confirmed by message within 1 working day' },
    },
  }),
  item('B09', 'business', {
    ...{ name: ['电子证明与授权', 'E-certificates and consent'] },
    ...{ hint: ['手机亮码；管理您同意过谁', 'On your phone; see whom you allowed what'] },
    ...{ group: 'apply', order: 90, level: 'L2', offline: 'no', seconds: 90, since: '0.2.0', materials: OWN },
  }),
];
