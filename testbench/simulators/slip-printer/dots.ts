import { type Bitmap, type GlyphSource, drawCells } from '@kiosk/device-drivers/codec/escpos-raster.ts';
import QRCode from 'qrcode';
import { PAPER_DOTS, type Paper, type PrintedItem } from './paper.ts';

export interface RomFonts {
  readonly regular: GlyphSource;
  readonly bold: GlyphSource;
}

type Put = (x: number, y: number) => void;

/** The paper as the print head burns it, dot by dot; the fonts stand for the printer's character ROM. */
export function dotsOf(paper: Paper, fonts: RomFonts): Bitmap {
  const widthBytes = PAPER_DOTS / 8;
  const data = new Uint8Array(widthBytes * paper.height);
  const put: Put = (x, y) => {
    if (x < 0 || x >= PAPER_DOTS || y < 0 || y >= paper.height) return;
    const at = y * widthBytes + (x >> 3);
    data[at] = data[at]! | (0x80 >> (x & 7));
  };
  for (const item of paper.items) burn(item, fonts, put);
  return { widthBytes, height: paper.height, data };
}

function burn(item: PrintedItem, fonts: RomFonts, put: Put): void {
  switch (item.type) {
    case 'text': {
      const widthDots = Math.max(0, ...item.glyphs.map(({ x, width }) => x + width));
      const size = { widthDots, height: item.height, em: item.height };
      return stamp(drawCells(item.glyphs, item.bold ? fonts.bold : fonts.regular, size), item, put);
    }
    case 'picture':
      return stamp({ ...item, height: item.rows }, item, put);
    case 'qr': {
      const { modules } = QRCode.create(item.data, { errorCorrectionLevel: item.level });
      const side = modules.size * item.module;
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          if (modules.get(Math.floor(y / item.module), Math.floor(x / item.module)) === 1) put(item.x + x, item.y + y);
        }
      }
    }
  }
}

function stamp(bitmap: Bitmap, at: { readonly x: number; readonly y: number }, put: Put): void {
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.widthBytes * 8; x++) if (isBlack(bitmap, x, y)) put(at.x + x, at.y + y);
  }
}

const isBlack = ({ widthBytes, data }: Bitmap, x: number, y: number) =>
  (data[y * widthBytes + (x >> 3)]! & (0x80 >> (x & 7))) !== 0;

/** Dots that are black in one picture and not in the other; pictures of another size differ in every dot. */
export function differingDots(a: Bitmap, b: Bitmap): number {
  if (a.widthBytes !== b.widthBytes || a.height !== b.height) return Infinity;
  return a.data.reduce((sum, byte, index) => sum + bitsIn(byte ^ b.data[index]!), 0);
}

export const blackDots = ({ data }: Bitmap): number => data.reduce((sum, byte) => sum + bitsIn(byte), 0);

function bitsIn(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
