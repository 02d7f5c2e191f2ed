import { join } from 'node:path';
import { openSync } from 'fontkit';
import type { GlyphOutline, GlyphSource, Point } from '../../codec/escpos-raster.ts';

/** The fonts of the screens; they have the rare characters of names that printer ROMs lack. */
export const SLIP_FONTS = new URL('../../../assets/fonts/', import.meta.url);

/** Straight pieces that stand for one curve; at 48 dots a character nobody sees more. */
const CURVE_STEPS = 6;

/** Outlines of a TrueType font. The file (10 MB and more) is read when the first rare character is printed. */
export function fontGlyphs(path: string): GlyphSource {
  let font: ReturnType<typeof openFont> | undefined;
  return (character) => {
    font ??= openFont(path);
    const codePoint = character.codePointAt(0)!;
    if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
    const glyph = font.glyphForCodePoint(codePoint);
    return toOutline(glyph.path.commands, glyph.advanceWidth, font.unitsPerEm);
  };
}

/** The first of these fonts that has the character. */
export function firstOf(...sources: readonly GlyphSource[]): GlyphSource {
  return (character) => {
    for (const source of sources) {
      const outline = source(character);
      if (outline) return outline;
    }
    return undefined;
  };
}

/** Everything a slip may need of one weight, from a folder with the fonts of assets/fonts; rare Chinese characters have one weight. */
export function slipGlyphs(folder: string, weight: 'Regular' | 'Bold'): GlyphSource {
  const files = [`NotoSansSC-${weight}.ttf`, `KioskLetters-${weight}.ttf`, 'KioskRareHan.ttf'];
  return firstOf(...files.map((name) => fontGlyphs(join(folder, name))));
}

function openFont(path: string) {
  const font = openSync(path);
  if (!('glyphForCodePoint' in font)) throw new TypeError(`${path} is a collection of fonts, a single one is needed`);
  return font;
}

interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

/** Curves become straight pieces, font units become parts of the em. */
function toOutline(commands: readonly PathCommand[], advance: number, unitsPerEm: number): GlyphOutline {
  const contours: Point[][] = [];
  let contour: Point[] = [];
  const points = (args: readonly number[]): Point[] =>
    Array.from({ length: args.length / 2 }, (_, i) => ({
      x: args[2 * i]! / unitsPerEm,
      y: args[2 * i + 1]! / unitsPerEm,
    }));
  for (const { command, args } of commands) {
    if (command === 'moveTo') {
      contour = points(args);
      contours.push(contour);
    } else if (command === 'lineTo') contour.push(...points(args));
    else if (command !== 'closePath') contour.push(...flatten([contour.at(-1)!, ...points(args)]));
  }
  return { advance: advance / unitsPerEm, contours };
}

/** A Bézier curve of any degree by de Casteljau's construction, without its first point. */
function flatten(control: readonly Point[]): Point[] {
  return Array.from({ length: CURVE_STEPS }, (_, step) => {
    const t = (step + 1) / CURVE_STEPS;
    let points = control;
    while (points.length > 1) {
      points = points.slice(1).map((b, i) => {
        const a = points[i]!;
        return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
      });
    }
    return points[0]!;
  });
}
