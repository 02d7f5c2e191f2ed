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

export const SOON: [string, string] = ['即将开放', 'Opening soon'];
/** As many items, and as long names, as the platform publishes. */
export const everything: MenuItem[] = [
  P01(),
  Q01(),
  item(
    'Q02',
    ['缴存与提取明细', '选一段时间，逐笔查看'],
    ['Deposits and withdrawals', 'Choose a period, see every entry'],
  ),
  item(
    'B08',
    ['预约办理', '选网点和时间，断网也能先收下'],
    ['Make an appointment', 'Choose a branch and a time; works offline too'],
  ),
  item(
    'S01',
    ['咨询、投诉、建议', '给您一个编号，可以凭号查询'],
    ['Questions and complaints', 'You get a number to ask by'],
  ),
  item('P02', ['个人缴存证明', ''], ['Deposit certificate', ''], SOON),
  item('P03', ['异地贷款缴存使用证明', ''], ['Cross-region loan certificate', ''], SOON),
  item('Q04', ['贷款与还款', ''], ['Loan and repayment', ''], SOON),
  item('B03', ['退休提取', ''], ['Retirement withdrawal', ''], SOON),
];
