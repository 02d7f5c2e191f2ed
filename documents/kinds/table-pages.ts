import { cutIntoPages } from '../layout/pagination.ts';
import { COLOUR, CONTENT } from '../layout/page.ts';
import { CONTINUATION_TOP, drawContinuationHead } from '../layout/paper/head.ts';
import type { OpenPaper } from '../layout/paper/open.ts';
import { type Column, HEADING_HEIGHT, type Row, Table } from '../layout/table.ts';

export interface TablePages {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly total?: Row;
  /** In the head of every further page. */
  readonly whose: string;
  /** Height of what stands under the table on the last page and may not be torn from it. */
  readonly tail: number;
}

/** A table over as many pages as it takes, each with its headings; returns the y below it. */
export function drawTablePages(
  open: OpenPaper,
  top: number,
  { columns, rows, total, whose, tail }: TablePages,
): number {
  const { sheet } = open;
  const table = new Table(sheet, columns);
  const totalHeight = total ? table.heightOf(total) : 0;
  const ends = cutIntoPages(
    rows.map((row) => table.heightOf(row)),
    {
      first: CONTENT.bottom - top - HEADING_HEIGHT,
      following: CONTENT.bottom - CONTINUATION_TOP - HEADING_HEIGHT,
      tail: totalHeight + tail,
      rowsWithTail: 3,
    },
  );
  let [start, y] = [0, top];
  ends.forEach((end, page) => {
    if (page > 0) {
      sheet.addPage();
      y = drawContinuationHead(open, whose);
    }
    y = table.drawHeading(y);
    for (const row of rows.slice(start, end)) y = table.drawRow(row, y);
    start = end;
  });
  if (total) y = table.drawRow(total, y);
  sheet.rule(y, CONTENT.left, CONTENT.right, 0.9, COLOUR.ink);
  return y;
}
