/** Fixed places in the tables of a TrueType file, bytes (OpenType specification, chapters head, hhea, maxp and OS/2). */
const TABLE_RECORD = 16;
const HEAD = { unitsPerEm: 18, box: 36, locationFormat: 50 } as const;
const HHEA = { ascender: 4, descender: 6, metricCount: 34 } as const;
const MAXP = { glyphCount: 4 } as const;
const OS2 = { version: 0, capHeight: 88 } as const;

/** Of a composite glyph: flags that say how long a component's record is, and whether another follows. */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;

/** A glyph that another is put together from, and where in that other's bytes its number stands. */
export interface Component {
  readonly glyph: number;
  readonly at: number;
}

/**
 * The tables of a TrueType font that a PDF needs, read where they lie in the file: nothing is decoded that is not asked for. Lengths
 * are in units of the font, `unitsPerEm` to the em.
 */
export class TrueType {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #tables = new Map<string, readonly [offset: number, length: number]>();
  readonly #metrics: number;
  readonly #metricCount: number;
  readonly #locations: number;
  readonly #glyphs: number;
  readonly #isLong: boolean;
  readonly unitsPerEm: number;
  readonly ascender: number;
  readonly descender: number;
  readonly capHeight: number;
  readonly box: readonly [number, number, number, number];
  readonly glyphCount: number;

  constructor(bytes: Uint8Array) {
    // Never a Buffer: its slices are not copies.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0, count = this.#view.getUint16(4); i < count; i++) {
      const at = 12 + i * TABLE_RECORD;
      const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
      this.#tables.set(tag, [this.#view.getUint32(at + 8), this.#view.getUint32(at + 12)]);
    }
    const [head, hhea, os2] = [this.#at('head'), this.#at('hhea'), this.#at('OS/2')];
    this.unitsPerEm = this.#view.getUint16(head + HEAD.unitsPerEm);
    this.box = [0, 2, 4, 6].map((i) => this.#view.getInt16(head + HEAD.box + i)) as [number, number, number, number];
    this.#isLong = this.#view.getInt16(head + HEAD.locationFormat) === 1;
    this.ascender = this.#view.getInt16(hhea + HHEA.ascender);
    this.descender = this.#view.getInt16(hhea + HHEA.descender);
    this.#metricCount = this.#view.getUint16(hhea + HHEA.metricCount);
    this.capHeight =
      this.#view.getUint16(os2 + OS2.version) >= 2 ? this.#view.getInt16(os2 + OS2.capHeight) : this.ascender;
    this.glyphCount = this.#view.getUint16(this.#at('maxp') + MAXP.glyphCount);
    this.#metrics = this.#at('hmtx');
    this.#locations = this.#at('loca');
    this.#glyphs = this.#at('glyf');
  }

  /** The bytes of a table, as they lie in the file; undefined where the font has none. */
  table(tag: string): Uint8Array | undefined {
    const place = this.#tables.get(tag);
    return place && this.#bytes.subarray(place[0], place[0] + place[1]);
  }

  /** How far the pen moves. */
  advanceOf(glyph: number): number {
    return this.#view.getUint16(this.#metrics + 4 * Math.min(glyph, this.#metricCount - 1));
  }

  leftBearingOf(glyph: number): number {
    const at = glyph < this.#metricCount ? 4 * glyph + 2 : 4 * this.#metricCount + 2 * (glyph - this.#metricCount);
    return this.#view.getInt16(this.#metrics + at);
  }

  /** The description of its outline; no bytes for one that is blank. */
  outlineOf(glyph: number): Uint8Array {
    const [start, end] = [this.#location(glyph), this.#location(glyph + 1)];
    return this.#bytes.subarray(this.#glyphs + start, this.#glyphs + end);
  }

  #location(glyph: number): number {
    return this.#isLong
      ? this.#view.getUint32(this.#locations + 4 * glyph)
      : 2 * this.#view.getUint16(this.#locations + 2 * glyph);
  }

  #at(tag: string): number {
    const place = this.#tables.get(tag);
    if (!place) throw new TypeError(`the font has no table ${tag}; only TrueType outlines can be embedded`);
    return place[0];
  }
}

/** The parts of a composite glyph; none for one with an outline of its own. */
export function componentsOf(outline: Uint8Array): Component[] {
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  if (outline.length === 0 || view.getInt16(0) >= 0) return [];
  const components: Component[] = [];
  let at = 10;
  for (;;) {
    const flags = view.getUint16(at);
    components.push({ glyph: view.getUint16(at + 2), at: at + 2 });
    if (!(flags & MORE)) return components;
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & MATRIX ? 8 : flags & TWO_SCALES ? 4 : flags & SCALE ? 2 : 0);
  }
}
