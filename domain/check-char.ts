/** The alphabet of ISO 7064 Mod 37,36: value 0–9 for digits, 10–35 for A–Z. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The check character of ISO 7064 Mod 37,36 (hybrid system) over upper-case letters and digits.
 * Catches every single wrong character and almost every swap of neighbours. Worked example of the GRid standard: A12425GABC1234002 → M.
 * Throws on any other character: numbers are normalised before they are checked.
 */
export function checkCharacter(text: string): string {
  let carry = 36;
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) throw new RangeError('a checked number holds only 0-9 and A-Z');
    carry = (((carry + value) % 36 || 36) * 2) % 37;
  }
  return ALPHABET[(37 - carry) % 36]!;
}

/** True when the last character is the check character of all before it. */
export function hasValidCheckCharacter(text: string): boolean {
  return /^[0-9A-Z]{2,}$/.test(text) && checkCharacter(text.slice(0, -1)) === text.at(-1);
}

/** What a person may type or a scanner may add: lower case, full-width forms, spaces and hyphens. */
export function normaliseTypedNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐‑–—·]/g, '');
}
