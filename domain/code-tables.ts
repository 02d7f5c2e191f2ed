/**
 * Code tables of JGJ/T 320-2014 (housing provident fund basic data), as this system stores and sends them.
 *
 * Confidence, because the printed standard was not at hand when these were written:
 * - CONFIRMED: the same codes in two or more independent systems.
 * - ONE SYSTEM: the codes of one system built to the standard. Check against the printed tables before a centre goes live.
 * Local codes of a centre (its own account states, summary codes) are translated by that centre's adapter and never appear here.
 */

/** A.1 certificate type (证件类型). CONFIRMED. Government terminals use another list (111 = resident ID card): map, never mix. */
export const CERTIFICATE_TYPES = {
  '01': '身份证',
  '02': '军官证',
  '03': '护照',
  '04': '外国人永久居留证',
  '99': '其他',
} as const;
export type CertificateType = keyof typeof CERTIFICATE_TYPES;

/** A.4 state of a unit's account (单位账户状态). ONE SYSTEM. */
export const UNIT_ACCOUNT_STATES = {
  '01': '正常',
  '02': '开户',
  '03': '缓缴',
  '04': '销户',
  '05': '封存',
  '99': '其他',
} as const;
export type UnitAccountState = keyof typeof UNIT_ACCOUNT_STATES;

/** A.5 kind of entry (业务类型), also the summary word of a statement when the centre sends none. ONE SYSTEM. */
export const ENTRY_KINDS = {
  '01': '汇缴',
  '02': '补缴',
  '03': '开户',
  '04': '启封',
  '05': '封存',
  '06': '内部转移',
  '07': '外部转出',
  '08': '外部转入',
  '09': '年终结息',
  '10': '基数调整',
  '11': '部分提取',
  '12': '销户提取',
  '13': '缓缴处理',
  '14': '冻结',
  '15': '解冻',
  '99': '其他',
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;
export const INTEREST_ENTRY: EntryKind = '09';

/** A.6 state of a person's account (个人账户状态). CONFIRMED. */
export const ACCOUNT_STATES = {
  '01': '正常',
  '02': '封存',
  '03': '合并销户',
  '04': '外部转出销户',
  '05': '提取销户',
  '06': '冻结',
  '99': '其他',
} as const;
export type AccountState = keyof typeof ACCOUNT_STATES;

/** A.7 reason of a withdrawal or closing (提取/销户原因). ONE SYSTEM; banks use another list. New law may add reasons: treat as data. */
export const WITHDRAWAL_REASONS = {
  '01': '购买住房',
  '02': '建造、翻修、大修住房',
  '03': '离休、退休',
  '04': '完全丧失劳动能力并终止劳动关系',
  '05': '户口迁出或出境定居',
  '06': '偿还购房贷款本息',
  '07': '房租超过规定比例',
  '08': '死亡',
  '09': '大病医疗',
  '99': '其他',
} as const;
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS;

/** A.8 way of paying a withdrawal out (提取方式). ONE SYSTEM. */
export const WITHDRAWAL_WAYS = { '01': '现金', '02': '转账', '99': '其他' } as const;
export type WithdrawalWay = keyof typeof WITHDRAWAL_WAYS;

/** A.9 correction mark (冲账标识). ONE SYSTEM. */
export const CORRECTION_MARKS = { '01': '非冲账', '02': '冲账' } as const;
export type CorrectionMark = keyof typeof CORRECTION_MARKS;

/** A.10 kind of security for a loan (担保类型). CONFIRMED. */
export const SECURITY_KINDS = { '01': '抵押', '02': '质押', '03': '保证', '99': '其他' } as const;
export type SecurityKind = keyof typeof SECURITY_KINDS;

/** A.11 way of repaying (还款方式). 01 and 02 CONFIRMED, the rest ONE SYSTEM. */
export const REPAYMENT_WAYS = {
  '01': '等额本息',
  '02': '等额本金',
  '03': '一次还款付息',
  '04': '自由还款',
  '99': '其他',
} as const;
export type RepaymentWay = keyof typeof REPAYMENT_WAYS;

/** A.15 kind of loan entry (贷款明细类型). ONE SYSTEM. */
export const LOAN_ENTRY_KINDS = {
  '01': '发放',
  '02': '正常还款',
  '03': '提前还款',
  '04': '逾期还款',
  '05': '公积金提取还款',
  '06': '结清',
  '07': '展期',
  '08': '缩期',
  '09': '核销',
  '99': '其他',
} as const;
export type LoanEntryKind = keyof typeof LOAN_ENTRY_KINDS;

/** True when `code` is in the table; narrows it. */
export function isCode<Table extends Readonly<Record<string, string>>>(
  table: Table,
  code: string,
): code is keyof Table & string {
  return Object.hasOwn(table, code);
}
