import type { Language, Words } from '@kiosk/contract/services/common.ts';

/**
 * Every short message there is, by key. Amounts come as text with two decimals, dates as people say them; account numbers masked. What a
 * message says is data of the centre: a provider that wants texts approved beforehand gets key and values.
 */
export const SMS_TEMPLATES = {
  'code.kiosk': {
    zh: '验证码 {code}，{minutes} 分钟内有效。您正在自助终端上办理业务，请勿告诉任何人。',
    en: 'Code {code}, valid for {minutes} minutes. You are using a self-service terminal. Tell it to nobody.',
  },
  'code.login': {
    zh: '登录验证码 {code}，{minutes} 分钟内有效。本中心不会向您索要验证码。',
    en: 'Sign-in code {code}, valid for {minutes} minutes. We never ask you for it.',
  },
  'code.register': {
    zh: '注册验证码 {code}，{minutes} 分钟内有效。如非本人操作，请拨打 12329。',
    en: 'Registration code {code}, valid for {minutes} minutes. If this was not you, call 12329.',
  },
  'interest.settled': {
    zh: '您尾号 {account} 的账户 {date} 结息 {interest} 元，本息合计 {balance} 元。',
    en: 'Account ending {account}: interest of {interest} yuan settled on {date}, balance {balance} yuan.',
  },
  'info.changed': {
    zh: '您的{what}已于 {date} 变更。如非本人操作，请立即拨打 12329。',
    en: 'Your {what} was changed on {date}. If this was not you, call 12329 at once.',
  },
  'phone.changed': {
    zh: '您的预留手机号已于 {date} 变更为 {phone}。如非本人操作，请立即拨打 12329。',
    en: 'Your phone on record was changed to {phone} on {date}. If this was not you, call 12329 at once.',
  },
  'phone.former': {
    zh: '自 {date} 起，本号码不再是公积金预留手机号（新号码 {phone}）。如非本人操作，请立即拨打 12329。',
    en: 'From {date} this is no longer the phone on record (new one {phone}). If this was not you, call 12329 at once.',
  },
  'card.changed': {
    zh: '您的收款账户已于 {date} 变更为尾号 {tail} 的账户。如非本人操作，请立即拨打 12329。',
    en: 'Payments go to the account ending {tail} from {date}. If this was not you, call 12329 at once.',
  },
  'deposit.missing': {
    zh: '您尾号 {account} 的账户 {month} 的缴存尚未到账，请向单位了解，或拨打 12329。',
    en: 'Account ending {account}: nothing was deposited for {month} yet. Please ask your employer, or call 12329.',
  },
  'transfer.in': {
    zh: '异地转入 {amount} 元已于 {date} 记入您尾号 {account} 的账户。',
    en: '{amount} yuan transferred from another city on {date} to your account ending {account}.',
  },
  'transfer.out': {
    zh: '您尾号 {account} 的账户已于 {date} 转出 {amount} 元。',
    en: '{amount} yuan transferred to another city on {date} from your account ending {account}.',
  },
  'remittance.booked': {
    zh: '您尾号 {account} 的账户 {month} 缴存 {amount} 元，余额 {balance} 元。',
    en: 'Account ending {account}: {amount} yuan deposited for {month}, balance {balance} yuan.',
  },
  'withdrawal.granted': {
    zh: '您的提取申请 {number} 已通过，{amount} 元将转入您登记的收款账户。',
    en: 'Withdrawal {number} was granted; {amount} yuan will be paid to your account on record.',
  },
  'withdrawal.refused': {
    zh: '您的提取申请 {number} 未通过。原因可在自助终端或网上业务大厅查看，也可拨打 12329。',
    en: 'Withdrawal {number} was not granted. See why at a terminal or in the web hall, or call 12329.',
  },
  'withdrawal.person': {
    zh: '您的提取申请 {number} 已转人工审核，{date} 前办结。',
    en: 'Withdrawal {number} is being looked at by a colleague and will be decided by {date}.',
  },
  'withdrawal.paid': {
    zh: '您尾号 {account} 的账户 {date} 提取本金 {principal} 元、利息 {interest} 元，余额 {balance} 元。',
    en: 'Account ending {account}: {principal} yuan and {interest} yuan of interest withdrawn on {date}, balance {balance} yuan.',
  },
  'prepayment.accepted': {
    zh: '您的提前还款申请 {number} 已受理，预计 {date} 扣款 {amount} 元。',
    en: 'Early repayment {number} accepted; {amount} yuan will be taken around {date}.',
  },
  'prepayment.done': {
    zh: '您已于 {date} 提前还款 {amount} 元，剩余本金 {balance} 元。',
    en: 'Early repayment of {amount} yuan made on {date}, principal left {balance} yuan.',
  },
  'repayment.due': {
    zh: '您的贷款将于 {date} 扣款 {amount} 元，请确保还款账户余额充足。',
    en: 'Your loan payment of {amount} yuan is due on {date}. Please have it in your account.',
  },
  'repayment.overdue': {
    zh: '您的贷款有 {amount} 元已逾期 {days} 天，请尽快还款。',
    en: '{amount} yuan of your loan are {days} days overdue. Please pay soon.',
  },
  'loan.paidOut': {
    zh: '您的贷款 {amount} 元已于 {date} 发放，首期还款日 {first}。',
    en: 'Your loan of {amount} yuan was paid out on {date}; the first payment is due on {first}.',
  },
  'loan.settled': {
    zh: '您的贷款已于 {date} 结清，可办理结清证明。',
    en: 'Your loan was settled on {date}. You can have the settlement certificate now.',
  },
  'case.progress': {
    zh: '您的业务 {number} 有新进展：{state}。',
    en: 'Your case {number} has moved on: {state}.',
  },
  'case.missing': {
    zh: '您的业务 {number} 还缺材料，请于 {date} 前补交，可在手机上拍照上传。',
    en: 'Your case {number} lacks papers. Please hand them in by {date}, by phone if you like.',
  },
  'document.issued': {
    zh: '您的{what}（尾号 {tail}）已于 {date} 出具。如非本人操作，请立即拨打 12329。',
    en: 'Issued on {date}: {what}, ending {tail}. If this was not you, call 12329 at once.',
  },
  'document.cancelled': {
    zh: '您的凭证（尾号 {tail}）已于 {date} 注销。',
    en: 'Your document ending {tail} was cancelled on {date}.',
  },
  'document.used': {
    zh: '您的凭证（尾号 {tail}）已于 {date} 被核验。',
    en: 'Your document ending {tail} was verified on {date}.',
  },
  'consent.given': {
    zh: '您已授权{department}查询您的公积金信息，{date} 前有效，可随时撤回。',
    en: 'You allow {department} to see fund data of yours until {date}. You can withdraw it at any time.',
  },
  'appointment.confirmed': {
    zh: '您的预约 {number} 已确认：{date}，{branch}。',
    en: 'Appointment {number} confirmed: {date}, {branch}.',
  },
  'appointment.tomorrow': {
    zh: '提醒：您预约 {date} 到{branch}办理业务，预约号 {number}。',
    en: 'Reminder: you are expected at {branch} on {date}, appointment {number}.',
  },
  'rating.followUp': {
    zh: '您的评价已收到，编号 {number}。我们会查明原因，{date} 前处理完毕。',
    en: 'Thank you for telling us. We look into it under {number} and finish by {date}.',
  },
  'terminal.incident': {
    zh: '{terminal} 号终端（{place}）{time}：{what}。第 {level} 级联系人，请处理。',
    en: 'Terminal {terminal} ({place}), {time}: {what}. You are contact of level {level}, please see to it.',
  },
  'terminal.recovered': {
    zh: '{terminal} 号终端（{place}）{time}：{what}，已恢复。',
    en: 'Terminal {terminal} ({place}), {time}: {what}, over.',
  },
  'staff.called': {
    zh: '{terminal} 号终端（{place}）{time}：有人叫工作人员，{what}。请过去看一下。',
    en: 'Terminal {terminal} ({place}), {time}: somebody calls for staff, {what}. Please go and see.',
  },
  'channel.alarm': {
    zh: '渠道 {channel} 异常：{what}。',
    en: 'Channel {channel}: {what}.',
  },
  'policy.news': { zh: '{title}。详见网上业务大厅。', en: '{title}. Read it in the web hall.' },
} as const satisfies Record<string, Words>;
export type SmsTemplate = keyof typeof SMS_TEMPLATES;

type Holes<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
/** What a template wants filled in. */
export type SmsValues<K extends SmsTemplate> = Readonly<Record<Holes<(typeof SMS_TEMPLATES)[K]['zh']>, string>>;
/** One of them with what it wants filled in. */
export type SmsMessage = { [K in SmsTemplate]: { readonly template: K; readonly values: SmsValues<K> } }[SmsTemplate];

/** Nothing that is filled in can open another place: what stands in braces inside a value stays as it is. */
export function smsText<K extends SmsTemplate>(
  template: K,
  values: SmsValues<K>,
  language: Language,
  signature: string,
): string {
  const filled = SMS_TEMPLATES[template][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (values as Readonly<Record<string, string>>)[name];
    if (value === undefined) throw new RangeError(`message ${template}: nothing for ${name}`);
    return value;
  });
  return `【${signature}】${filled}`;
}

export const placesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();
