import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import type { BookedRepayment } from '../../core/core-system.ts';
import { trialOf } from '../../core/views.ts';
import { type Done, type Work, carryOut, toPerson, todayOf } from '../work.ts';
import { loanOf } from './loans.ts';

type Form = Extract<RequestForm, { item: 'B06' }>;

const Order = z.object({
  loanNumber: z.string(),
  amountFen: z.number().int().positive().nullable(),
  keep: z.enum(['term', 'payment']),
  accountNumber: z.string().nullable(),
});
type Order = z.infer<typeof Order>;

const beginningOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

/**
 * B06: what cannot be is refused at once; the rest two of the staff grant, and the core carries it out on the day that was asked for, or on
 * the day it was granted when that is later. What is owed is worked out on the day it is booked.
 */
export async function decideRepayment(work: Work, form: Form): Promise<void> {
  const { parts, row } = work;
  const { approval, acts } = work.now();
  const begun = acts.findLast(({ kind, outcome }) => kind === 'repay' && outcome !== 'failed');
  if (begun) return carryOutNow(work, begun.reference, Order.parse(begun.order), form);
  const loan = loanOf(work);
  if (approval && loan) {
    if (form.onDate > todayOf(work)) return work.apply({ type: 'noted' }, beginningOf(form.onDate));
    const order: Order = {
      loanNumber: loan.loanNumber,
      amountFen: form.amountFen,
      keep: form.keep ?? 'payment',
      accountNumber: form.payFrom === 'fund' ? payingAccount(work) : null,
    };
    return carryOutNow(work, approval.reference, order, form);
  }
  // A day that has passed while the request lay on a terminal: it is carried out when it is granted.
  const today = todayOf(work);
  const onDate = form.onDate < today ? today : form.onDate;
  const trial = loan && trialOf(loan, { amountFen: form.amountFen, onDate }, parts.city, today);
  if (!trial?.ok) {
    const words = {
      zh: '贷款状态、金额或日期不在可以提前还款的范围',
      en: 'The loan, the amount or the day do not allow an early repayment',
    };
    return work.apply({ type: 'decided', verdict: 'refused', by: 'rules', words });
  }
  const repayment = { number: row.requestNumber, onDate, amountFen: trial.value.amountFen };
  return toPerson(work, ['no-rule'], { results: { repayment } });
}

const payingAccount = ({ person, depositor }: Work): string =>
  person?.accountNumber ?? depositor.accounts[0]?.accountNumber ?? '';

/** Intent before, outcome after. The loan and, where it pays, the fund account are booked by the core in one. */
async function carryOutNow(work: Work, reference: string, order: Order, { onDate }: Form): Promise<void> {
  const { row } = work;
  const { amountFen } = order;
  const act = await carryOut(work, { reference, kind: 'repay', amountFen, order: { ...order } }, (given) =>
    askRepayment(work, reference, given),
  );
  if (act.outcome === 'failed') return toPerson(work, ['core-refused']);
  if (act.outcome === 'unknown') {
    return toPerson(work, ['unknown-outcome'], {
      results: { repayment: { number: row.requestNumber, onDate, amountFen } },
    });
  }
  const words = work.now().approval?.words ?? { zh: '提前还款已办结', en: 'The early repayment is done' };
  return work.apply({ type: 'decided', verdict: 'granted', by: 'person', words });
}

/** Asked for under its reference, which does it once, however often it is asked. */
export async function askRepayment(work: Work, reference: string, order: unknown): Promise<Result<Done>> {
  const { parts, depositor, row } = work;
  const booked = await parts.core.repayEarly({ reference, depositorId: depositor.depositorId, ...Order.parse(order) });
  return booked.ok ? ok(doneOf(row.requestNumber, booked.value)) : booked;
}

const doneOf = (number: string, booked: BookedRepayment): Done => {
  const { date: on, amountFen, principalFen, interestFen, balanceFen } = booked;
  return {
    amountFen,
    results: { repayment: { number, onDate: on, amountFen, booked: { on, principalFen, interestFen, balanceFen } } },
  };
};
