import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { NoticeEvent, Notices } from '../channels/notices/notices.ts';
import type { Depositor } from '../core/core-system.ts';
import type { OpenCase } from './case-book.ts';
import type { CaseEvent } from './life.ts';
import { isLimit, STATE_WORDS, WHY_WORDS } from './words.ts';

type FactsOf<K extends NoticeEvent['kind']> = Extract<NoticeEvent, { readonly kind: K }>['facts'];

/**
 * What a person is told by message when a step of a case is on the disk. Whoever calls again tells nothing twice: each is named by the
 * case and what happened.
 */
export async function tellPerson(
  notices: Pick<Notices, 'tell'>,
  { row, now, form, person }: OpenCase,
  event: CaseEvent,
  depositor: Pick<Depositor, 'depositorId' | 'phone' | 'accounts'>,
  at: number,
): Promise<void> {
  const { depositorId, phone: formerPhone, accounts } = depositor;
  if (depositorId === '') return;
  const { requestNumber, item } = row;
  const date = shanghaiDate(at);
  /** `what`: told apart from what else happens to the same case. */
  async function tell<K extends NoticeEvent['kind']>(what: string, kind: K, facts: FactsOf<K>): Promise<void> {
    await notices.tell({ kind, reference: `${requestNumber} ${what}`, depositorId, facts } as NoticeEvent);
  }
  const money = item === 'B03' || item === 'B04' || item === 'B05';
  switch (event.type) {
    case 'needs':
      await tell(`needs ${event.dueOn}`, 'case.materials', { requestNumber, until: event.dueOn });
      return;
    case 'toPerson': {
      const limit = event.why.find(isLimit);
      if (limit) return tell('limit', 'case.progress', { requestNumber, state: WHY_WORDS[limit] });
      if (money) await tell('person', 'withdrawal.person', { requestNumber, until: event.dueOn });
      if (now.results.repayment && item === 'B06') {
        const { onDate, amountFen } = now.results.repayment;
        await tell('accepted', 'prepayment.accepted', { requestNumber, date: onDate, amountFen: amountFen ?? 0 });
      }
      return;
    }
    case 'settled': {
      const act = now.acts.find(({ reference }) => reference === event.reference);
      if (act?.outcome !== 'done') return;
      if (act.kind === 'phone') {
        const facts = { date, phone: String(act.order['phone']), formerPhone };
        await tell(act.reference, 'phone.changed', facts);
      }
      if (act.kind === 'card' && person?.cardNumber !== undefined) {
        await tell(act.reference, 'card.changed', { date, cardNumber: person.cardNumber });
      }
      const { booked, repayment, transfer } = now.results;
      if (act.kind === 'repay' && repayment?.booked) {
        const { on, principalFen, interestFen, balanceFen } = repayment.booked;
        await tell(act.reference, 'prepayment.done', { date: on, amountFen: principalFen + interestFen, balanceFen });
        if (balanceFen === 0) await tell(act.reference, 'loan.settled', { date: on });
      }
      if (act.kind === 'transfer' && transfer?.booked) {
        const { on, amountFen } = transfer.booked;
        const facts = { accountNumber: String(act.order['accountNumber']), date: on, amountFen };
        await tell(act.reference, 'transfer.in', facts);
      }
      if (act.kind === 'pay' && booked) {
        const { amountFen: principalFen, interestFen, balanceFen } = booked;
        const accountNumber = person?.accountNumber ?? accounts[0]?.accountNumber;
        if (accountNumber === undefined) return;
        await tell(act.reference, 'withdrawal.paid', { accountNumber, date, principalFen, interestFen, balanceFen });
      }
      return;
    }
    case 'decided': {
      if (event.verdict === 'refused' && money) {
        await tell('refused', 'withdrawal.refused', { requestNumber });
      } else if (form.item === 'B08' && now.results.appointment) {
        const { branch } = now.results.appointment;
        await tell('booked', 'appointment.confirmed', { requestNumber, date: form.date, half: form.half, branch });
      } else if (event.by === 'person' && !money && !now.results.repayment?.booked && !now.results.transfer?.booked) {
        await tell('decided', 'case.progress', { requestNumber, state: STATE_WORDS[now.state] });
      }
      return;
    }
  }
}
