import { componentsOf, type TrueType } from './true-type.ts';

/** What a TrueType program inside a PDF has to have, in the order of the file; the last three only where the font is hinted. */
const TABLES = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'] as const;
type Tag = (typeof TABLES)[number];

const CHECKSUM_OF_FILE = 0xb1b0afba;

/**
 * A font of these glyphs alone, numbered in this order; the first is the one for what is missing. Parts of composite glyphs
 * come along behind them. Outlines are copied as they are: decoding and writing them again takes most of a page's time.
 */
export function cutTrueType(font: TrueType, wanted: readonly number[]): Uint8Array {
  const glyphs = [...wanted];
  const numbers = new Map(glyphs.map((glyph, number) => [glyph, number]));
  const outlines: Uint8Array[] = [];
  // It grows while it is read, by the parts of composite glyphs.
  for (const glyph of glyphs) {
    const outline = font.outlineOf(glyph);
    const components = componentsOf(outline);
    if (components.length === 0) outlines.push(outline);
    else {
      const own = outline.slice();
      const view = new DataView(own.buffer);
      for (const { glyph: part, at } of components) {
        let number = numbers.get(part);
        if (number === undefined) {
          number = glyphs.push(part) - 1;
          numbers.set(part, number);
        }
        view.setUint16(at, number);
      }
      outlines.push(own);
    }
  }
  return assemble(font, glyphs, outlines);
}

function assemble(font: TrueType, glyphs: readonly number[], outlines: readonly Uint8Array[]): Uint8Array {
  const { glyf, loca } = place(outlines);
  const tables: Partial<Record<Tag, Uint8Array>> = {
    glyf,
    loca,
    head: changed(font.table('head')!, (view) => {
      view.setUint32(8, 0);
      view.setInt16(50, 1);
    }),
    hhea: changed(font.table('hhea')!, (view) => view.setUint16(34, glyphs.length)),
    hmtx: metrics(font, glyphs),
    maxp: changed(font.table('maxp')!, (view) => view.setUint16(4, glyphs.length)),
  };
  for (const tag of ['cvt ', 'fpgm', 'prep'] as const) {
    const hints = font.table(tag);
    if (hints) tables[tag] = hints;
  }
  return write(TABLES.flatMap((tag) => (tables[tag] ? [[tag, tables[tag]] as const] : [])));
}

function place(outlines: readonly Uint8Array[]): { readonly glyf: Uint8Array; readonly loca: Uint8Array } {
  const loca = new Uint8Array(4 * (outlines.length + 1));
  const locations = new DataView(loca.buffer);
  let end = 0;
  outlines.forEach((outline, i) => {
    end += aligned(outline.length);
    locations.setUint32(4 * (i + 1), end);
  });
  const glyf = new Uint8Array(end);
  outlines.forEach((outline, i) => glyf.set(outline, locations.getUint32(4 * i)));
  return { glyf, loca };
}

function metrics(font: TrueType, glyphs: readonly number[]): Uint8Array {
  const table = new Uint8Array(4 * glyphs.length);
  const view = new DataView(table.buffer);
  glyphs.forEach((glyph, i) => {
    view.setUint16(4 * i, font.advanceOf(glyph));
    view.setInt16(4 * i + 2, font.leftBearingOf(glyph));
  });
  return table;
}

function changed(table: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = table.slice();
  change(new DataView(copy.buffer));
  return copy;
}

function write(tables: readonly (readonly [Tag, Uint8Array])[]): Uint8Array {
  const start = 12 + 16 * tables.length;
  const file = new Uint8Array(tables.reduce((sum, [, table]) => sum + aligned(table.length), start));
  const view = new DataView(file.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * (tables.length - (1 << power)));
  let at = start;
  let head = 0;
  tables.forEach(([tag, table], i) => {
    const record = 12 + 16 * i;
    for (let c = 0; c < 4; c++) file[record + c] = tag.charCodeAt(c);
    file.set(table, at);
    if (tag === 'head') head = at;
    view.setUint32(record + 4, checksum(view, at, at + aligned(table.length)));
    view.setUint32(record + 8, at);
    view.setUint32(record + 12, table.length);
    at += aligned(table.length);
  });
  view.setUint32(head + 8, (CHECKSUM_OF_FILE - checksum(view, 0, at)) >>> 0);
  return file;
}

const aligned = (length: number): number => (length + 3) & ~3;

function checksum(view: DataView, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
