import { syntheticIdNumber } from '@kiosk/domain/synthetic.ts';
import { luhnDigit } from '../codec/luhn.ts';

/** Bank cards that nobody issued: no issuer's numbers begin with 0000. */
export interface SyntheticCard {
  readonly number: string;
  readonly expires: string | undefined;
  /** The holder's resident ID number in 9F61, with 9F62 = 00. */
  readonly holder: string | undefined;
  readonly chip: boolean;
  readonly stripe: boolean;
  /** Where the number stands: 5A (as it should), or only in 57. */
  readonly numberIn: '5A' | '57';
  /** Applications in the card's directory; without one they are selected by name. */
  readonly directory: boolean;
  /** The card asks for terminal data. */
  readonly pdol: boolean;
  /** Answer to the options: 77 with objects, or 80 with everything in a row. */
  readonly options: '77' | '80';
}

/** `length`: 13 to 19 digits, check digit right. */
export function syntheticCardNumber(order: number, length: number): string {
  const body = `0000${String(order).padStart(length - 5, '0')}`;
  return body + luhnDigit(body);
}

const ORDINARY: SyntheticCard = {
  number: syntheticCardNumber(6201, 19),
  expires: '2031-05',
  holder: undefined,
  chip: true,
  stripe: true,
  numberIn: '5A',
  directory: true,
  pdol: true,
  options: '77',
};

/** By what is special about them. */
export const SYNTHETIC_CARDS = {
  ordinary: ORDINARY,
  /** 16 digits, no directory, nothing asked of the terminal, options in a row. */
  old: { ...ORDINARY, number: syntheticCardNumber(6202, 16), directory: false, pdol: false, options: '80' },
  /** The number only in track 2 equivalent data; an odd count of digits. */
  track2Only: { ...ORDINARY, number: syntheticCardNumber(6203, 17), numberIn: '57' },
  holder: { ...ORDINARY, number: syntheticCardNumber(6204, 19), holder: syntheticIdNumber('1980-02-03', 21) },
  /** A number whose check digit is wrong, as some old domestic cards have. */
  wrongCheckDigit: { ...ORDINARY, number: syntheticCardNumber(6205, 16).slice(0, -1) + wrongDigit(6205) },
  stripeOnly: { ...ORDINARY, number: syntheticCardNumber(6206, 16), chip: false },
  neither: { ...ORDINARY, number: syntheticCardNumber(6207, 16), chip: false, stripe: false },
} as const satisfies Record<string, SyntheticCard>;
export type SyntheticCardName = keyof typeof SYNTHETIC_CARDS;

function wrongDigit(order: number): string {
  return String((Number(syntheticCardNumber(order, 16).slice(-1)) + 1) % 10);
}
