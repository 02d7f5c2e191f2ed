/** Weights of ICAO 9303 check digits. */
const WEIGHTS = [7, 3, 1];

/**
 * The 15-character number on the 2017 card of a permanent resident (外国人永久居留身份证), worked out from what their
 * 2023 card carries: nationality, three link characters, and pieces of the new number. undefined: there was no such
 * card (the link is empty), or the card does not say enough. The rule is known from one vendor's program only.
 */
export function formerPermanentResidentNumber(card: {
  /** Three letters, or fewer for some states, filled with `<` in the check digit. */
  readonly nationality: string;
  /** Two characters of the region, one of the order. */
  readonly link: string;
  /** The 18 characters of the 2023 number. */
  readonly number: string;
}): string | undefined {
  if (!/^[A-Z<]{3}$/.test(card.nationality) || !/^\d{3}$/.test(card.link)) return undefined;
  if (!/^9\d{16}[\dX]$/.test(card.number)) return undefined;
  const region = card.number.slice(1, 3) + card.link.slice(0, 2);
  const body = card.nationality + region + card.number.slice(8, 14) + card.link.slice(2);
  return body + icaoCheckDigit(body);
}

/** Whether the last digit of a 2017 number is that of the fourteen characters before it. */
export function isFormerNumberChecked(number: string): boolean {
  return /^[A-Z<]{3}\d{12}$/.test(number) && icaoCheckDigit(number.slice(0, -1)) === number.at(-1);
}

/** Check digit of ICAO 9303: weights 7, 3, 1 over digits, A = 10 to Z = 35, `<` = 0, modulo 10. */
export function icaoCheckDigit(text: string): string {
  const total = [...text].reduce((sum, character, i) => sum + value(character) * WEIGHTS[i % 3]!, 0);
  return String(total % 10);
}

function value(character: string): number {
  if (character === '<') return 0;
  if (!/^[0-9A-Z]$/.test(character)) throw new RangeError('an ICAO check digit is over digits, capital letters and <');
  return parseInt(character, 36);
}
