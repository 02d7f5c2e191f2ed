import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { isFormerNumberChecked } from './former-number.ts';
import { parseIdNumber, type IdNumber } from './id-number.ts';

/**
 * What of a card contradicts its own number, in the order of importance. `number`: length, characters, date inside or
 * check character; `birthDate`, `sex`: the number says something else than the field.
 */
export type CardContradiction = 'number' | 'birthDate' | 'sex';

type Card = Pick<IdCard, 'kind' | 'idNumber' | 'birthDate' | 'sex'>;

/**
 * Compares the number of a card with its birth date and sex; nothing comes back when all agree. A card that
 * contradicts itself is damaged or forged and goes to the counter (E1104).
 */
export function cardContradictions(card: Card): readonly CardContradiction[] {
  if (card.kind === 'permanentResident2017') return contradictions2017(card);
  const number = parseIdNumber(card.idNumber);
  if (!number.ok) return ['number'];
  const found: CardContradiction[] = [];
  // 2023 numbers of permanent residents begin with 9, and so does no other.
  if ((card.kind === 'permanentResident2023') !== card.idNumber.startsWith('9')) found.push('number');
  if (number.value.birthDate !== card.birthDate) found.push('birthDate');
  // That the order number of a permanent resident tells the sex is written nowhere.
  if (card.kind !== 'permanentResident2023' && !sameSex(card.sex, number.value.sex)) found.push('sex');
  return found;
}

/** Three letters, region, birth date as YYMMDD, order and an ICAO check digit; it does not tell the sex. */
function contradictions2017(card: Card): readonly CardContradiction[] {
  if (!isFormerNumberChecked(card.idNumber)) return ['number'];
  return card.idNumber.slice(7, 13) === card.birthDate.replaceAll('-', '').slice(2) ? [] : ['birthDate'];
}

/** Sexes 0 (unknown) and 9 (unstated) contradict nothing. */
function sameSex(onCard: IdCard['sex'], inNumber: IdNumber['sex']): boolean {
  if (onCard === '0' || onCard === '9') return true;
  return (onCard === '1') === (inNumber === 'male');
}
