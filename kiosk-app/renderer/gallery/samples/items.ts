import type { ItemGroup } from '@kiosk/contract/platform/catalogue.ts';
import type { MenuItem } from '@kiosk/contract/screen/view.ts';

export const item = (id: string, zh: [string, string], en: [string, string], reason?: [string, string]): MenuItem => ({
  id,
  name: { zh: zh[0], en: en[0] },
  hint: { zh: zh[1], en: en[1] },
  available: reason === undefined,
  ...(reason && { reason: { zh: reason[0], en: reason[1] } }),
});
export const NEEDS_LINE: [string, string] = ['线路中断，恢复后可办', 'Line down; possible when it is back'];
export const Q01 = (closed?: [string, string]) =>
  item('Q01', ['我的账户', '余额、基数、缴至年月'], ['My account', 'Balance, base, paid up to'], closed);
export const Q02 = (closed?: [string, string]) =>
  item('Q02', ['缴存明细', '每一笔存入和提取'], ['Entries', 'Every deposit and withdrawal'], closed);
export const P01 = (closed?: [string, string]) =>
  item(
    'P01',
    ['打印缴存明细对账单', '选起止月份，带电子印章，约 40 秒出纸'],
    ['Print a statement', 'Choose the months; sealed, about 40 seconds'],
    closed,
  );
export const B08 = item(
  'B08',
  ['预约办理', '选网点和时间，到了不用排队'],
  ['Appointment', 'Choose place and time, no queue'],
);
export const S01 = item('S01', ['投诉和建议', '不用身份证，断线也收'], ['Complaint or suggestion', 'No card needed']);

export const GROUPS: ItemGroup[] = (
  [
    ['look', '查一查', 'Look up'],
    ['print', '打印', 'Print'],
    ['apply', '办业务', 'Apply'],
    ['ask', '问一问', 'Ask'],
  ] as const
).map(([id, zh, en], order) => ({ id, name: { zh, en }, hint: { zh, en }, order }));

/** In its group; `plain`: among the few of the mode for older people. */
const at = (one: MenuItem, group: string, order: number, plain?: [zh: string, en: string]): MenuItem => ({
  ...one,
  group,
  order,
  ...(plain && { suits: ['elderly'], plainName: { zh: plain[0], en: plain[1] } }),
});

const SOON: [string, string] = ['即将开放', 'Opening soon'];
const CLOSED: [string, string] = ['今天 17:00 后开放，可以先预约', 'Opens at 17:00 today; you may book'];

/** As many items, and as long names, as the platform publishes. */
export const everything: MenuItem[] = [
  at(P01(), 'print', 10, ['打印明细', 'Print my statement']),
  at(Q01(), 'look', 10, ['看余额', 'My balance']),
  at(
    item(
      'Q02',
      ['缴存与提取明细', '选一段时间，逐笔查看'],
      ['Deposits and withdrawals', 'Choose a period, see every entry'],
    ),
    'look',
    20,
  ),
  at(
    item(
      'B08',
      ['预约办理', '选网点和时间，断网也能先收下'],
      ['Make an appointment', 'Choose a branch and a time; works offline too'],
    ),
    'apply',
    80,
  ),
  at(
    item(
      'S01',
      ['咨询、投诉、建议', '给您一个编号，可以凭号查询'],
      ['Questions and complaints', 'You get a number to ask by'],
    ),
    'ask',
    40,
  ),
  at(
    item('P02', ['个人缴存证明', '盖章证明，可扫码核验'], ['Deposit certificate', 'Sealed, verifiable by code']),
    'print',
    20,
    ['打印缴存证明', 'Print a certificate'],
  ),
  at(
    item(
      'P03',
      ['异地贷款缴存使用证明', '在外地买房贷款时用'],
      ['Cross-region loan certificate', 'For a home loan elsewhere'],
    ),
    'print',
    30,
  ),
  at(
    item('Q04', ['贷款与还款', '下期应还、剩余本金'], ['Loan and repayment', 'Next payment, principal left']),
    'look',
    40,
    ['看贷款', 'My loan'],
  ),
  at(
    item('Q06', ['进度与补件', '所有渠道办的事都能查'], ['Progress of requests', 'Asked for on any channel']),
    'look',
    60,
  ),
  at(item('P05', ['贷款结清证明', ''], ['Loan settlement certificate', ''], SOON), 'print', 50),
  at(item('B03', ['退休提取', ''], ['Retirement withdrawal', ''], CLOSED), 'apply', 10, ['退休提取', 'I have retired']),
  at(
    item('B04', ['租房提取', '在本市没有房、租房住'], ['Rent withdrawal', 'You rent and own no home here']),
    'apply',
    20,
  ),
  at(
    item('B05', ['还贷提取与冲还贷', '用公积金还房贷，一次或每月'], ['Withdraw for my loan', 'Once, or every month']),
    'apply',
    30,
  ),
  at(item('B06', ['提前还款', '先试算，看能省多少利息'], ['Repay early', 'See first what you save']), 'apply', 40),
  at(
    item(
      'B01',
      ['换手机号', '换了号、收不到短信时用'],
      ['Change my phone number', 'When messages no longer reach you'],
    ),
    'apply',
    60,
    ['换手机号', 'New phone number'],
  ),
  at(
    item('Q08', ['办事指南', '要带什么、几步、多久'], ['How things are done', 'What to bring, which steps']),
    'ask',
    10,
  ),
  at(
    item('S03', ['呼叫工作人员', '在这里等，有人来帮您'], ['Call our staff', 'Stay here, somebody comes']),
    'ask',
    50,
    ['找人帮忙', 'Get help'],
  ),
];
