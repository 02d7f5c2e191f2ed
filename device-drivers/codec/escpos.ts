import type { SlipBlock, SlipDocument } from '@kiosk/contract/slip.ts';
import { columnsOf, layoutRow, wrapColumns } from '@kiosk/documents/columns.ts';
import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { type Cell, type GlyphSource, drawCells } from './escpos-raster.ts';
import { MISSING, type PrinterRom, encodeGb18030, inRom, printable } from './escpos-text.ts';

/** What differs between receipt printers. */
export interface SlipEncoding {
  /** Columns of font A in a line: 48 for 80 mm paper, 32 for 58 mm. */
  readonly columns: number;
  readonly rom: PrinterRom;
  /** Draw what the ROM does not have. */
  readonly glyphs: { readonly regular: GlyphSource; readonly bold: GlyphSource };
}

/** One printed line, the meaning of a slip after wrapping. */
export type SlipLine =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly align: 'left' | 'center' | 'right';
      readonly size: 1 | 2;
      readonly bold: boolean;
    }
  | { readonly type: 'feed'; readonly lines: number }
  | { readonly type: 'qr'; readonly data: string };

const COLUMN_DOTS = 12;
const GLYPH_DOTS = 24;
/** Distance of lines in dots (1/8 mm): characters are 24 high, 48 when doubled. */
const LINE_DOTS = { 1: 32, 2: 56 } as const;
/**
 * Rows of one GS v 0 command. Cheap printers drop bytes when one picture is larger than their buffer, so that pictures
 * are sent in bands of one character's height.
 */
const BAND_ROWS = 24;

/** Breaks a slip into lines for paper of `columns` columns. Pure; the simulator and previews may use it as well. */
export function layOutSlip(slip: SlipDocument, columns: number): SlipLine[] {
  return slip.blocks.flatMap((block): SlipLine[] => layOutBlock(block, columns));
}

function layOutBlock(block: SlipBlock, columns: number): SlipLine[] {
  const plain = (text: string): SlipLine => ({ type: 'text', text, align: 'left', size: 1, bold: false });
  switch (block.type) {
    case 'text':
      return wrapColumns(printable(block.text), Math.floor(columns / block.size)).map((text) => ({ ...block, text }));
    case 'row':
      return layoutRow(printable(block.label), printable(block.value), columns).map(plain);
    case 'rule':
      return [plain('-'.repeat(columns))];
    case 'space':
      return [{ type: 'feed', lines: block.lines }];
    case 'qr':
      return [{ type: 'qr', data: block.data }];
  }
}

/**
 * The bytes of a slip: initialise, Chinese mode, lines, feed, partial cut, initialise.
 *
 * node-thermal-printer builds the commands for style, QR and cut, without an interface, as bytes in memory. Its text,
 * columns, pictures, transport and status are not used: it writes Chinese as GB2312 without FS &, pads by characters
 * instead of columns, sends a picture as one command, and calls a print done when the socket took the bytes.
 */
export function encodeSlip(slip: SlipDocument, encoding: SlipEncoding): Uint8Array {
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  printer.append(Buffer.from([0x1b, 0x40])); // ESC @
  printer.append(Buffer.from([0x1c, 0x26])); // FS &: two-byte characters are Chinese
  for (const line of layOutSlip(slip, encoding.columns)) appendLine(printer, line, encoding);
  // Four lines (16 mm) bring the last one past the cutter, which sits above the head.
  printer.setLineSpacing(LINE_DOTS[1]);
  printer.partialCut({ verticalTabAmount: 1 });
  return new Uint8Array(printer.getBuffer());
}

function appendLine(printer: ThermalPrinter, line: SlipLine, encoding: SlipEncoding): void {
  switch (line.type) {
    case 'feed':
      printer.setLineSpacing(LINE_DOTS[1]);
      printer.append(Buffer.from([0x1b, 0x64, line.lines])); // ESC d n
      return;
    case 'qr':
      // An empty line above: a code needs four modules of white around it.
      printer.setLineSpacing(LINE_DOTS[1]);
      printer.append('\n');
      printer.alignCenter();
      // Up to 120 bytes a module is 6 dots (0.75 mm), which every phone reads; beyond, the symbol must stay on the paper.
      printer.printQR(line.data, { model: 2, correction: 'M', cellSize: line.data.length <= 120 ? 6 : 4 });
      printer.append('\n');
      printer.alignLeft();
      return;
    case 'text':
      if (inRom(line.text, encoding.rom)) appendText(printer, line);
      else appendPicture(printer, line, encoding);
  }
}

type TextLine = Extract<SlipLine, { type: 'text' }>;

function appendText(printer: ThermalPrinter, line: TextLine): void {
  if (line.align === 'center') printer.alignCenter();
  else if (line.align === 'right') printer.alignRight();
  else printer.alignLeft();
  printer.bold(line.bold);
  printer.setTextSize(line.size - 1, line.size - 1); // GS !
  printer.setLineSpacing(LINE_DOTS[line.size]);
  printer.append(Buffer.from(encodeGb18030(line.text)));
  printer.append('\n');
}

function appendPicture(printer: ThermalPrinter, line: TextLine, encoding: SlipEncoding): void {
  const widthDots = encoding.columns * COLUMN_DOTS;
  const font = line.bold ? encoding.glyphs.bold : encoding.glyphs.regular;
  const glyphs: GlyphSource = (character) => font(character) ?? (character === ' ' ? undefined : font(MISSING));
  const { widthBytes, height, data } = drawCells(cellsOf(line, widthDots), glyphs, {
    widthDots,
    height: LINE_DOTS[line.size],
    em: GLYPH_DOTS * line.size,
  });
  printer.alignLeft();
  for (let row = 0; row < height; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - row);
    // GS v 0, normal size, width in bytes and height in dots, both little-endian
    printer.append(Buffer.from([0x1d, 0x76, 0x30, 0, widthBytes & 0xff, widthBytes >> 8, rows & 0xff, rows >> 8]));
    printer.append(Buffer.from(data.subarray(row * widthBytes, (row + rows) * widthBytes)));
  }
}

function cellsOf(line: TextLine, widthDots: number): Cell[] {
  const column = COLUMN_DOTS * line.size;
  const free = widthDots - columnsOf(line.text) * column;
  let x = line.align === 'center' ? Math.floor(free / 2) : line.align === 'right' ? free : 0;
  return [...line.text].map((character) => {
    const cell = { character, x, width: columnsOf(character) * column };
    x += cell.width;
    return cell;
  });
}
