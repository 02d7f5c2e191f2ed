import { COLOUR } from './page.ts';
import type { Sheet } from './sheet.ts';

const SIDE = 18;

/** The sign of the centre, as on the screens: a house on a rounded square, and the name beside it. */
export function drawCentreMark(sheet: Sheet, centreName: string, left: number, top: number): void {
  sheet.band(left, top, SIDE, SIDE, COLOUR.accent, 4);
  sheet.draw((pdf) => {
    pdf.save();
    pdf
      .translate(left + SIDE / 2, top + SIDE / 2)
      .lineWidth(1.3)
      .lineJoin('round')
      .lineCap('round')
      .strokeColor('#FFFFFF');
    pdf.moveTo(-5, 0).lineTo(0, -5).lineTo(5, 0).stroke();
    pdf.moveTo(-3.4, -0.6).lineTo(-3.4, 4.6).lineTo(3.4, 4.6).lineTo(3.4, -0.6).stroke();
    pdf.restore();
  });
  sheet.textInBand(centreName, left + SIDE + 7, top, SIDE, { size: 11, weight: 'bold' });
}
