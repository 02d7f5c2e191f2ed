import { PAGE } from '../page.ts';
import type { Sheet } from '../sheet.ts';

const WORDS = '预览　不作凭证';
const SIZE = 64;

/** Across the whole page, grey and large enough that no copy can pass for the paper; returns what paints it. */
export function watermark(sheet: Sheet): () => void {
  const face = sheet.fonts.bold;
  const letters = [...WORDS];
  const reach = (letters.length * SIZE) / 2 + SIZE;
  const stamp = sheet.stamp('Preview', WORDS, reach, (pdf) => {
    pdf.save();
    pdf.fillOpacity(0.13).rotate(-38);
    letters.forEach((letter, i) => {
      const { path, advance, unitsPerEm } = face.outline(letter);
      const scale = SIZE / unitsPerEm;
      const x = (i - (letters.length - 1) / 2) * SIZE * 1.05;
      pdf.save();
      pdf.translate(x - (advance * scale) / 2, SIZE * 0.36).scale(scale, -scale);
      if (path) pdf.path(path).fill('#000000');
      pdf.restore();
    });
    pdf.restore();
  });
  return () => {
    sheet.paint(stamp, PAGE.width / 2, PAGE.height * 0.3);
    sheet.paint(stamp, PAGE.width / 2, PAGE.height * 0.72);
  };
}
