import QRCode from 'qrcode';
import type { Sheet } from './sheet.ts';

/**
 * A QR code as vector squares, `size` points wide without its quiet zone (the caller leaves four modules of white). Level M survives a
 * fold or a smear of toner over 15 % of it.
 */
export function drawQr(sheet: Sheet, data: string, left: number, top: number, size: number): void {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: 'M' });
  const step = size / modules.size;
  sheet.draw((pdf) => {
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (!modules.get(row, column)) continue;
        let end = column + 1;
        while (end < modules.size && modules.get(row, end)) end++;
        // One rectangle a run, a hair taller than its row: viewers leave white seams between touching squares.
        pdf.rect(left + column * step, top + row * step, (end - column) * step, step * 1.02);
        column = end;
      }
    }
    pdf.fill('#000000');
  });
}
