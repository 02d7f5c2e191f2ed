import type { Results } from '@kiosk/contract/platform/requests.ts';
import type { Fact } from '@kiosk/contract/screen/blocks.ts';
import { PART_NAMES } from './bundle.ts';
import { data, date, fact, money, said, words } from '../items/parts.ts';

const PAYMENT = {
  paid: words('已付', 'Paid'),
  underWay: words('银行正在付款，一般当天到账', 'The bank is paying it, usually today'),
  refused: words('银行退回，工作人员会联系您', 'The bank sent it back; our staff will call you'),
} as const;
const TRANSFER = {
  letterSent: words('联系函已发出', 'The letter has been sent'),
  letterReceived: words('对方中心已收函', 'The other centre has the letter'),
  moneySent: words('对方中心已转出', 'The other centre has sent the money'),
  arrived: words('已到账', 'Arrived'),
  refused: words('对方中心退回', 'The other centre sent it back'),
} as const;
const WAYS = {
  offsetMonthly: words('按月冲还贷', 'Monthly from the fund'),
  offsetYearly: words('按年冲还贷', 'Yearly from the fund'),
} as const;
const HALF = { morning: words('上午', 'morning'), afternoon: words('下午', 'afternoon') } as const;
const VERDICT = {
  granted: words('办好了', 'Done'),
  refused: words('没有办成', 'Not granted'),
  open: words('工作人员办理', 'With our staff'),
} as const;

/** What a granted request did, line by line; the platform masks what it says. */
export function resultFacts(results: Results): Fact[] {
  const { booked, payment, agreement, repayment, transfer, phone, card, appointment, consent, parts } = results;
  return [
    booked && fact(words('提取金额', 'Withdrawn'), money(booked.amountFen), { strong: true }),
    booked && booked.interestFen > 0 && fact(words('其中利息', 'Of it interest'), money(booked.interestFen)),
    booked && fact(words('账户余额', 'Balance left'), money(booked.balanceFen)),
    payment &&
      fact(words('付到', 'Paid to'), data(`${payment.bankName} ${payment.card}`), { note: PAYMENT[payment.state] }),
    agreement && fact(words('协议编号', 'Agreement'), data(agreement.number), { note: WAYS[agreement.way] }),
    agreement && fact(words('第一次扣划', 'First run'), date(agreement.firstRunOn), { strong: true }),
    repayment && fact(words('还款日', 'On'), date(repayment.onDate)),
    repayment &&
      fact(
        words('提前还', 'Early repayment'),
        repayment.amountFen === null ? said(words('全部还清', 'All of it')) : money(repayment.amountFen),
        { strong: true },
      ),
    transfer && fact(words('联系函编号', 'Letter'), data(transfer.letterNumber), { strong: true }),
    transfer && fact(words('转出中心', 'From'), data(transfer.centre), { note: TRANSFER[transfer.step] }),
    phone !== undefined && fact(words('新手机号', 'New phone'), data(phone), { strong: true }),
    card && fact(words('收款卡', 'Payout card'), data(`${card.bankName} ${card.card}`), { strong: true }),
    appointment?.ticket !== undefined && fact(words('排队号', 'Ticket'), data(appointment.ticket), { strong: true }),
    appointment && fact(words('网点', 'Branch'), said(appointment.branch)),
    appointment && fact(words('时间', 'When'), date(appointment.date), { note: HALF[appointment.half], strong: true }),
    consent &&
      consent.until !== null &&
      fact(words('授权到', 'Consent until'), { kind: 'moment', at: consent.until }, { strong: true }),
    ...(parts ?? []).slice(0, 4).map(({ item, verdict, words: why }) => {
      const more = verdict === 'granted' ? {} : { note: why };
      return fact(PART_NAMES[item] ?? words(item, item), said(VERDICT[verdict]), more);
    }),
  ]
    .filter((one): one is Fact => Boolean(one))
    .slice(0, 12);
}
