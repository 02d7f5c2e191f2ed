import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PinBlock } from '@kiosk/contract/services/devices.ts';
import { z } from 'zod';
import { guarded, type CallCodes } from '../core/guard.ts';
import type { AuditStore } from '../store/audit-store.ts';

export interface PaymentOrder {
  /** The centre's number of this payment, unique for ever: the bank pays it once. */
  readonly reference: string;
  readonly name: string;
  readonly cardNumber: string;
  readonly amountFen: number;
}

/** refused: nothing was paid and nothing will be under this reference. */
export const Payment = z.object({
  reference: z.string(),
  amountFen: z.number().int(),
  state: z.enum(['paid', 'refused']),
  bankReference: z.string(),
});
export type Payment = z.infer<typeof Payment>;

export const AccountCheck = z.object({
  matches: z.boolean(),
  open: z.boolean(),
  debit: z.boolean(),
  bankName: z.string(),
});
export type AccountCheck = z.infer<typeof AccountCheck>;

export const PinCheck = z.union([
  z.object({ accepted: z.literal(true) }),
  z.object({ accepted: z.literal(false), triesLeft: z.number().int().nonnegative() }),
]);
export type PinCheck = z.infer<typeof PinCheck>;

/** Whose card it is, as the bank has it from opening the account. */
export const CardHolder = z.object({ name: z.string(), idNumber: z.string() });
export type CardHolder = z.infer<typeof CardHolder>;

/** How a pad has to seal a PIN for this bank. */
export const CardTerms = z.object({
  bankName: z.string(),
  format: z.enum(['iso0', 'sm4']),
  minDigits: z.number().int().min(4).max(12),
  maxDigits: z.number().int().min(4).max(12),
});
export type CardTerms = z.infer<typeof CardTerms>;

/** The entrusted bank's host. It holds the keys: a PIN block passes through us and is opened there alone. */
export interface BankProvider {
  /** null: a card of another bank, whose PIN cannot be checked. */
  terms(cardNumber: string): Promise<Result<CardTerms | null>>;
  /** Whose card it is; null: the bank does not say. Asked only after its PIN was right. */
  holder(cardNumber: string): Promise<Result<CardHolder | null>>;
  /** Errors: E3503 the card is blocked, E3506 the block does not open. */
  verifyPin(order: { readonly cardNumber: string; readonly block: PinBlock }): Promise<Result<PinCheck>>;
  verifyAccount(
    order: Pick<PaymentOrder, 'name' | 'cardNumber'> & { readonly idNumber: string },
  ): Promise<Result<AccountCheck>>;
  /** The same reference again gives the same payment; with other content it is refused with E3307. */
  pay(order: PaymentOrder): Promise<Result<Payment>>;
  payment(reference: string): Promise<Result<Payment | null>>;
}

const DEADLINE_MS = 6_000;
const ASK: CallCodes = { unreachable: 'E3501', slow: 'E3501', senseless: 'E3501' };

/** What the platform asks of a bank. Personal values go to the bank and nowhere else: the log names the reference. */
export interface BankDesk {
  /** Errors: E1211 a card of another bank, E3501. */
  terms(cardNumber: string): Promise<Result<CardTerms>>;
  /** Errors: E3501. */
  holder(order: {
    readonly reference: string;
    readonly actor: string;
    readonly cardNumber: string;
  }): Promise<Result<CardHolder | null>>;
  /** Errors: E3502 wrong PIN (detail: tries left), E3503 blocked, E3506 keys differ, E3501. */
  verifyPin(order: {
    readonly reference: string;
    readonly actor: string;
    readonly cardNumber: string;
    readonly block: PinBlock;
  }): Promise<Result<void>>;
  /** Errors: E3504 (detail: `name` not the person's, `closed`, `credit` no debit card); E3501. */
  verifyCard(order: {
    readonly reference: string;
    readonly actor: string;
    readonly name: string;
    readonly idNumber: string;
    readonly cardNumber: string;
  }): Promise<Result<{ readonly bankName: string }>>;
  /**
   * Pays once. Errors: E3505 nobody knows: ask `settle` later, with the same reference; E3504 the bank refused; E3307 the reference had
   * other content.
   */
  pay(order: PaymentOrder, actor: string): Promise<Result<Payment>>;
  /** What became of a payment. A reference the bank never saw is paid now. Errors as of `pay`. */
  settle(order: PaymentOrder, actor: string): Promise<Result<Payment>>;
}

