/**
 * Draws lines of text as one-bit pictures, for characters that the printer's ROM does not have (rare characters of
 * names). Every character sits in the same cell that the printer's own font would give it, so that a drawn line
 * stands flush with the printed ones.
 */

/** A glyph's outline in em units: x to the right from the left edge of its advance, y up from the baseline. */
export interface GlyphOutline {
  readonly advance: number;
  readonly contours: readonly (readonly Point[])[];
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Outline of a character, or undefined when the font has none. */
export type GlyphSource = (character: string) => GlyphOutline | undefined;

/** One bit a dot, rows of `widthBytes`, most significant bit leftmost, 1 = black. */
export interface Bitmap {
  readonly widthBytes: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Cell {
  readonly character: string;
  /** Left edge in dots. */
  readonly x: number;
  /** Width of the cell in dots. */
  readonly width: number;
}

/** Sub-rows and sub-columns sampled in each dot; a dot is black when at least half of it is covered. */
const SAMPLES = 4;
/** Height of the baseline in the cell, as part of the em: Chinese glyphs stand 0.12 em below the baseline. */
const BASELINE = 0.86;

/** Draws cells into a bitmap of `widthDots` × `height`; `em` is the size of the font in dots. */
export function drawCells(
  cells: readonly Cell[],
  glyphs: GlyphSource,
  size: { readonly widthDots: number; readonly height: number; readonly em: number },
): Bitmap {
  const widthBytes = Math.ceil(size.widthDots / 8);
  const data = new Uint8Array(widthBytes * size.height);
  for (const cell of cells) {
    const outline = glyphs(cell.character);
    if (!outline || outline.contours.length === 0) continue;
    // Latin letters of a proportional font are squeezed when they are wider than their cell, and centred otherwise.
    const squeeze = Math.min(1, cell.width / (outline.advance * size.em));
    const left = cell.x + (cell.width - outline.advance * size.em * squeeze) / 2;
    const edges = toEdges(outline, (point) => ({
      x: left + point.x * size.em * squeeze,
      y: BASELINE * size.em - point.y * size.em,
    }));
    fill(edges, cell, { widthBytes, height: size.height, data });
  }
  return { widthBytes, height: size.height, data };
}

interface Edge {
  readonly top: Point;
  readonly bottom: Point;
  readonly winding: 1 | -1;
}

function toEdges(outline: GlyphOutline, place: (point: Point) => Point): Edge[] {
  return outline.contours.flatMap((contour) =>
    contour.flatMap((point, index): Edge[] => {
      const a = place(point);
      const b = place(contour[(index + 1) % contour.length]!);
      if (a.y === b.y) return [];
      return a.y < b.y ? [{ top: a, bottom: b, winding: 1 }] : [{ top: b, bottom: a, winding: -1 }];
    }),
  );
}

/** Non-zero winding fill, sampled on a SAMPLES × SAMPLES grid in each dot, clipped to the cell. */
function fill(edges: readonly Edge[], cell: Cell, bitmap: Bitmap): void {
  const right = Math.min(cell.x + cell.width, bitmap.widthBytes * 8);
  for (let row = 0; row < bitmap.height; row++) {
    const covered = new Uint8Array(right - cell.x);
    for (let sub = 0; sub < SAMPLES; sub++) {
      const y = row + (sub + 0.5) / SAMPLES;
      const crossings = edges
        .filter((edge) => edge.top.y <= y && y < edge.bottom.y)
        .map(({ top, bottom, winding }) => ({
          x: top.x + ((y - top.y) / (bottom.y - top.y)) * (bottom.x - top.x),
          winding,
        }))
        .sort((a, b) => a.x - b.x);
      let winding = 0;
      for (const [index, crossing] of crossings.entries()) {
        winding += crossing.winding;
        const next = crossings[index + 1];
        if (winding === 0 || !next) continue;
        const first = Math.max(0, Math.ceil((crossing.x - cell.x) * SAMPLES - 0.5));
        const last = Math.min(covered.length * SAMPLES, Math.ceil((next.x - cell.x) * SAMPLES - 0.5));
        for (let sample = first; sample < last; sample++) {
          const dot = Math.floor(sample / SAMPLES);
          covered[dot] = covered[dot]! + 1;
        }
      }
    }
    for (const [dot, count] of covered.entries()) {
      if (count * 2 < SAMPLES * SAMPLES) continue;
      const x = cell.x + dot;
      const index = row * bitmap.widthBytes + (x >> 3);
      bitmap.data[index] = bitmap.data[index]! | (0x80 >> (x & 7));
    }
  }
}
