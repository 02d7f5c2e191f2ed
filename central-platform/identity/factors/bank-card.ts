import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { nameForComparison } from '@kiosk/domain/names.ts';
import type { CoreSystem, Depositor } from '../../core/core-system.ts';
import type { BankDesk } from '../../neighbours/bank.ts';
import { type Factor, accepted } from './factor.ts';
import type { Tries } from './tries.ts';

export interface BankCardParts {
  readonly core: CoreSystem;
  readonly bank: BankDesk;
  readonly tries: Tries;
}

/**
 * Bank card with PIN. The PIN block passes through to the bank, which alone can open it; nothing of the card is kept here. The
 * card has to be the person's: by the document the bank has of its holder, by the one on the chip, and by the name.
 */
export function bankCardFactor({ core, bank, tries }: BankCardParts): Factor<'bankCard'> {
  async function holderOf(cardNumber: string, of: { reference: string; actor: string }): Promise<Result<Depositor>> {
    const holder = await bank.holder({ cardNumber, ...of });
    if (!holder.ok) return holder;
    if (!holder.value) return fail('E1213');
    const { name, idNumber } = holder.value;
    const found = await core.findByIdNumber(idNumber);
    if (!found.ok) return found;
    const same = found.value && nameForComparison(found.value.name) === nameForComparison(name);
    return found.value && same ? ok(found.value) : fail('E1205');
  }

  return {
    kind: 'bankCard',
    async judge({ cardNumber, block, holderDocument }, { terminalId, person }) {
      const of = { reference: `identity ${terminalId}`, actor: `terminal ${terminalId}` };
      const open = await tries.open('bankCard', cardNumber);
      if (!open.ok) return open;
      const terms = await bank.terms(cardNumber);
      if (!terms.ok) return terms;
      // A card that says whose it is, and is somebody else's, is refused before anybody's PIN goes anywhere.
      if (person && holderDocument !== undefined && holderDocument.toUpperCase() !== person.idNumber) {
        return fail('E1209');
      }
      const left = await tries.count('bankCard', cardNumber);
      const pin = await bank.verifyPin({ ...of, cardNumber, block });
      if (!pin.ok) {
        const wrong = pin.error.code === 'E3502';
        // What the bank could not answer was no try.
        if (!wrong) await tries.clear('bankCard', cardNumber);
        return wrong ? ok({ accepted: false, attemptsLeft: Math.min(left, bankTries(pin.error.detail)) }) : pin;
      }
      await tries.clear('bankCard', cardNumber);
      if (!person) {
        const holder = await holderOf(cardNumber, of);
        return holder.ok ? ok(accepted(holder.value)) : holder;
      }
      const { name, idNumber } = person;
      const own = await bank.verifyCard({ ...of, name, idNumber, cardNumber });
      if (!own.ok) return own.error.code === 'E3504' ? fail('E1209') : own;
      return ok(accepted(person));
    },
  };
}

/** The bank counts as well, over every channel of its own; its detail is '2 left'. */
const bankTries = (detail: string | undefined): number => Number(/^(\d+) left$/.exec(detail ?? '')?.[1] ?? 0);
