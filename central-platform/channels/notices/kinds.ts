import { DateText, Fen, type Language, MonthText, Words } from '@kiosk/contract/services/common.ts';
import type { CalendarDate, CalendarMonth } from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';
import type { SmsMessage } from '../sms/templates.ts';

/** What a person can switch off. The last two cannot be: they are what somebody would want to know who did not do it. */
export const NOTICE_TOPICS: readonly {
  readonly topic: NoticeTopic;
  readonly name: Words;
  readonly optional: boolean;
}[] = [
  { topic: 'account', name: { zh: '缴存与结息', en: 'Deposits and interest' }, optional: true },
  { topic: 'loan', name: { zh: '还款提醒', en: 'Loan payments' }, optional: true },
  { topic: 'business', name: { zh: '办事进度', en: 'Progress of your business' }, optional: true },
  { topic: 'appointment', name: { zh: '预约提醒', en: 'Appointments' }, optional: true },
  { topic: 'money', name: { zh: '资金变动与逾期', en: 'Money paid out, and what is overdue' }, optional: false },
  { topic: 'security', name: { zh: '信息变更与证明', en: 'Changes of your data, and certificates' }, optional: false },
];
export type NoticeTopic = 'account' | 'loan' | 'business' | 'appointment' | 'money' | 'security';

interface Rule<S extends z.ZodRawShape> {
  readonly topic: NoticeTopic;
  /** Also at night: waiting until the morning would help whoever should not have done it. */
  readonly urgent?: true;
  /** After that nobody is served by it any more. */
  readonly hours: number;
  readonly facts: S;
  /** Numbers of accounts and phones are masked here, so that no caller can forget it. */
  readonly words: (facts: z.infer<z.ZodObject<S>>, language: Language) => SmsMessage;
  /** Somebody else beside the person: the number that was theirs. */
  readonly former?: (facts: z.infer<z.ZodObject<S>>) => { readonly phone: string | null } & SmsMessage;
}
const kind = <S extends z.ZodRawShape>(rule: Rule<S>): Rule<S> => rule;

const number = z.string().min(1).max(40);
const tail = (text: string): string => text.slice(-4);
const yuan = formatYuan;
const day = (date: CalendarDate, language: Language): string =>
  language === 'zh' ? `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日` : date;
const monthName = (month: CalendarMonth, language: Language): string =>
  language === 'zh' ? `${month.slice(0, 4)}年${Number(month.slice(5))}月` : month;
const HALVES = { morning: { zh: '上午', en: 'in the morning' }, afternoon: { zh: '下午', en: 'in the afternoon' } };
const visit = { requestNumber: number, date: DateText, half: z.enum(['morning', 'afternoon']), branch: Words };
type Visit = { requestNumber: string; date: string; half: 'morning' | 'afternoon'; branch: Words };
const visitValues = ({ requestNumber, date, half, branch }: Visit, language: Language) => ({
  number: requestNumber,
  date: language === 'zh' ? `${day(date, 'zh')}${HALVES[half].zh}` : `${date} ${HALVES[half].en}`,
  branch: branch[language],
});

