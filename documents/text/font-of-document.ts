import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit';

/** Amounts and dates; Chinese characters among themselves. */
const PLAIN = /^(?:[0-9,.\- ]+|[\u4e00-\u9fff]+)$/;

/** Glyphs in their places, in units of the font. */
export type Run = Pick<GlyphRun, 'glyphs' | 'positions' | 'advanceWidth'>;

export type DocumentFont = Omit<Font, 'layout'> & {
  layout(text: string, features?: Record<string, boolean>): Run;
};

/**
 * An opened font as one document may use it. Decoding the tables of a Chinese font takes longer than drawing a page, so
 * documents share them. They do not share the glyphs: fontkit notes on a glyph the first text it was used for, the PDF
 * says that text when it is searched or copied, and a document must not say what another one did.
 */
export function fontOfDocument(font: Font): DocumentFont {
  const own = Object.create(font, { _glyphs: { value: {} } }) as DocumentFont;
  own.layout = (text, features) =>
    !features && PLAIN.test(text) ? plainRun(own, text) : font.layout.call(own, text, features);
  return own;
}

/**
 * Amounts and dates are most of a long statement and no two are the same. Their characters, and Chinese ones, are neither
 * joined nor kerned in our faces (a test holds them against fontkit's own shaping), so they stand side by side as they are.
 */
function plainRun(font: DocumentFont, text: string): Run {
  const glyphs: Glyph[] = [];
  const positions: GlyphPosition[] = [];
  for (let i = 0; i < text.length; i++) {
    const glyph = font.glyphForCodePoint(text.charCodeAt(i));
    glyphs.push(glyph);
    positions.push({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 });
  }
  return {
    glyphs,
    positions,
    // Read when the caller has scaled the positions, as in fontkit's own runs.
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  };
}
