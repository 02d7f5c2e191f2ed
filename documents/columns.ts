import { breakLines } from './text/break-lines.ts';

/** Columns of an 80 mm slip in font A (12 dots a column, 576 dots). */
export const SLIP_COLUMNS = 48;

/**
 * Columns a text takes on a slip printer in font A. ASCII is one column; everything else is a double-byte character of GB 18030 and two
 * columns wide, including ·, —, “ and ①, which screens draw narrow. Combining and format characters take none.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (char >= ' ' && char <= '~') columns += 1;
    else if (!/^[\p{M}\p{Cf}\p{Cc}]$/u.test(char)) columns += 2;
  }
  return columns;
}

/** Lines of at most `columns` columns; at least 2 are needed, or a Chinese character never fits. */
export function wrapColumns(text: string, columns: number): string[] {
  if (columns < 2) throw new RangeError('a Chinese character needs two columns');
  return breakLines(text, columns, columnsOf);
}

/** A value is wrapped beside its label when it has this many columns there; else it goes below. */
const ROOMY = 16;

/**
 * A label at the left edge and its value at the right edge of one line when both fit with two columns between. A longer value is wrapped into
 * a block that stands flush right, beside its label where that leaves room, else below it.
 */
export function layoutRow(label: string, value: string, columns: number): string[] {
  const gap = columns - columnsOf(label) - columnsOf(value);
  if (gap >= 2) return [label + ' '.repeat(gap) + value];
  const beside = columns - columnsOf(label) - 2;
  const isBeside = beside >= ROOMY;
  const lines = wrapColumns(value, isBeside ? beside : columns);
  const indent = columns - Math.max(...lines.map(columnsOf));
  const block = lines.map((line) => ' '.repeat(indent) + line);
  if (!isBeside) return [...wrapColumns(label, columns), ...block];
  return block.map((line, index) => (index === 0 ? label + line.slice(columnsOf(label)) : line));
}

/** Spaces before the text so that it stands in the middle of `columns`; none when it is wider. */
export function centreColumns(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, Math.floor((columns - columnsOf(text)) / 2))) + text;
}
