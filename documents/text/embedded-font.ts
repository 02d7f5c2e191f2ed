import { deflateSync } from 'node:zlib';
import type { FontFile } from '../fonts.ts';
import { type Reference, type WithReferences } from '../layout/stamp.ts';
import { decimal } from './numbers.ts';
import { type Run, type Shaper, standsAlone } from './shaper.ts';
import { cutTrueType } from './true-type-subset.ts';

/** A name of six capitals before a font's own says that it is a part of it (PDF 32000, 9.6.4). */
const PART = 'KIOSK';
const SYMBOLIC = 4;
/** No table of a font tells it; readers use it when they have to stand in for a font they cannot read. */
const USUAL_STEM = 80;
const ENTRIES_AT_ONCE = 100;

/** How far the pen moves for characters that stand alone, by font: the same for every document. */
const advances = new WeakMap<FontFile, Uint16Array>();

/**
 * One font in one document: glyphs are numbered as they are used and those alone are written to the file. Widths are thousandths
 * of the size. pdfkit's own embedding shapes, measures and decodes everything anew for each document, which is most of a page's time.
 */
export class EmbeddedFont {
  readonly id: string;
  readonly file: FontFile;
  readonly #scale: number;
  readonly #advances: Uint16Array;
  readonly #dictionary: Reference;
  /** By code unit, for characters that stand alone; 0 is not yet used. */
  readonly #codes = new Uint16Array(0x10000);
  /** By number in this document. */
  readonly #hex: string[] = ['0000'];
  readonly #glyphs: number[] = [0];
  readonly #texts: string[] = [''];
  readonly #numbers = new Map<number, number>();
  readonly #runs = new Map<string, Run>();
  #shape: Shaper | undefined;

  constructor(pdf: WithReferences, file: FontFile, id: string) {
    this.id = id;
    this.file = file;
    this.#scale = 1000 / file.tables.unitsPerEm;
    this.#dictionary = pdf.ref({});
    let known = advances.get(file);
    if (!known) advances.set(file, (known = new Uint16Array(0x10000)));
    this.#advances = known;
  }

  get dictionary(): Reference {
    return this.#dictionary;
  }

  /** undefined: not all of it stands alone, or this font has not all of it. */
  widthOfPlain(text: string): number | undefined {
    const advances = this.#advances;
    let sum = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const advance = advances[unit]! || this.#advanceOf(unit);
      if (advance === 0) return undefined;
      sum += advance;
    }
    return sum * this.#scale;
  }

  /** What shows a text that has a `widthOfPlain`. */
  showPlain(text: string): string {
    const codes = this.#codes;
    const hex = this.#hex;
    let row = '<';
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let code = codes[unit]!;
      if (code === 0) {
        code = this.#numberOf(this.file.glyphOf(unit), text[i]!);
        codes[unit] = code;
      }
      row += hex[code]!;
    }
    return `${row}> Tj`;
  }

  widthOfRun(text: string): number {
    return this.#run(text).advanceWidth * this.#scale;
  }

  /** The same with everything the font knows of setting letters; a mark that stands elsewhere gets a place of its own. */
  showRun(text: string, size: number, placeAt: (right: number, up: number) => string): string {
    const { glyphs, positions } = this.#run(text);
    const pieces: string[] = [];
    let row = '<';
    let isAside = false;
    let right = 0;
    const endRow = () => {
      if (row !== '<') pieces.push(`[${row}>] TJ`);
      row = '<';
    };
    positions.forEach(({ xAdvance, xOffset, yOffset }, i) => {
      const glyph = glyphs[i]!;
      const isOffset = xOffset !== 0 || yOffset !== 0;
      const em = (units: number) => (units * this.#scale * size) / 1000;
      if (isOffset || isAside) {
        endRow();
        pieces.push(placeAt(right + em(xOffset), em(yOffset)));
        isAside = isOffset;
      }
      row += this.#hex[this.#numberOf(glyph.id, String.fromCodePoint(...glyph.codePoints))]!;
      const kern = (this.file.tables.advanceOf(glyph.id) - xAdvance) * this.#scale;
      if (kern !== 0) row += `> ${decimal(kern)} <`;
      right += em(xAdvance);
    });
    endRow();
    return pieces.join(' ');
  }

  /** Writes the font to the file, once and at the end. */
  embed(pdf: WithReferences): void {
    const { tables, name } = this.file;
    const program = cutTrueType(tables, this.#glyphs);
    const file = pdf.ref({ Length1: program.length, Filter: 'FlateDecode' });
    file.end(deflateSync(program));
    const base = `${PART}${String.fromCharCode(64 + Number(this.id.slice(1)))}+${name.replace(/\.ttf$/, '')}`;
    const descriptor = pdf.ref({
      Type: 'FontDescriptor',
      FontName: base,
      Flags: SYMBOLIC,
      FontBBox: tables.box.map((value) => value * this.#scale),
      ItalicAngle: 0,
      Ascent: tables.ascender * this.#scale,
      Descent: tables.descender * this.#scale,
      CapHeight: tables.capHeight * this.#scale,
      StemV: USUAL_STEM,
      FontFile2: file,
    });
    descriptor.end();
    const descendant = pdf.ref({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: base,
      CIDSystemInfo: { Registry: Object('Adobe') as unknown, Ordering: Object('Identity') as unknown, Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: [0, this.#glyphs.map((glyph) => tables.advanceOf(glyph) * this.#scale)],
      CIDToGIDMap: 'Identity',
    });
    descendant.end();
    const toUnicode = pdf.ref({});
    toUnicode.end(this.#toUnicode());
    this.#dictionary.data = {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: base,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: toUnicode,
    };
    this.#dictionary.end();
  }

  #advanceOf(unit: number): number {
    if (!standsAlone(unit)) return 0;
    const glyph = this.file.glyphOf(unit);
    if (glyph === 0) return 0;
    return (this.#advances[unit] = this.file.tables.advanceOf(glyph));
  }

  #numberOf(glyph: number, text: string): number {
    const known = this.#numbers.get(glyph);
    if (known !== undefined) return known;
    const number = this.#glyphs.push(glyph) - 1;
    this.#numbers.set(glyph, number);
    this.#hex.push(number.toString(16).padStart(4, '0'));
    this.#texts.push(text);
    return number;
  }

  #run(text: string): Run {
    const known = this.#runs.get(text);
    if (known) return known;
    this.#shape ??= this.file.shaper();
    const run = this.#shape(text);
    this.#runs.set(text, run);
    return run;
  }

  /** What each glyph says when the page is searched, copied or read aloud (PDF/A asks for it under the letter u). */
  #toUnicode(): string {
    const entries = this.#texts.slice(1).map((text, i) => `<${this.#hex[i + 1]!}> <${utf16(text)}>`);
    const blocks: string[] = [];
    for (let i = 0; i < entries.length; i += ENTRIES_AT_ONCE) {
      const block = entries.slice(i, i + ENTRIES_AT_ONCE);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}

function utf16(text: string): string {
  let hex = '';
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0');
  return hex;
}
