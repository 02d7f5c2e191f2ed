import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import { ok, type Result } from '@kiosk/contract/kernel/result.ts';
import type { RuleLine } from '@kiosk/contract/platform/requests.ts';
import type { Evidence } from '@kiosk/domain/city.ts';
import { changeInWords, ruleInWords } from '@kiosk/domain/withdrawal-words.ts';
import type { RuleStep } from '@kiosk/domain/withdrawal.ts';
import { z } from 'zod';
import type { BookedWithdrawal, WithdrawalOrder } from '../../core/core-system.ts';
import type { Found } from '../../core/review/office.ts';
import { bookedFen, type Why } from '../life.ts';
import { GRANTED, REFUSED, materialWords } from '../words.ts';
import { Later, carryOut, supplementBy, type Done, type Work, toPerson } from '../work.ts';
import { carryParts, lastFour, verifiedCard } from './changes.ts';

type Form = Extract<RequestForm, { item: 'B03' | 'B04' | 'B05' }>;
type Words = RuleLine['words'];

/** Codes of JGJ/T 320 table A.7. */
const REASON = { B03: '03', B04: '07', B05: '06' } as const;

const Order = z.object({
  withdrawal: z.object({
    reference: z.string(),
    depositorId: z.string(),
    accountNumber: z.string(),
    reason: z.string(),
    amountFen: z.number().int(),
    closes: z.boolean(),
  }),
  payTo: z.object({ name: z.string(), cardNumber: z.string(), bankName: z.string() }),
});
type Order = z.infer<typeof Order>;

/** Who decides, where a member of the staff does. */
export interface ByStaff extends Found {
  readonly words: Words;
}

export const lineOf = (step: RuleStep): RuleLine => {
  const change = changeInWords(step);
  return {
    rule: step.rule,
    outcome: step.outcome,
    words: ruleInWords(step),
    ...(step.atMostFen !== undefined && { atMostFen: step.atMostFen }),
    ...(change && { change }),
  };
};

/**
 * B03, B04, B05 once: the rules decide, the core books, the bank pays, each once for ever. What a process left half done goes on
 * from its intents.
 */
export async function decideWithdrawal(work: Work, form: Form, staff?: ByStaff): Promise<void> {
  const begun = work.now().acts.findLast(({ kind, outcome }) => kind === 'withdraw' && outcome !== 'failed');
  if (begun) return bookAndPay(work, Order.parse(begun.order), staff);
  if (!staff && form.item === 'B03' && form.bundle) {
    const { results, why } = await carryParts(work, form.bundle.parts);
    await work.apply({ type: 'told', results: { parts: results } });
    if (why) return toPerson(work, [why]);
  }
  const payTo = await cardOf(work, form);
  if (payTo === 'none') return needs(work, ['payoutCard']);
  if (payTo === 'not-checked') return toPerson(work, ['check-missing']);

  const { row, person, depositor, parts } = work;
  const assessed = await parts.review.assess(
    {
      requestNumber: row.requestNumber,
      depositorId: depositor.depositorId,
      accountNumber: person?.accountNumber,
      reason: REASON[form.item],
      amountFen: 'amountFen' in form ? form.amountFen : undefined,
      months: form.item === 'B04' ? form.months : undefined,
      consentId: form.consents?.length ? row.requestNumber : null,
      consents: form.consents,
      actor: row.terminalId === null ? `channel ${row.channelId}` : `terminal ${row.terminalId}`,
    },
    staff,
  );
  if (!assessed.ok) {
    if (assessed.error.code.startsWith('E330') && assessed.error.code < 'E3304') throw new Later(assessed.error.code);
    return toPerson(work, ['core-refused']);
  }
  const { decision, order } = assessed.value;
  const trace = decision.trace.map(lineOf);
  if (decision.by === 'rules' && decision.verdict === 'refused') {
    const last = trace.at(-1)?.words ?? REFUSED;
    return work.apply({ type: 'decided', verdict: 'refused', by: staff ? 'person' : 'rules', words: last, trace });
  }
  if (order) return bookAndPay(work, { withdrawal: order, payTo }, staff, trace);
  const open = decision.trace.flatMap(({ outcome, evidence }) => (outcome === 'unknown' && evidence ? [evidence] : []));
  const later = open.filter((one) => stillToCome(work, form, one));
  if (later.length > 0) return needs(work, later);
  const why: Why[] = decision.by === 'person' ? [...decision.why] : ['no-rule'];
  if (form.gaps?.some(({ as }) => as === 'commitment')) why.push('commitment');
  if (work.now().supplied.length > 0) why.push('supplement');
  return toPerson(work, why, { trace });
}

