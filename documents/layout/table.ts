import { COLOUR, CONTENT } from './page.ts';
import { lineHeight, type Sheet, type TextStyle } from './sheet.ts';

export interface Column {
  readonly heading: string;
  /** Points; one column may take what is left (0). */
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

export interface Row {
  readonly cells: readonly string[];
  readonly weight?: 'regular' | 'bold';
}

const CELL: TextStyle = { size: 9 };
const HEADING: TextStyle = { size: 8.5, weight: 'bold', colour: COLOUR.quiet };
const PADDING = 4;
export const HEADING_HEIGHT = 22;
export const ROW_HEIGHT = 17.8;

/** A table over the width of the page: hairlines, numerals under numerals, cells that wrap rather than lose their end. */
export class Table {
  readonly #sheet: Sheet;
  readonly #columns: readonly (Column & { readonly left: number })[];
  /** Lines of the cells: a row is measured when the pages are cut and again when it is drawn. */
  readonly #wrapped = new WeakMap<Row, readonly (readonly string[])[]>();

  constructor(sheet: Sheet, columns: readonly Column[]) {
    this.#sheet = sheet;
    const rest = CONTENT.width - columns.reduce((sum, column) => sum + column.width, 0);
    let left: number = CONTENT.left;
    this.#columns = columns.map((column) => {
      const width = column.width || rest;
      const placed = { ...column, width, left };
      left += width;
      return placed;
    });
  }

  heightOf(row: Row): number {
    const lines = Math.max(...this.#lines(row).map((cell) => cell.length));
    return ROW_HEIGHT + (lines - 1) * lineHeight(CELL);
  }

  /** Returns the y below. */
  drawHeading(y: number): number {
    this.#columns.forEach((column) => {
      this.#sheet.textInBand(column.heading, anchor(column), y, HEADING_HEIGHT, { ...HEADING, align: column.align });
    });
    this.#sheet.rule(y + HEADING_HEIGHT, CONTENT.left, CONTENT.right, 0.9, COLOUR.ink);
    return y + HEADING_HEIGHT;
  }

  /** Returns the y below. */
  drawRow(row: Row, y: number): number {
    const height = this.heightOf(row);
    const cells = this.#lines(row);
    this.#columns.forEach((column, i) => {
      const style = { ...CELL, weight: row.weight ?? 'regular', align: column.align };
      cells[i]!.forEach((line, n) => {
        this.#sheet.textInBand(line, anchor(column), y + n * lineHeight(CELL), ROW_HEIGHT, style);
      });
    });
    this.#sheet.rule(y + height, CONTENT.left, CONTENT.right, 0.4);
    return y + height;
  }

  #lines(row: Row): readonly (readonly string[])[] {
    const known = this.#wrapped.get(row);
    if (known) return known;
    const style: TextStyle = { ...CELL, weight: row.weight ?? 'regular' };
    const cells = this.#columns.map(({ width }, i) => this.#sheet.wrap(row.cells[i] ?? '', width - 2 * PADDING, style));
    this.#wrapped.set(row, cells);
    return cells;
  }
}

function anchor(column: { readonly left: number; readonly width: number; readonly align: Column['align'] }): number {
  if (column.align === 'right') return column.left + column.width - PADDING;
  return column.align === 'center' ? column.left + column.width / 2 : column.left + PADDING;
}
