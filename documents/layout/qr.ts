import QRCode from 'qrcode';
import { decimal } from '../text/numbers.ts';
import type { Sheet } from './sheet.ts';

/**
 * A QR code as vector squares, `size` points wide without its quiet zone (the caller leaves four modules of white). Level M survives a
 * fold or a smear of toner over 15 % of it.
 */
export function drawQr(sheet: Sheet, data: string, left: number, top: number, size: number): void {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: 'M' });
  const step = size / modules.size;
  const pieces: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      let end = column + 1;
      while (end < modules.size && modules.get(row, end)) end++;
      // One rectangle a run, a hair taller than its row: viewers leave white seams between touching squares.
      const [x, y] = [decimal(left + column * step), decimal(top + row * step)];
      pieces.push(`${x} ${y} ${decimal((end - column) * step)} ${decimal(step * 1.02)} re`);
      column = end;
    }
  }
  sheet.fill(pieces.join(' '), '#000000');
}
