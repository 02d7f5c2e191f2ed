import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate, addDays } from '@kiosk/domain/dates.ts';
import type { CaseFilter, CaseRow } from '../store/request-store.ts';
import { type CaseBook, LEASE_MS, type OpenCase, type TakenStep } from './case-book.ts';
import type { Desk } from './desk.ts';
import { carryPart, type PartResult } from './items/changes.ts';
import { askRepayment } from './items/repayment.ts';
import { askTransferAgain } from './items/transfer.ts';
import { payOut } from './items/withdrawal.ts';
import { movesMoney } from './levels.ts';
import { type Act, type CaseEvent, next } from './life.ts';
import { isLimit, materialWords } from './words.ts';
import { type DeskParts, type Work, toPerson } from './work.ts';

/** What staff do with cases. Errors of all: E2508 no such case, E2704 … E2708. Every act is a step of the case and in the audit log. */
export interface CaseOffice {
  list(filter: CaseFilter, limit: number, before?: string): Promise<readonly CaseRow[]>;
  find(requestNumber: string): Promise<{ readonly open: OpenCase; readonly steps: readonly TakenStep[] } | undefined>;
  /**
   * Granted: what was asked for is carried out (booked, paid, changed) and only then the case is over; what is beyond the account or the
   * city's limits is not to be granted. `words`: what the depositor reads. Where money moves, `proposedBy` is another member of the staff:
   * else E2506.
   */
  decide(ask: {
    readonly requestNumber: string;
    readonly verdict: 'granted' | 'refused';
    readonly words: Words;
    readonly by: string;
    readonly proposedBy?: string;
  }): Promise<Result<OpenCase>>;
  /** Something is still missing. */
  askFor(ask: {
    readonly requestNumber: string;
    readonly materials: readonly string[];
    readonly days: number;
    readonly by: string;
  }): Promise<Result<OpenCase>>;
  /** Asks the core or the bank what became of what nobody knew, and goes on. What stays unknown stays with the staff. */
  findOut(ask: { readonly requestNumber: string; readonly by: string }): Promise<Result<OpenCase>>;
  /** The bank refused: paid once more, to the payout card that is on record now. By two, as a grant is. */
  payAgain(ask: {
    readonly requestNumber: string;
    readonly words: Words;
    readonly by: string;
    readonly proposedBy?: string;
  }): Promise<Result<OpenCase>>;
  /** The person stood at the counter with the ID card. Decided by rules then, as if confirmed at a terminal. */
  identify(ask: { readonly requestNumber: string; readonly by: string }): Promise<Result<OpenCase>>;
}

