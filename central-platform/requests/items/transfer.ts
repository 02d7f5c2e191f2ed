import type { RequestForm } from '@kiosk/contract/journal/request-form.ts';
import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { Results } from '@kiosk/contract/platform/requests.ts';
import { SYNTHETIC_CENTRE_NAME } from '@kiosk/domain/synthetic.ts';
import { z } from 'zod';
import type { BookedTransfer } from '../../core/core-system.ts';
import { REFUSED } from '../words.ts';
import { type Done, Later, type Work, carryOut, toPerson } from '../work.ts';

type Form = Extract<RequestForm, { item: 'B07' }>;
type Told = NonNullable<Results['transfer']>;

/** How often another centre is asked how far it is. */
const ASK_CENTRE_MS = 6 * 3_600_000;
const ARRIVED = { zh: '资金已转入您的账户', en: 'The money is in your account' };

const Order = z.object({
  accountNumber: z.string(),
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('centre'), name: z.string(), amountFen: z.number().int().positive() }),
    z.object({ kind: z.literal('account'), accountNumber: z.string() }),
  ]),
  told: z.object({ letterNumber: z.string(), centre: z.string() }),
});
type Order = z.infer<typeof Order>;

/** The account named as the old one, where it is this centre's own and the same person's. */
function ownAccount({ person, depositor }: Work): string | undefined {
  const old = person?.oldAccountNumber;
  return depositor.accounts.slice(1).find(({ accountNumber }) => accountNumber === old)?.accountNumber;
}

/**
 * B07. From another city: the letter goes out once, the other centre is asked from time to time until the money is here, and then it is
 * booked. From another account of the person here: two of the staff grant that it is merged.
 */
export async function decideTransfer(work: Work, form: Form): Promise<void> {
  const begun = work.now().acts.findLast(({ kind, outcome }) => kind === 'transfer' && outcome !== 'failed');
  if (begun) return book(work, begun.reference, Order.parse(begun.order));
  const { row, depositor } = work;
  const { approval, results } = work.now();
  const letterNumber = row.requestNumber;
  const reference = approval?.reference ?? letterNumber;
  const into = depositor.accounts[0]?.accountNumber ?? '';
  const old = ownAccount(work);
  if (old !== undefined) {
    const told = { letterNumber, centre: SYNTHETIC_CENTRE_NAME };
    const from = { kind: 'account', accountNumber: old } as const;
    if (approval) return book(work, reference, { accountNumber: into, from, told });
    return toPerson(work, ['no-rule'], { results: { transfer: { ...told, step: 'arrived' } } });
  }
  const transfer = await atOther(work, form, results.transfer);
  const { amountFen, ...told } = transfer;
  if (told.step === 'refused')
    return work.apply({
      type: 'decided',
      verdict: 'refused',
      by: 'person',
      words: REFUSED,
      results: { transfer: told },
    });
  if (told.step !== 'arrived')
    return work.apply(
      { type: 'registered', dueOn: null, results: { transfer: told } },
      work.parts.clock.now() + ASK_CENTRE_MS,
    );
  if (amountFen === null) return toPerson(work, ['transfer-amount'], { results: { transfer: told } });
  // What the core refused once is booked again only when people have said so.
  if (!approval && work.now().acts.length > 0) return toPerson(work, ['core-refused'], { results: { transfer: told } });
  const from = { kind: 'centre', name: told.centre, amountFen } as const;
  return book(work, reference, { accountNumber: into, from, told: { letterNumber, centre: told.centre } });
}

async function atOther(
  { parts, row, person, depositor }: Work,
  { fromCentre }: Form,
  sent: Told | undefined,
): Promise<Told & { readonly amountFen: number | null }> {
  const told = { letterNumber: row.requestNumber, centre: fromCentre.name };
  if (!sent) {
    const letter = await parts.centres.send({
      letterNumber: row.requestNumber,
      centre: fromCentre,
      name: depositor.name,
      idNumber: depositor.idNumber,
      oldAccountNumber: person?.oldAccountNumber ?? null,
      accountNumber: depositor.accounts[0]?.accountNumber ?? '',
    });
    // The same letter again is the same letter, so it is simply sent later.
    if (!letter.ok) throw new Later(letter.error.code);
    return { ...told, step: 'letterSent', amountFen: null };
  }
  const answer = await parts.centres.progress({ letterNumber: row.requestNumber, sentAt: row.receivedAt });
  if (!answer.ok && sent.step === 'arrived') throw new Later(answer.error.code);
  return { ...told, ...(answer.ok ? answer.value : { step: sent.step, amountFen: null }) };
}

/** Intent before, outcome after; the words a person granted it with, or those of an arrival. */
async function book(work: Work, reference: string, order: Order): Promise<void> {
  const { parts, depositor } = work;
  const amountFen = order.from.kind === 'centre' ? order.from.amountFen : null;
  const act = await carryOut(work, { reference, kind: 'transfer', amountFen, order: { ...order } }, async (given) => {
    const { told, ...ordered } = Order.parse(given);
    return done(await parts.core.transfer({ reference, depositorId: depositor.depositorId, ...ordered }), told);
  });
  if (act.outcome === 'failed') return toPerson(work, ['core-refused']);
  if (act.outcome === 'unknown') return toPerson(work, ['unknown-outcome']);
  const words = work.now().approval?.words ?? ARRIVED;
  return work.apply({ type: 'decided', verdict: 'granted', by: 'person', words });
}

const done = (booked: Result<BookedTransfer>, told: Order['told']): Result<Done> => {
  if (!booked.ok) return booked;
  const { date: on, amountFen, balanceFen } = booked.value;
  return ok({ amountFen, results: { transfer: { ...told, step: 'arrived', booked: { on, amountFen, balanceFen } } } });
};

/** What became of one that nobody heard of: asked for once more under its reference, which does it once. */
export async function askTransferAgain(
  { parts, depositor }: Work,
  reference: string,
  order: unknown,
): Promise<Result<Done>> {
  const { told, ...ordered } = Order.parse(order);
  return done(await parts.core.transfer({ reference, depositorId: depositor.depositorId, ...ordered }), told);
}
