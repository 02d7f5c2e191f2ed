import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { Account } from '@kiosk/domain/account.ts';
import { CERTIFICATE_KINDS } from '@kiosk/domain/certificates.ts';
import { z } from 'zod';
import type { CoreSystem, Depositor } from './core-system.ts';

export interface Patience {
  readonly clock: Clock;
  readonly deadlineMs: number;
}

/** Codes for: cannot be reached, too slow, an answer that makes no sense. */
export interface CallCodes {
  readonly unreachable: string;
  readonly slow: string;
  readonly senseless: string;
  /** Of a call that changes something: nobody knows whether it was done. Absent: asking again is harmless. */
  readonly unknown?: string;
}

/**
 * One call to another system, with an end: what it throws, how long it takes and what it answers become codes. Nothing of
 * its messages goes into the detail, for they quote values.
 */
export async function guarded<T>(
  call: () => Promise<Result<T>>,
  sound: (value: T) => boolean,
  codes: CallCodes,
  { clock, deadlineMs }: Patience,
): Promise<Result<T>> {
  let cancel = (): void => {};
  const late = new Promise<'late'>((tell) => (cancel = clock.after(deadlineMs, () => tell('late'))));
  try {
    const answer: unknown = await Promise.race([call(), late]);
    if (answer === 'late') return fail(codes.unknown ?? codes.slow, `${deadlineMs} ms`);
    if (!isResult(answer)) return fail(codes.unknown ?? codes.senseless, 'no result');
    if (!answer.ok) return answer;
    return sound(answer.value as T) ? (answer as Result<T>) : fail(codes.unknown ?? codes.senseless);
  } catch (error) {
    return fail(codes.unknown ?? codes.unreachable, error instanceof Error ? error.name : typeof error);
  } finally {
    cancel();
  }
}

const AnyResult = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
]);
const isResult = (answer: unknown): answer is Result<unknown> => AnyResult.safeParse(answer).success;

const ASK: CallCodes = { unreachable: 'E3301', slow: 'E3302', senseless: 'E3303' };
const CHANGE: CallCodes = { ...ASK, unknown: 'E3305' };

/** A core, held to its word: deadlines, and answers that contradict themselves are not passed on. */
export function guardCore(core: CoreSystem, patience: Patience): CoreSystem {
  const ask = <T>(call: () => Promise<Result<T>>, sound: (value: T) => boolean) => guarded(call, sound, ASK, patience);
  const change = <T>(call: () => Promise<Result<T>>, sound: (value: T) => boolean) =>
    guarded(call, sound, CHANGE, patience);
  return {
    findByIdNumber: (idNumber) =>
      ask(
        () => core.findByIdNumber(idNumber),
        (found) => found === undefined || (found.idNumber === idNumber && isSound(found)),
      ),
    get: (depositorId) =>
      ask(
        () => core.get(depositorId),
        (found) => found === undefined || (found.depositorId === depositorId && isSound(found)),
      ),
    history: (depositorId, accountNumber, query) =>
      ask(
        () => core.history(depositorId, accountNumber, query),
        (page) => page.entries.length <= query.limit && page.rows >= page.entries.length,
      ),
    unitByCertificate: (fingerprint) =>
      ask(
        () => core.unitByCertificate(fingerprint),
        () => true,
      ),
    withdraw: (order) =>
      change(
        () => core.withdraw(order),
        (booked) => booked.reference === order.reference && booked.accountNumber === order.accountNumber,
      ),
    withdrawal: (depositorId, reference) =>
      ask(
        () => core.withdrawal(depositorId, reference),
        (booked) => booked === undefined || booked.reference === reference,
      ),
    repayEarly: (order) =>
      change(
        () => core.repayEarly(order),
        ({ reference, loanNumber, amountFen, principalFen, interestFen }) =>
          reference === order.reference &&
          loanNumber === order.loanNumber &&
          amountFen === principalFen + interestFen &&
          (order.amountFen === null || amountFen === order.amountFen),
      ),
    transfer: (order) =>
      change(
        () => core.transfer(order),
        (booked) => booked.reference === order.reference && booked.accountNumber === order.accountNumber,
      ),
    changePhone: (wanted) =>
      change(
        () => core.changePhone(wanted),
        () => true,
      ),
    changePayoutCard: (wanted) =>
      change(
        () => core.changePayoutCard(wanted),
        () => true,
      ),
  };
}

const Person = z.object({
  depositorId: z.string().min(1),
  name: z.string().min(1),
  certificateKind: z.enum(Object.keys(CERTIFICATE_KINDS) as [keyof typeof CERTIFICATE_KINDS]),
  idNumber: z.string().min(1),
  phone: z.string().nullable(),
  accounts: z.array(z.object({ accountNumber: z.string().min(1), balanceFen: z.number().int() })),
  loans: z.array(z.object({ loanNumber: z.string().min(1), balanceFen: z.number().int().nonnegative() })),
});

/** Everything the platform relies on: fields are there, and every balance is the one before plus in minus out. */
export function isSound(depositor: Depositor): boolean {
  return (
    Person.safeParse(depositor).success &&
    depositor.accounts.every(followsUp) &&
    depositor.loans.every(
      ({ entries, balanceFen, plan }) =>
        (entries.at(-1)?.balanceFen ?? balanceFen) === balanceFen &&
        plan.reduce((sum, line) => sum + line.principalFen, 0) === balanceFen,
    )
  );
}

function followsUp({ entries, balanceFen }: Account): boolean {
  let before = 0;
  for (const { inFen, outFen, balanceFen: after } of entries) {
    if (before + inFen - outFen !== after) return false;
    before = after;
  }
  return before === balanceFen;
}
