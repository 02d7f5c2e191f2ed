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

/**
 * A label on the left and its value on the right of one line when both fit with two columns between; else the value goes below, wrapped and
 * still on the right, so that numbers can be found by running down the edge.
 */
export function layoutRow(label: string, value: string, columns: number): string[] {
  const gap = columns - columnsOf(label) - columnsOf(value);
  if (gap >= 2) return [label + ' '.repeat(gap) + value];
  return [
    ...wrapColumns(label, columns),
    ...wrapColumns(value, columns).map((line) => ' '.repeat(columns - columnsOf(line)) + line),
  ];
}

/** Spaces before the text so that it stands in the middle of `columns`; none when it is wider. */
export function centreColumns(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, Math.floor((columns - columnsOf(text)) / 2))) + text;
}
