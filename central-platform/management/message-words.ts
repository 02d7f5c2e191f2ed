import type { Words } from '@kiosk/contract/services/common.ts';

/** What each message is about, for a list. */
const MESSAGE_WORDS: Readonly<Record<string, Words>> = {
  'code.kiosk': { zh: '终端验证码', en: 'Code for a terminal' },
  'code.login': { zh: '登录验证码', en: 'Sign-in code' },
  'code.register': { zh: '注册验证码', en: 'Registration code' },
  'interest.settled': { zh: '年度结息', en: 'Interest settled' },
  'info.changed': { zh: '信息变更', en: 'Details changed' },
  'phone.changed': { zh: '手机号变更', en: 'Phone changed' },
  'phone.former': { zh: '手机号变更（原号码）', en: 'Phone changed (former number)' },
  'card.changed': { zh: '收款账户变更', en: 'Payout account changed' },
  'deposit.missing': { zh: '缴存未到账', en: 'Deposit missing' },
  'transfer.in': { zh: '转入到账', en: 'Transfer in' },
  'transfer.out': { zh: '转出', en: 'Transfer out' },
  'remittance.booked': { zh: '汇缴到账', en: 'Deposit booked' },
  'withdrawal.granted': { zh: '提取通过', en: 'Withdrawal granted' },
  'withdrawal.refused': { zh: '提取未通过', en: 'Withdrawal refused' },
  'withdrawal.person': { zh: '提取转人工', en: 'Withdrawal with staff' },
  'withdrawal.paid': { zh: '提取到账', en: 'Withdrawal paid' },
  'prepayment.accepted': { zh: '提前还款受理', en: 'Early repayment accepted' },
  'prepayment.done': { zh: '提前还款办结', en: 'Early repayment done' },
  'repayment.due': { zh: '还款提醒', en: 'Payment due' },
  'repayment.overdue': { zh: '逾期提醒', en: 'Payment overdue' },
  'loan.paidOut': { zh: '贷款发放', en: 'Loan paid out' },
  'loan.settled': { zh: '贷款结清', en: 'Loan settled' },
  'case.progress': { zh: '办理进度', en: 'Progress' },
  'case.missing': { zh: '补交材料', en: 'Materials missing' },
  'document.issued': { zh: '证明出具', en: 'Document issued' },
  'document.cancelled': { zh: '证明注销', en: 'Document cancelled' },
  'document.used': { zh: '证明使用', en: 'Document used' },
  'consent.given': { zh: '授权', en: 'Consent given' },
  'appointment.confirmed': { zh: '预约成功', en: 'Appointment confirmed' },
  'appointment.tomorrow': { zh: '预约提醒', en: 'Appointment tomorrow' },
  'rating.followUp': { zh: '评价回访', en: 'Follow-up of a rating' },
  'staff.called': { zh: '呼叫工作人员', en: 'Staff called' },
  'terminal.incident': { zh: '终端故障通知', en: 'Terminal incident' },
  'terminal.recovered': { zh: '终端恢复通知', en: 'Terminal recovered' },
  'channel.alarm': { zh: '渠道告警', en: 'Channel alarm' },
  'policy.news': { zh: '政策消息', en: 'Policy news' },
};

/** One of a release whose words are gone. */
export const messageWords = (template: string): Words => MESSAGE_WORDS[template] ?? { zh: template, en: template };
