/** What lies on the thermal paper, in dots of 1/8 mm: 576 dots are the printable width of 80 mm paper. */
export const PAPER_DOTS = 576;

export interface PrintedGlyph {
  readonly character: string;
  /** Left edge from the line's own left edge, in dots. */
  readonly x: number;
  readonly width: number;
}

export type PrintedItem =
  | {
      readonly type: 'text';
      readonly y: number;
      /** 24, or 48 for doubled characters. */
      readonly height: number;
      readonly x: number;
      readonly bold: boolean;
      readonly glyphs: readonly PrintedGlyph[];
    }
  | {
      readonly type: 'picture';
      readonly y: number;
      readonly x: number;
      readonly widthBytes: number;
      readonly rows: number;
      readonly data: Uint8Array;
    }
  | {
      readonly type: 'qr';
      readonly y: number;
      readonly x: number;
      readonly module: number;
      readonly level: 'L' | 'M' | 'Q' | 'H';
      readonly data: string;
    };

/** Paper from one cut to the next. */
export interface Paper {
  readonly items: readonly PrintedItem[];
  /** Length in dots. */
  readonly height: number;
}

/** The words on the paper, a line a line; pictures and codes in brackets. */
export function textOf(paper: Paper): string {
  const rows = new Map<number, string>();
  for (const item of paper.items) {
    const words =
      item.type === 'text'
        ? item.glyphs.map((glyph) => glyph.character).join('')
        : item.type === 'qr'
          ? `[QR ${item.data}]`
          : '[picture]';
    rows.set(item.y, (rows.get(item.y) ?? '') + words);
  }
  const lines = [...rows].sort(([a], [b]) => a - b).map(([, words]) => words);
  // Bands of one picture are one picture to a reader.
  return lines.filter((line, index) => line !== '[picture]' || lines[index - 1] !== '[picture]').join('\n');
}
