import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PersonClaim } from '@kiosk/contract/platform/identity.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { sameName } from '@kiosk/domain/names.ts';
import type { CoreSystem, Depositor } from '../../core/core-system.ts';
import { type Factor, accepted } from './factor.ts';

/** The old card of a permanent resident (2017): three letters of a country, then twelve digits. */
const CARD_OF_2017 = /^[A-Z]{3}\d{12}$/;

/**
 * Number as all four kinds of card carry it: 18 characters with a check character (residents, residents from Hong Kong, Macao
 * and Taiwan, permanent residents since 2023), or the 15 of 2017. Error: E1104.
 */
export function numberOnCard(text: string): Result<string> {
  const number = text.trim().toUpperCase();
  if (CARD_OF_2017.test(number)) return ok(number);
  const parsed = parseIdNumber(number);
  return parsed.ok ? ok(parsed.value.value) : fail('E1104', parsed.error);
}

/** The depositor whose card this is. Errors: E1104, E1105, E1205. */
export async function personOfCard(
  { clock, core }: { readonly clock: Clock; readonly core: CoreSystem },
  card: PersonClaim,
): Promise<Result<Depositor>> {
  const number = numberOnCard(card.idNumber);
  if (!number.ok) return number;
  if (card.validTo !== null && card.validTo < shanghaiDate(clock.now())) return fail('E1105');
  const found = await core.findByIdNumber(number.value);
  if (!found.ok) return found;
  // One answer for an unknown number and for another name: neither tells a stranger who has an account.
  return found.value && sameName(found.value.name, card.name) ? ok(found.value) : fail('E1205');
}

export function idCardFactor(parts: { readonly clock: Clock; readonly core: CoreSystem }): Factor<'idCard'> {
  return {
    kind: 'idCard',
    async judge({ card }, { person }) {
      const found = await personOfCard(parts, card);
      if (!found.ok) return found;
      if (person && person.depositorId !== found.value.depositorId) return fail('E1209');
      return ok(accepted(found.value));
    },
  };
}
