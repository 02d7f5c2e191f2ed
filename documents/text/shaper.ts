import type { Font, GlyphRun } from 'fontkit';

/** Glyphs in their places, in units of the font. */
export type Run = Pick<GlyphRun, 'glyphs' | 'positions' | 'advanceWidth'>;

export type Shaper = (text: string) => Run;

/**
 * Sets texts for one document with everything the font knows: kerning, ligatures, marks over letters. Documents share the opened
 * font, they do not share its glyphs: fontkit notes on a glyph the first text it was used for, the PDF says that text when
 * it is searched or copied, and a document must not say what another one did. The shared one itself is never used to set a text.
 */
export function shaperOf(font: Font): Shaper {
  const own = Object.create(font, { _glyphs: { value: {} } }) as Font;
  return (text) => own.layout(text);
}

const HAN = [0x4e00, 0x9fff] as const;
/** Digits and the marks of amounts and dates, by code; punctuation of Chinese sentences. */
const PLAIN = new Set(
  [...' 0123456789,.-:/%()#+=\u3000，。；：（）《》「」、·“”＋－＝？'].map((char) => char.charCodeAt(0)),
);

/**
 * Characters that in our faces are neither joined nor kerned with one another (a test holds them against the full shaping), so
 * that they stand side by side as they are. Amounts and dates are most of a long statement and no two are the same.
 */
export const standsAlone = (codeUnit: number): boolean =>
  (codeUnit >= HAN[0] && codeUnit <= HAN[1]) || PLAIN.has(codeUnit);
