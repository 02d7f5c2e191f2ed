/**
 * Dots that offices, banks and keyboards write between the parts of a transcribed name (阿依慕·图尔荪), all meaning U+00B7:
 * bullet, hyphenation point, katakana middle dot and its half-width form, full-width stop, dot operator, full stop.
 */
const NAME_DOTS = /\s*[\u00b7\u2022\u2027\u30fb\uff65\uff0e\u22c5.]\s*/g;

/**
 * A form of the name for comparison only: one kind of middle dot, no spaces around it, single spaces elsewhere, upper-case Latin.
 * Never print it: the document carries the name as the card gives it.
 */
export function nameForComparison(name: string): string {
  return name.normalize('NFC').trim().replace(NAME_DOTS, '\u00b7').replace(/\s+/g, ' ').toUpperCase();
}

/** True when two systems mean the same written name. */
export function sameName(a: string, b: string): boolean {
  return nameForComparison(a) === nameForComparison(b);
}
