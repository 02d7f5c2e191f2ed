import { createHash } from 'node:crypto';
import type { CalendarDate } from './dates.ts';
import { SYNTHETIC_REGION, type SyntheticPerson, syntheticPeople } from './synthetic.ts';

/**
 * Working keys of the demonstration's bank and of the pads beside it: written down here for everybody to read, and so good for
 * nothing but a city that does not exist. A real pad's keys are loaded by two persons and known to nobody.
 */
export const SYNTHETIC_PIN_KEYS = {
  iso0: Buffer.from('6B1C8FE0295D734A9E04B7D2386F15CB', 'hex'),
  sm4: Buffer.from('D3590A7F4C62E81BB70D95F12E6A83C4', 'hex'),
} as const;

/** Beginnings of the numbers of the demonstration's bank: the region that was never assigned, and the bench's cards. */
const ISSUERS = [SYNTHETIC_REGION, '0000'];

/** Cards on the bench by their last four digits, and who of the invented people holds them. */
const HOLDERS: Readonly<Record<string, string>> = { '2018': 'ordinary' };

export const isCardOfSyntheticBank = (cardNumber: string): boolean =>
  ISSUERS.some((issuer) => cardNumber.startsWith(issuer));

/** The PIN of a card nobody issued: six digits. */
export function syntheticPin(cardNumber: string): string {
  const digest = createHash('sha256').update(`pin ${cardNumber}`).digest();
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/** Whom the demonstration's bank has as holder of a card; undefined: it does not say. */
export function syntheticCardHolder(cardNumber: string, today: CalendarDate): SyntheticPerson | undefined {
  const key = HOLDERS[cardNumber.slice(-4)];
  return key === undefined ? undefined : syntheticPeople(today).find((person) => person.key === key);
}