/** Every moment at which a person is told something. */
export const NOTICES = {
  'deposit.missing': kind({
    ...{ topic: 'account', hours: 72, facts: { accountNumber: number, month: MonthText } },
    words: ({ accountNumber, month }, language) => ({
      template: 'deposit.missing',
      values: { account: tail(accountNumber), month: monthName(month, language) },
    }),
  }),
  'remittance.booked': kind({
    ...{ topic: 'account', hours: 72 },
    facts: { accountNumber: number, month: MonthText, amountFen: Fen, balanceFen: Fen },
    words: ({ accountNumber, month, amountFen, balanceFen }, language) => ({
      template: 'remittance.booked',
      values: {
        ...{ account: tail(accountNumber), month: monthName(month, language) },
        ...{ amount: yuan(amountFen), balance: yuan(balanceFen) },
      },
    }),
  }),
  'interest.settled': kind({
    ...{ topic: 'account', hours: 168 },
    facts: { accountNumber: number, date: DateText, interestFen: Fen, balanceFen: Fen },
    words: ({ accountNumber, date, interestFen, balanceFen }, language) => ({
      template: 'interest.settled',
      values: {
        ...{ account: tail(accountNumber), date: day(date, language) },
        ...{ interest: yuan(interestFen), balance: yuan(balanceFen) },
      },
    }),
  }),
  'transfer.in': kind({
    ...{ topic: 'money', hours: 72, facts: { accountNumber: number, date: DateText, amountFen: Fen } },
    words: ({ accountNumber, date, amountFen }, language) => ({
      template: 'transfer.in',
      values: { account: tail(accountNumber), date: day(date, language), amount: yuan(amountFen) },
    }),
  }),
  'transfer.out': kind({
    ...{ topic: 'money', hours: 72, facts: { accountNumber: number, date: DateText, amountFen: Fen } },
    words: ({ accountNumber, date, amountFen }, language) => ({
      template: 'transfer.out',
      values: { account: tail(accountNumber), date: day(date, language), amount: yuan(amountFen) },
    }),
  }),
  'withdrawal.granted': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number, amountFen: Fen } },
    words: ({ requestNumber, amountFen }) => ({
      template: 'withdrawal.granted',
      values: { number: requestNumber, amount: yuan(amountFen) },
    }),
  }),
  'withdrawal.refused': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number } },
    words: ({ requestNumber }) => ({ template: 'withdrawal.refused', values: { number: requestNumber } }),
  }),
  'withdrawal.person': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number, until: DateText } },
    words: ({ requestNumber, until }, language) => ({
      template: 'withdrawal.person',
      values: { number: requestNumber, date: day(until, language) },
    }),
  }),
  'withdrawal.paid': kind({
    ...{ topic: 'money', hours: 72 },
    facts: { accountNumber: number, date: DateText, principalFen: Fen, interestFen: Fen, balanceFen: Fen },
    words: ({ accountNumber, date, principalFen, interestFen, balanceFen }, language) => ({
      template: 'withdrawal.paid',
      values: {
        ...{ account: tail(accountNumber), date: day(date, language), principal: yuan(principalFen) },
        ...{ interest: yuan(interestFen), balance: yuan(balanceFen) },
      },
    }),
  }),
  'prepayment.accepted': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number, date: DateText, amountFen: Fen } },
    words: ({ requestNumber, date, amountFen }, language) => ({
      template: 'prepayment.accepted',
      values: { number: requestNumber, date: day(date, language), amount: yuan(amountFen) },
    }),
  }),
  'prepayment.done': kind({
    ...{ topic: 'money', hours: 72, facts: { date: DateText, amountFen: Fen, balanceFen: Fen } },
    words: ({ date, amountFen, balanceFen }, language) => ({
      template: 'prepayment.done',
      values: { date: day(date, language), amount: yuan(amountFen), balance: yuan(balanceFen) },
    }),
  }),
  'loan.due': kind({
    ...{ topic: 'loan', hours: 48, facts: { date: DateText, amountFen: Fen } },
    words: ({ date, amountFen }, language) => ({
      template: 'repayment.due',
      values: { date: day(date, language), amount: yuan(amountFen) },
    }),
  }),
  'loan.overdue': kind({
    ...{ topic: 'money', hours: 72, facts: { days: z.number().int().min(0), amountFen: Fen } },
    words: ({ days, amountFen }) => ({
      template: 'repayment.overdue',
      values: { days: String(days), amount: yuan(amountFen) },
    }),
  }),
  'loan.paidOut': kind({
    ...{ topic: 'money', hours: 168, facts: { date: DateText, amountFen: Fen, firstDue: DateText } },
    words: ({ date, amountFen, firstDue }, language) => ({
      template: 'loan.paidOut',
      values: { date: day(date, language), amount: yuan(amountFen), first: day(firstDue, language) },
    }),
  }),
  'loan.settled': kind({
    ...{ topic: 'loan', hours: 168, facts: { date: DateText } },
    words: ({ date }, language) => ({ template: 'loan.settled', values: { date: day(date, language) } }),
  }),
  'phone.changed': kind({
    ...{ topic: 'security', urgent: true, hours: 168 },
    facts: { date: DateText, phone: number, formerPhone: number.nullable() },
    words: ({ date, phone }, language) => ({
      template: 'phone.changed',
      values: { date: day(date, language), phone: maskPhone(phone) },
    }),
    former: ({ date, phone, formerPhone }) => ({
      phone: formerPhone,
      template: 'phone.former',
      values: { date: day(date, 'zh'), phone: maskPhone(phone) },
    }),
  }),
  'card.changed': kind({
    ...{ topic: 'security', urgent: true, hours: 168, facts: { date: DateText, cardNumber: number } },
    words: ({ date, cardNumber }, language) => ({
      template: 'card.changed',
      values: { date: day(date, language), tail: tail(cardNumber) },
    }),
  }),
  'certificate.issued': kind({
    ...{ topic: 'security', hours: 168, facts: { date: DateText, documentNumber: number, what: Words } },
    words: ({ date, documentNumber, what }, language) => ({
      template: 'document.issued',
      values: { date: day(date, language), tail: tail(documentNumber), what: what[language] },
    }),
  }),
  'certificate.cancelled': kind({
    ...{ topic: 'security', hours: 168, facts: { date: DateText, documentNumber: number } },
    words: ({ date, documentNumber }, language) => ({
      template: 'document.cancelled',
      values: { date: day(date, language), tail: tail(documentNumber) },
    }),
  }),
  'case.materials': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number, until: DateText } },
    words: ({ requestNumber, until }, language) => ({
      template: 'case.missing',
      values: { number: requestNumber, date: day(until, language) },
    }),
  }),
  'case.progress': kind({
    ...{ topic: 'business', hours: 72, facts: { requestNumber: number, state: Words } },
    words: ({ requestNumber, state }, language) => ({
      template: 'case.progress',
      values: { number: requestNumber, state: state[language] },
    }),
  }),
  'appointment.confirmed': kind({
    ...{ topic: 'appointment', hours: 24, facts: visit },
    words: (facts, language) => ({ template: 'appointment.confirmed', values: visitValues(facts, language) }),
  }),
  'appointment.tomorrow': kind({
    ...{ topic: 'appointment', hours: 20, facts: visit },
    words: (facts, language) => ({ template: 'appointment.tomorrow', values: visitValues(facts, language) }),
  }),
  'rating.followUp': kind({
    ...{ topic: 'business', hours: 72, facts: { workOrder: number, until: DateText } },
    words: ({ workOrder, until }, language) => ({
      template: 'rating.followUp',
      values: { number: workOrder, date: day(until, language) },
    }),
  }),
} as const;
export type NoticeKind = keyof typeof NOTICES;

/**
 * Something that happened to a person. `reference`: the event's own, unique for ever within its kind (a request number, a document number,
 * an account with a month): the same event told again, by whatever process, is one notice.
 */
export type NoticeEvent = {
  [K in NoticeKind]: {
    readonly kind: K;
    readonly reference: string;
    readonly depositorId: string;
    readonly facts: z.infer<z.ZodObject<(typeof NOTICES)[K]['facts']>>;
  };
}[NoticeKind];

/** What is to be written of a notice, and to which other number. Throws when the facts are not the kind's own. */
export function messagesOf(
  of: NoticeKind,
  given: unknown,
  language: Language,
): { readonly own: SmsMessage; readonly former: ({ readonly phone: string | null } & SmsMessage) | undefined } {
  // Each rule reads what its own shape has just let through.
  const rule = NOTICES[of] as unknown as Rule<z.ZodRawShape>;
  const facts = z.strictObject(rule.facts).parse(given);
  return { own: rule.words(facts, language), former: rule.former?.(facts) };
}