export function createCaseOffice(parts: DeskParts, book: CaseBook, desk: Desk): CaseOffice {
  const { store, clock, core } = parts;

  async function logged(action: string, by: string, open: OpenCase, detail: Readonly<Record<string, unknown>> = {}) {
    const { requestNumber, item } = open.row;
    await store.audit.append({
      at: clock.now(),
      actor: by,
      action,
      subject: requestNumber,
      detail: { item, ...detail },
    });
  }

  /** The case as it stands, if this may happen to it now. */
  async function opened(requestNumber: string, event?: CaseEvent): Promise<Result<OpenCase>> {
    const open = await book.open(requestNumber);
    if (!open) return fail('E2508');
    const may = event ? next(open.now, event) : ok();
    return may.ok ? ok(open) : may;
  }

  async function grant(work: Work, words: Words): Promise<void> {
    const { form } = work;
    const limited = work.now().why.some(isLimit);
    const done = (more: Partial<Extract<CaseEvent, { type: 'decided' }>> = {}) =>
      work.apply({ type: 'decided', verdict: 'granted', by: 'person', words, ...more });
    switch (form.item) {
      case 'B01':
      case 'B02':
      case 'B09': {
        const changed = await carryPart(
          work,
          form,
          work.now().acts.length === 0
            ? work.row.requestNumber
            : `${work.row.requestNumber}-${work.now().acts.length + 1}`,
        );
        const outcome = 'act' in changed ? changed.act.outcome : null;
        if (outcome === 'done') return done();
        return toPerson(work, [
          outcome === 'unknown' ? 'unknown-outcome' : 'why' in changed ? changed.why : 'core-refused',
        ]);
      }
      case 'B03': {
        const done = await restOfBundle(work, form.bundle?.parts ?? []);
        return done ? desk.withdraw(work, { words, evidence: EVERY }) : toPerson(work, ['core-refused']);
      }
      case 'B04':
        return desk.withdraw(work, { words, evidence: EVERY });
      case 'B05':
        if (form.way === 'once') return desk.withdraw(work, { words, evidence: EVERY });
        return limited ? desk.carryOn(work) : done();
      case 'B06':
      case 'B07': {
        // The yes of two stands before anything is asked of the core: a process that dies leaves it to the next.
        const { requestNumber } = work.row;
        const { length } = work.now().acts;
        const reference = length === 0 ? requestNumber : `${requestNumber}-${length + 1}`;
        const dueOn = form.item === 'B06' ? form.onDate : shanghaiDate(clock.now());
        await work.apply({ type: 'approved', words, reference, dueOn }, clock.now() + LEASE_MS);
        return desk.carryOn(work);
      }
      default:
        // Only the limit stood in the way: it goes as it would have gone.
        return limited ? desk.carryOn(work) : done();
    }
  }

  return {
    list: (filter, limit, before) => store.requests.list(filter, limit, before),
    async find(requestNumber) {
      const open = await book.open(requestNumber);
      return open && { open, steps: await book.steps(requestNumber) };
    },
    async decide({ requestNumber, verdict, words, by, proposedBy }) {
      const event: CaseEvent = { type: 'decided', verdict, by: 'person', words };
      // A grant moves money first: whether it may end so is judged when it has.
      const open = await opened(
        requestNumber,
        verdict === 'refused' ? event : { type: 'toPerson', why: ['no-rule'], dueOn: '' },
      );
      if (!open.ok) return open;
      if (open.value.now.acts.some(({ outcome }) => outcome === null || outcome === 'unknown')) return fail('E2706');
      const { item } = open.value.row;
      if (verdict === 'granted' && movesMoney(item) && !areTwo(by, proposedBy)) return fail('E2506');
      await logged(`case.${verdict}`, by, open.value, { proposedBy });
      if (verdict === 'refused') return desk.with(open.value, by, (work) => work.apply(event));
      return desk.with(open.value, by, (work) => grant(work, words));
    },
    async askFor({ requestNumber, materials, days, by }) {
      const until = addDays(shanghaiDate(clock.now()), days);
      const missing = materials.map((material) => ({ material, words: materialWords(material), until }));
      const event: CaseEvent = { type: 'needs', missing, dueOn: until };
      const open = await opened(requestNumber, event);
      if (!open.ok) return open;
      await logged('case.askedFor', by, open.value, { materials });
      return book.step(open.value, event, by);
    },
    async findOut({ requestNumber, by }) {
      const open = await opened(requestNumber);
      if (!open.ok) return open;
      await logged('case.findOut', by, open.value);
      const told = await desk.with(open.value, by, async (work) => {
        for (const act of work.now().acts.filter(({ outcome }) => outcome === 'unknown')) {
          const told = await whatBecameOf(work, act);
          if (told.outcome === 'unknown') continue;
          await work.apply({ type: 'settled', reference: act.reference, code: null, ...told });
        }
        const { acts } = work.now();
        if (acts.some(({ outcome }) => outcome === 'unknown')) return toPerson(work, ['unknown-outcome']);
        // All is known: the machine goes on where it stopped.
        const { state } = work.now();
        if (state === 'withPerson') await work.apply({ type: 'noted' }, clock.now());
      });
      desk.wake();
      return told;
    },
    async payAgain({ requestNumber, words, by, proposedBy }) {
      const open = await opened(requestNumber);
      if (!open.ok) return open;
      const last = open.value.now.acts.findLast(({ kind }) => kind === 'pay');
      if (last?.outcome !== 'failed') return fail('E2707', 'no payment was refused');
      if (!areTwo(by, proposedBy)) return fail('E2506');
      await logged('case.payAgain', by, open.value, { proposedBy });
      return desk.with(open.value, by, async (work) => {
        const { payoutCard, name } = work.depositor;
        if (!payoutCard) return toPerson(work, ['payment-refused']);
        return payOut(work, { name, ...payoutCard }, { words });
      });
    },
    async identify({ requestNumber, by }) {
      const open = await opened(requestNumber);
      if (!open.ok) return open;
      const { person } = open.value;
      const found = person?.idNumber === undefined ? undefined : await core.findByIdNumber(person.idNumber);
      if (found && !found.ok) return found;
      if (!found?.value) return fail('E2705');
      const { depositorId } = found.value;
      const told = await book.step(open.value, { type: 'identified', by: 'counter', depositorId }, by, clock.now());
      if (!told.ok) return told;
      await logged('case.identified', by, told.value);
      desk.wake();
      return told;
    },
  };

  async function whatBecameOf(work: Work, { kind, reference, order, amountFen }: Act) {
    const unknown = { outcome: 'unknown' as const };
    if (kind === 'withdraw') {
      const booked = await core.withdrawal(work.depositor.depositorId, reference);
      if (!booked.ok) return unknown;
      if (!booked.value) return { outcome: 'failed' as const };
      const { principalFen, interestFen, balanceFen, date } = booked.value;
      const results = { booked: { amountFen: principalFen, interestFen, balanceFen, on: date } };
      return { outcome: 'done' as const, amountFen: principalFen + interestFen, results };
    }
    if (kind === 'pay') {
      const { name, cardNumber, bankName } = order as Record<'name' | 'cardNumber' | 'bankName', string>;
      const paid = await parts.bank.settle({ reference, name, cardNumber, amountFen: amountFen ?? 0 }, work.by);
      const payment = { amountFen: amountFen ?? 0, bankName, card: cardNumber.slice(-4) };
      if (paid.ok) return { outcome: 'done' as const, results: { payment: { ...payment, state: 'paid' as const } } };
      if (paid.error.code !== 'E3504') return unknown;
      return { outcome: 'failed' as const, results: { payment: { ...payment, state: 'refused' as const } } };
    }
    // Everything else is asked for again under its reference, which does it once.
    if (kind === 'repay' || kind === 'transfer') {
      const again = await (kind === 'repay' ? askRepayment : askTransferAgain)(work, reference, order);
      if (again.ok) return { outcome: 'done' as const, ...again.value };
      return ['E3304', 'E3306'].includes(again.error.code) ? { outcome: 'failed' as const } : unknown;
    }
    const { depositorId } = work.depositor;
    const again =
      kind === 'phone'
        ? await core.changePhone({ reference, depositorId, phone: String(order['phone']) })
        : kind === 'card'
          ? await core.changePayoutCard({
              reference,
              depositorId,
              card: order['card'] as { bankName: string; cardNumber: string },
            })
          : undefined;
    if (!again) return unknown;
    if (again.ok) return { outcome: 'done' as const };
    return ['E3304', 'E3306'].includes(again.error.code) ? { outcome: 'failed' as const } : unknown;
  }

  /** Parts that the machine could not carry out; a member of the staff has looked. */
  async function restOfBundle(work: Work, bundle: Parameters<typeof carryPart>[1][]): Promise<boolean> {
    const results: PartResult[] = [];
    for (const [i, part] of bundle.entries()) {
      const first = `${work.row.requestNumber}.${i + 1}`;
      const before = work.now().acts.filter(({ reference }) => reference.startsWith(first));
      const standing = before.find(({ outcome }) => outcome === 'done');
      const changed = standing
        ? { act: standing }
        : await carryPart(work, part, before.length === 0 ? first : `${first}-${before.length + 1}`);
      const done = 'act' in changed && changed.act.outcome === 'done';
      results.push({
        item: part.item,
        verdict: done ? 'granted' : 'open',
        words: { zh: done ? '已办结' : '未办成', en: done ? 'Done' : 'Not done' },
      });
      if (!done) return false;
    }
    if (results.length > 0) await work.apply({ type: 'told', results: { parts: results } });
    return true;
  }
}

const areTwo = (by: string, other: string | undefined): boolean => other !== undefined && other !== by;

/** Whoever grants it has seen what it needs. */
const EVERY = {
  ...{ noHomeHere: true, purchase: true, building: true, retirement: true, lossOfAbility: true, leaving: true },
  ...{ ownLoan: true, bankLoan: true, death: true, illness: true, work: true },
} as const;