/** Accepted with a gap: it is to be handed in, and was not yet. */
function stillToCome(work: Work, form: Form, evidence: Evidence): boolean {
  const promised =
    form.gaps?.some(({ material, as }) => material === evidence && as === 'later') ||
    form.supplied?.some(({ material, by }) => material === evidence && by === 'phone');
  return promised === true && !work.now().supplied.includes(evidence);
}

function needs(work: Work, materials: readonly string[]): Promise<void> {
  const until = supplementBy(work);
  const missing = materials.map((material) => ({ material, words: materialWords(material), until }));
  return work.apply({ type: 'needs', missing, dueOn: until });
}

async function cardOf(work: Work, form: Form): Promise<Order['payTo'] | 'none' | 'not-checked'> {
  const { depositor, parts } = work;
  const { name } = depositor;
  if (form.payTo === 'newCard') {
    const card = await verifiedCard(work, form.cardCheckId);
    return card ? { name, ...card } : 'not-checked';
  }
  // A part of the bundle may have changed it a moment ago.
  const fresh = await parts.core.get(depositor.depositorId);
  if (!fresh.ok) throw new Later(fresh.error.code);
  const card = fresh.value?.payoutCard;
  return card ? { name, ...card } : 'none';
}

const booked = ({ principalFen, interestFen, balanceFen, date }: BookedWithdrawal): Done => ({
  amountFen: principalFen + interestFen,
  results: { booked: { amountFen: principalFen, interestFen, balanceFen, on: date } },
});
const told = (result: Result<BookedWithdrawal>): Result<Done> => (result.ok ? ok(booked(result.value)) : result);

async function bookAndPay(work: Work, order: Order, staff?: ByStaff, trace?: RuleLine[]): Promise<void> {
  const { parts } = work;
  const withdrawal: WithdrawalOrder = order.withdrawal;
  const tries = work.now().acts.filter(({ kind }) => kind === 'withdraw');
  const standing = tries.find(({ outcome }) => outcome !== 'failed');
  // The request's number is the first reference; what the core refused may be tried again by a person, under a new one.
  const reference =
    standing?.reference ?? (tries.length === 0 ? withdrawal.reference : `${withdrawal.reference}-W${tries.length + 1}`);
  const act = await carryOut(
    work,
    {
      reference,
      kind: 'withdraw',
      amountFen: withdrawal.amountFen,
      order: { ...order, withdrawal: { ...withdrawal, reference } },
    },
    async (given) => told(await parts.review.book(Order.parse(given).withdrawal)),
  );
  if (act.outcome === 'failed') return toPerson(work, ['core-refused'], { trace });
  if (act.outcome === 'unknown') return toPerson(work, ['unknown-outcome'], { trace });
  return payOut(work, order.payTo, staff, trace);
}

/** Pays what was booked, under a reference of its own. After a refusal of the bank only a person begins the next one. */
export async function payOut(
  work: Work,
  payTo: Order['payTo'],
  staff?: { words: Words },
  trace?: RuleLine[],
): Promise<void> {
  const { parts, row, by } = work;
  const amountFen = bookedFen(work.now());
  const pays = work.now().acts.filter(({ kind }) => kind === 'pay');
  const last = pays.at(-1);
  const begin = !last || (last.outcome === 'failed' && staff !== undefined);
  const reference = begin ? `${row.requestNumber}-P${pays.length + 1}` : last.reference;
  const state = (now: 'paid' | 'underWay' | 'refused') => ({
    payment: { state: now, amountFen, bankName: payTo.bankName, card: lastFour(payTo.cardNumber) },
  });
  const orderOf = (given: unknown) => {
    const { name, cardNumber } = Order.shape.payTo.parse(given);
    return { reference, name, cardNumber, amountFen };
  };
  const paid = (result: Awaited<ReturnType<typeof parts.bank.pay>>): Result<Done> =>
    result.ok ? ok({ amountFen, results: state('paid') }) : result;
  const act = await carryOut(
    work,
    { reference, kind: 'pay', amountFen, order: { ...payTo } },
    async (given) => paid(await parts.bank.pay(orderOf(given), by)),
    async (given) => paid(await parts.bank.settle(orderOf(given), by)),
  );
  const more = trace ? { trace } : {};
  if (act.outcome === 'unknown') {
    return toPerson(work, ['unknown-outcome'], { ...more, results: state('underWay') });
  }
  if (act.outcome === 'failed') return toPerson(work, ['payment-refused'], { ...more, results: state('refused') });
  const how = staff ? ({ by: 'person', words: staff.words } as const) : ({ by: 'rules', words: GRANTED } as const);
  return work.apply({ type: 'decided', verdict: 'granted', ...how, ...more });
}