export interface BankDeskParts {
  readonly bank: BankProvider;
  readonly clock: Clock;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly deadlineMs?: number;
}

export function createBankDesk({ bank, clock, audit, deadlineMs = DEADLINE_MS }: BankDeskParts): BankDesk {
  const patience = { clock, deadlineMs };

  async function logged<T>(
    action: string,
    actor: string,
    reference: string,
    act: () => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const result = await act();
    const outcome = result.ok ? 'done' : result.error.code;
    await audit.append({ at: clock.now(), actor, action, subject: reference, detail: { outcome } });
    return result;
  }

  const sound =
    ({ reference, amountFen }: PaymentOrder) =>
    (payment: unknown): boolean => {
      const read = Payment.safeParse(payment);
      return read.success && read.data.reference === reference && read.data.amountFen === amountFen;
    };
  const decided = (payment: Result<Payment>): Result<Payment> =>
    payment.ok && payment.value.state === 'refused' ? fail('E3504', 'the bank refused') : payment;
  const payNow = async (order: PaymentOrder): Promise<Result<Payment>> =>
    decided(await guarded(() => bank.pay(order), sound(order), { ...ASK, unknown: 'E3505' }, patience));

  return {
    async terms(cardNumber) {
      const known = await guarded(
        () => bank.terms(cardNumber),
        (terms) => terms === null || CardTerms.safeParse(terms).success,
        ASK,
        patience,
      );
      if (!known.ok) return known;
      return known.value === null ? fail('E1211') : ok(known.value);
    },
    holder: ({ reference, actor, cardNumber }) =>
      logged('bank.holder', actor, reference, () =>
        guarded(
          () => bank.holder(cardNumber),
          (holder) => holder === null || CardHolder.safeParse(holder).success,
          ASK,
          patience,
        ),
      ),
    verifyPin: ({ reference, actor, cardNumber, block }) =>
      logged('bank.pin', actor, reference, async () => {
        const checked = await guarded(
          () => bank.verifyPin({ cardNumber, block }),
          (answer) => PinCheck.safeParse(answer).success,
          ASK,
          patience,
        );
        if (!checked.ok) return checked;
        if (checked.value.accepted) return ok();
        return checked.value.triesLeft === 0 ? fail('E3503') : fail('E3502', `${checked.value.triesLeft} left`);
      }),
    verifyCard: ({ reference, actor, name, idNumber, cardNumber }) =>
      logged('bank.account', actor, reference, async () => {
        const checked = await guarded(
          () => bank.verifyAccount({ name, idNumber, cardNumber }),
          (answer) => AccountCheck.safeParse(answer).success,
          ASK,
          patience,
        );
        if (!checked.ok) return checked;
        const { matches, open, debit, bankName } = checked.value;
        if (matches && open && debit) return ok({ bankName });
        return fail('E3504', matches ? (open ? 'credit' : 'closed') : 'name');
      }),
    pay: (order, actor) => logged('bank.pay', actor, order.reference, () => payNow(order)),
    settle: (order, actor) =>
      logged('bank.settle', actor, order.reference, async () => {
        const known = await guarded(
          () => bank.payment(order.reference),
          (payment) => payment === null || sound(order)(payment),
          { unreachable: 'E3505', slow: 'E3505', senseless: 'E3505' },
          patience,
        );
        if (!known.ok) return known;
        return known.value === null ? payNow(order) : decided(ok(known.value));
      }),
  };
}
