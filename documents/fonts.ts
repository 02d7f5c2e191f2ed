import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fontkit from 'fontkit';
import { type Run, type Shaper, shaperOf } from './text/shaper.ts';
import { TrueType } from './text/true-type.ts';

export type { Run };
export type Weight = 'regular' | 'bold';

/** Outline of one character as an SVG path, y upwards, in units of which `unitsPerEm` make the em. */
export interface Outline {
  readonly path: string;
  /** How far the pen moves. */
  readonly advance: number;
  readonly unitsPerEm: number;
}

/** One font, opened once: for PDFs, for coverage and for outlines. */
export interface FontFile {
  readonly name: string;
  readonly tables: TrueType;
  /** Width of a line around its letters, as a share of the size, that makes them as heavy as the others; 0: they are. */
  readonly thickening: number;
  /** Number of the glyph; 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** Sets texts for one document. */
  shaper(): Shaper;
  outline(character: string): Outline;
}

/** The fonts of one weight, in the order in which they are asked for a character. */
export interface Face {
  readonly files: readonly FontFile[];
  has(codePoint: number): boolean;
  /** Throws for a character that no font has. */
  outline(character: string): Outline;
}

export interface DocumentFonts {
  readonly regular: Face;
  readonly bold: Face;
}

/** The font of all fixed words and nearly all names. */
const MAIN = { regular: 'NotoSansSC-Regular.ttf', bold: 'NotoSansSC-Bold.ttf' } as const;
/** Letters of foreign names that the main font lacks (ł, ğ, ș), marks that are set over any letter. */
const LETTERS = { regular: 'KioskLetters-Regular.ttf', bold: 'KioskLetters-Bold.ttf' } as const;
/** Chinese characters beyond the main font, up to level 3 of GB 18030-2022 (𠮷). */
const RARE_HAN = 'KioskRareHan.ttf';
/** Its strokes are those of a serif face, finer than the main font's, and it has one weight; more would close dense characters. */
const RARE_HAN_THICKENING = { regular: 0.01, bold: 0.024 } as const;

/**
 * Reads the two faces of Noto Sans SC from a folder (assets/fonts); what stands in for characters they lack is read when the first
 * such character comes. Load once and keep: each file is 10 MB, the rare characters 25 MB.
 */
export async function loadFonts(folder: string): Promise<DocumentFonts> {
  const rare = later(folder, RARE_HAN);
  const [regular, bold] = await Promise.all(
    (['regular', 'bold'] as const).map(async (weight) =>
      faceOf([
        openFont(MAIN[weight], await readFile(join(folder, MAIN[weight]))),
        later(folder, LETTERS[weight]),
        thickened(rare, RARE_HAN_THICKENING[weight]),
      ]),
    ),
  );
  return { regular: regular!, bold: bold! };
}

function faceOf(files: readonly FontFile[]): Face {
  return {
    files,
    has: (codePoint) => files.some((file) => file.glyphOf(codePoint) > 0),
    outline(character) {
      const file = files.find((one) => one.glyphOf(character.codePointAt(0)!) > 0);
      if (!file) throw new RangeError('no font has a character that is to be drawn');
      return file.outline(character);
    },
  };
}

/** Numbers of glyphs by code point; looking one up in the font takes longer than writing it. */
const UNKNOWN = 0xffff;

function openFont(name: string, bytes: Uint8Array): FontFile {
  const font = fontkit.create(bytes as Buffer);
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError(`${name}: a collection, where a single font is needed`);
  const common = new Uint16Array(0x10000).fill(UNKNOWN);
  const others = new Map<number, number>();
  const lookUp = (codePoint: number) =>
    font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint).id : 0;
  return {
    name,
    tables: new TrueType(bytes),
    thickening: 0,
    glyphOf(codePoint) {
      if (codePoint < common.length) {
        const known = common[codePoint]!;
        return known === UNKNOWN ? (common[codePoint] = lookUp(codePoint)) : known;
      }
      const known = others.get(codePoint);
      if (known !== undefined) return known;
      const glyph = lookUp(codePoint);
      others.set(codePoint, glyph);
      return glyph;
    },
    shaper: () => shaperOf(font),
    outline(character) {
      const glyph = font.glyphForCodePoint(character.codePointAt(0)!);
      return { path: glyph.path.toSVG(), advance: glyph.advanceWidth, unitsPerEm: font.unitsPerEm };
    },
  };
}

/** A font that most documents never need: opened when it is asked for the first time. */
function later(folder: string, name: string): FontFile {
  let opened: FontFile | undefined;
  const file = () => (opened ??= openFont(name, readFileSync(join(folder, name))));
  return {
    name,
    get tables() {
      return file().tables;
    },
    thickening: 0,
    glyphOf: (codePoint) => file().glyphOf(codePoint),
    shaper: () => file().shaper(),
    outline: (character) => file().outline(character),
  };
}

function thickened(file: FontFile, thickening: number): FontFile {
  return {
    name: file.name,
    get tables() {
      return file.tables;
    },
    thickening,
    glyphOf: (codePoint) => file.glyphOf(codePoint),
    shaper: () => file.shaper(),
    outline: (character) => file.outline(character),
  };
}

/**
 * Characters no font can draw, each once. A PDF would show them as blanks or boxes without a word, and a
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
