import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fontkit from 'fontkit';
import { type DocumentFont, fontOfDocument } from './text/font-of-document.ts';

export type Weight = 'regular' | 'bold';

/** One face, opened once: for a PDF, for coverage and for outlines. */
export interface Face {
  /** The face for one document; the tables are shared, what a document has drawn is not. */
  forDocument(): DocumentFont;
  readonly unitsPerEm: number;
  /** Outline of one character as an SVG path, y upwards, in units of the em, and how far the pen moves. */
  outline(character: string): { readonly path: string; readonly advance: number };
  has(codePoint: number): boolean;
}

export interface DocumentFonts {
  readonly regular: Face;
  readonly bold: Face;
}

/** Reads the two faces of Noto Sans SC from a folder (assets/fonts). Load once and keep: each file is 10 MB. */
export async function loadFonts(folder: string): Promise<DocumentFonts> {
  const [regular, bold] = await Promise.all(
    ['NotoSansSC-Regular.ttf', 'NotoSansSC-Bold.ttf'].map(async (name) => openFace(await readFile(join(folder, name)))),
  );
  return { regular: regular!, bold: bold! };
}

function openFace(file: Buffer): Face {
  const font = fontkit.create(file);
  if (!('hasGlyphForCodePoint' in font))
    throw new TypeError('a font collection was given where a single font is needed');
  return {
    forDocument: () => fontOfDocument(font),
    unitsPerEm: font.unitsPerEm,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    outline: (character) => {
      const glyph = font.glyphForCodePoint(character.codePointAt(0)!);
      return { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
    },
  };
}

/**
 * Characters the fonts cannot draw, each once. A PDF would show them as blanks or boxes without a word, and a
 * person's name with a hole in it must not leave the printer.
 */
export function missingCharacters(fonts: DocumentFonts, texts: Iterable<string>): string[] {
  const missing = new Set<string>();
  for (const text of texts) {
    for (const char of text) {
      const codePoint = char.codePointAt(0)!;
      if (!fonts.regular.has(codePoint) || !fonts.bold.has(codePoint)) missing.add(char);
    }
  }
  return [...missing];
}
