import { COLOUR, CONTENT } from './page.ts';
import { lineHeight, type Sheet, type TextStyle } from './sheet.ts';

/** One of several boxes, of which those that apply are ticked. */
export interface Box {
  readonly label: string;
  readonly ticked: boolean;
}

export interface Cell {
  readonly label: string;
  readonly value: string | readonly Box[];
  readonly strong?: boolean;
}

/** One ruled line of a form: one cell over the whole width, two beside each other, or the heading of what follows. */
export type GridRow = readonly [Cell] | readonly [Cell, Cell] | { readonly heading: string };

const LABEL: TextStyle = { size: 9, colour: COLOUR.quiet };
const VALUE: TextStyle = { size: 10 };
const HEADING: TextStyle = { size: 9.5, weight: 'bold', colour: COLOUR.accent };
const LABEL_WIDTH = 84;
const PADDING = 7;
const ROW = 24;
const HEADING_ROW = 22;
const LINE = 14.5;
const BOX = 9;
const BOX_GAP = 14;
const HALF = CONTENT.width / 2;

const widthOf = (row: readonly Cell[]): number => CONTENT.width / row.length - LABEL_WIDTH - 2 * PADDING;

/** A form with ruled lines over the width of the page, as certificates have it. Values wrap rather than lose their end. */
export class Grid {
  readonly #sheet: Sheet;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  heightOf(row: GridRow): number {
    if ('heading' in row) return HEADING_ROW;
    const lines = Math.max(...row.map((cell) => this.#linesOf(cell, widthOf(row))));
    return ROW + (lines - 1) * LINE;
  }

  /** Returns the y below. */
  draw(rows: readonly GridRow[], top: number): number {
    let y = top;
    for (const row of rows) {
      const height = this.heightOf(row);
      if ('heading' in row) this.#heading(row.heading, y, height);
      else row.forEach((cell, i) => this.#cell(cell, CONTENT.left + i * HALF, y, widthOf(row)));
      y += height;
      this.#sheet.rule(y, CONTENT.left, CONTENT.right, 0.5);
    }
    const sides = [CONTENT.left, CONTENT.right];
    this.#sheet.draw((pdf) => {
      for (const x of sides) pdf.moveTo(x, top).lineTo(x, y);
      pdf.moveTo(CONTENT.left, top).lineTo(CONTENT.right, top).lineWidth(0.5).stroke(COLOUR.hairline);
    });
    return y;
  }

  #heading(text: string, y: number, height: number): void {
    this.#sheet.band(CONTENT.left, y, CONTENT.width, height, COLOUR.tint);
    this.#sheet.textInBand(text, CONTENT.left + PADDING, y, height, HEADING);
  }

  #cell({ label, value, strong }: Cell, left: number, y: number, width: number): void {
    this.#sheet.textInBand(label, left + PADDING, y, ROW, LABEL);
    const x = left + LABEL_WIDTH + PADDING;
    if (typeof value !== 'string') return this.#boxes(value, x, y, width);
    const style: TextStyle = strong ? { ...VALUE, weight: 'bold' } : VALUE;
    this.#sheet
      .wrap(value, width, style)
      .forEach((line, n) => this.#sheet.textInBand(line, x, y + n * LINE, ROW, style));
  }

  #linesOf({ value, strong }: Cell, width: number): number {
    if (typeof value === 'string') {
      return this.#sheet.wrap(value, width, strong ? { ...VALUE, weight: 'bold' } : VALUE).length;
    }
    return this.#placed(value, width).at(-1)?.line ?? 1;
  }

  #placed(boxes: readonly Box[], width: number): { readonly box: Box; readonly x: number; readonly line: number }[] {
    let [x, line] = [0, 1];
    return boxes.map((box) => {
      const wide = BOX + 5 + this.#sheet.widthOf(box.label, VALUE);
      if (x > 0 && x + wide > width) [x, line] = [0, line + 1];
      const placed = { box, x, line };
      x += wide + BOX_GAP;
      return placed;
    });
  }

  /** Squares and ticks are drawn: no font has to have them, and a tick is ink, not a letter that may be missing. */
  #boxes(boxes: readonly Box[], left: number, y: number, width: number): void {
    for (const { box, x, line } of this.#placed(boxes, width)) {
      const top = y + (line - 1) * LINE + (ROW - BOX) / 2;
      this.#sheet.draw((pdf) => {
        pdf
          .rect(left + x, top, BOX, BOX)
          .lineWidth(0.8)
          .stroke(COLOUR.ink);
        if (!box.ticked) return;
        pdf
          .moveTo(left + x + 1.6, top + 4.8)
          .lineTo(left + x + 3.8, top + 7.2)
          .lineTo(left + x + 7.8, top + 1.6)
          .lineWidth(1.5)
          .stroke(COLOUR.ink);
      });
      const weight = box.ticked ? 'bold' : 'regular';
      this.#sheet.text(box.label, left + x + BOX + 5, top + BOX / 2 - lineHeight(VALUE) / 2, { ...VALUE, weight });
    }
  }
}
