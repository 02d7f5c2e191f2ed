import { parentPort, workerData } from 'node:worker_threads';
import { loadFonts } from '@kiosk/documents/index.ts';
import { COLOUR, CONTENT } from '@kiosk/documents/layout/page.ts';
import { Sheet } from '@kiosk/documents/layout/sheet.ts';
import { Table } from '@kiosk/documents/layout/table.ts';
import type { PdfJob } from './pdf.ts';

const HEAD = { size: 14, weight: 'bold' } as const;
const NOTE = { size: 8.5, colour: COLOUR.quiet } as const;
const FOOT_ROOM = 26;

const { fontsDir, title, note, columns, rows, at, author } = workerData as PdfJob;

const fonts = await loadFonts(fontsDir);
const sheet = new Sheet(fonts, { title, author, subject: title, createdAt: at });
const table = new Table(
  sheet,
  columns.map(({ head, width }) => ({ heading: head, width, align: 'left' })),
);
let y = 0;
const begin = (): void => {
  sheet.addPage();
  y = CONTENT.top;
  if (sheet.pageCount === 1) {
    sheet.text(title, CONTENT.left, y, HEAD);
    sheet.text(note, CONTENT.left, y + 22, NOTE);
    y += 44;
  }
  y = table.drawHeading(y);
};
begin();
for (const cells of rows) {
  const row = { cells };
  if (y + table.heightOf(row) > CONTENT.bottom - FOOT_ROOM) begin();
  y = table.drawRow(row, y);
}
sheet.onEachPage((page, pages) => {
  sheet.text(`${page} / ${pages}`, CONTENT.right, CONTENT.bottom - 12, { ...NOTE, align: 'right' });
});
parentPort!.postMessage(await sheet.finish());
