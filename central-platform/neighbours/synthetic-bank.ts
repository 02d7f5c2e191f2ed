import { createDecipheriv, createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PinBlock } from '@kiosk/contract/services/devices.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { nameForComparison } from '@kiosk/domain/names.ts';
import {
  isCardOfSyntheticBank,
  SYNTHETIC_PIN_KEYS,
  syntheticCardHolder,
  syntheticPin,
} from '@kiosk/domain/synthetic-bank.ts';
import { SYNTHETIC_BANK } from '@kiosk/domain/synthetic-loans.ts';
import { faultSwitch, type FaultSwitch } from '../core/fault-switch.ts';
import type { AccountCheck, BankProvider, CardHolder, CardTerms, Payment, PaymentOrder, PinCheck } from './bank.ts';

const TRIES = 3;

export { syntheticPin };

export interface SyntheticBank extends BankProvider {
  readonly faults: FaultSwitch;
  /** What left the vault, by reference: a test counts it. */
  readonly paid: ReadonlyMap<string, Payment & { readonly times: number }>;
}

export interface SyntheticBankParts {
  readonly clock: Clock;
  /** Working keys, as in the pad: 16 or 24 bytes of 3DES for ISO 9564 format 0, 16 of SM4 for its domestic form. */
  readonly keys: Readonly<Record<PinBlock['format'], Uint8Array>>;
  /** Holders by card number; a card that is not in it belongs to whoever says so. */
  readonly holders?: ReadonlyMap<string, string>;
  /** What the bank has of a card's holder; null: it does not say. */
  readonly holderOf?: (cardNumber: string) => CardHolder | null;
}

export function syntheticBank({
  clock,
  keys,
  holders = new Map<string, string>(),
  holderOf = () => null,
}: SyntheticBankParts): SyntheticBank {
  const faults = faultSwitch(clock);
  const wrongPins = new Map<string, number>();
  const paid = new Map<string, Payment & { times: number }>();
  const orders = new Map<string, string>();
  const nonsense = () => ok({ responseCode: '96' });

  return {
    faults,
    paid,
    terms: (cardNumber) =>
      faults.run(async (): Promise<Result<CardTerms | null>> => {
        if (!isCardOfSyntheticBank(cardNumber)) return ok(null);
        return ok({ bankName: SYNTHETIC_BANK, format: 'sm4', minDigits: 6, maxDigits: 6 });
      }, nonsense),
    holder: (cardNumber) =>
      faults.run(async (): Promise<Result<CardHolder | null>> => ok(holderOf(cardNumber)), nonsense),
    verifyPin: ({ cardNumber, block }) =>
      faults.run(async (): Promise<Result<PinCheck>> => {
        const wrong = wrongPins.get(cardNumber) ?? 0;
        if (wrong >= TRIES) return fail('E3503');
        const pin = openPinBlock(block, keys[block.format], cardNumber);
        if (pin === undefined) return fail('E3506');
        if (pin === syntheticPin(cardNumber)) {
          wrongPins.delete(cardNumber);
          return ok({ accepted: true });
        }
        wrongPins.set(cardNumber, wrong + 1);
        return ok({ accepted: false, triesLeft: TRIES - wrong - 1 });
      }, nonsense),
    verifyAccount: ({ name, cardNumber }) =>
      faults.run(async (): Promise<Result<AccountCheck>> => {
        const holder = holders.get(cardNumber) ?? holderOf(cardNumber)?.name;
        const matches = holder === undefined || nameForComparison(holder) === nameForComparison(name);
        return ok({ matches, open: true, debit: true, bankName: SYNTHETIC_BANK });
      }, nonsense),
    pay: (order) =>
      faults.run(async (): Promise<Result<Payment>> => {
        const { reference, amountFen } = order;
        const content = contentOf(order);
        const known = orders.get(reference);
        if (known !== undefined && known !== content) return fail('E3307');
        orders.set(reference, content);
        const before = paid.get(reference);
        if (before) return ok(toldOf(before));
        const bankReference = createHash('sha256').update(reference).digest('hex').slice(0, 16);
        const state = amountFen > 0 ? 'paid' : 'refused';
        paid.set(reference, { reference, amountFen, state, bankReference, times: 1 });
        return ok({ reference, amountFen, state, bankReference });
      }, nonsense),
    payment: (reference) =>
      faults.run(async (): Promise<Result<Payment | null>> => {
        const known = paid.get(reference);
        return ok(known ? toldOf(known) : null);
      }, nonsense),
  };
}

/** The bank of the demonstration: keys that everybody knows, and the invented people's cards. A city puts its own bank here. */
export function demonstrationBank(clock: Clock): BankProvider {
  return syntheticBank({
    clock,
    keys: SYNTHETIC_PIN_KEYS,
    holderOf(cardNumber) {
      const person = syntheticCardHolder(cardNumber, shanghaiDate(clock.now()));
      return person ? { name: person.name, idNumber: person.idNumber } : null;
    },
  });
}

const toldOf = ({ reference, amountFen, state, bankReference }: Payment): Payment => ({
  reference,
  amountFen,
  state,
  bankReference,
});

const contentOf = ({ name, cardNumber, amountFen }: PaymentOrder): string =>
  JSON.stringify([name, cardNumber, amountFen]);

/**
 * ISO 9564-1 format 0 (8 bytes, 3DES) or its domestic form of 16 bytes for SM4: length and digits of the PIN, filled with F, xor the
 * last twelve digits of the card number before its check digit. undefined: another key, another card, or no PIN block.
 */
export function openPinBlock(block: PinBlock, key: Uint8Array, cardNumber: string): string | undefined {
  const size = block.format === 'sm4' ? 16 : 8;
  const sealed = Buffer.from(block.blockHex, 'hex');
  if (sealed.length !== size) return undefined;
  const cipher = block.format === 'sm4' ? 'sm4-ecb' : key.length === 24 ? 'des-ede3-ecb' : 'des-ede-ecb';
  const opening = createDecipheriv(cipher, key, null).setAutoPadding(false);
  const field = Buffer.concat([opening.update(sealed), opening.final()]);
  const card = Buffer.from(cardNumber.slice(-13, -1).padStart(size * 2, '0'), 'hex');
  const text = Buffer.from(field.map((byte, i) => byte ^ card[i]!)).toString('hex');
  const digits = Number.parseInt(text[1]!, 16);
  const pin = text.slice(2, 2 + digits);
  const filled = /^f*$/.test(text.slice(2 + digits));
  return text[0] === '0' && digits >= 4 && digits <= 12 && /^\d+$/.test(pin) && filled ? pin : undefined;
}
