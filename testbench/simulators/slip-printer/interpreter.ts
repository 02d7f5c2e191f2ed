import iconv from 'iconv-lite';
import QRCode from 'qrcode';
import { PAPER_DOTS, type Paper, type PrintedGlyph, type PrintedItem } from './paper.ts';

const COLUMN_DOTS = 12;
const GLYPH_DOTS = 24;
/** Line distance after ESC @ or ESC 2, in dots: 1/6 inch. */
const DEFAULT_SPACING = 30;

/** What a command asks of the world outside the paper. */
export type Effect =
  | { readonly type: 'line' }
  | { readonly type: 'cut' }
  | { readonly type: 'asb'; readonly on: boolean }
  | { readonly type: 'paperStatus' }
  /** A command this printer does not know: a real one prints rubbish or hangs. */
  | { readonly type: 'unknown'; readonly bytes: string };

/** One step: how many bytes it took (0: the command is not complete yet) and what it asks. */
export interface Step {
  readonly taken: number;
  readonly effect?: Effect;
}

/** An ESC/POS printer's head and its Chinese character ROM: takes one command after another and prints on paper. */
export class Interpreter {
  #items: PrintedItem[] = [];
  #y = 0;
  #line: { glyphs: PrintedGlyph[]; width: number; height: number; bold: boolean } = emptyLine();
  #chinese = true;
  #align: 0 | 1 | 2 = 0;
  #bold = false;
  #scaleX = 1;
  #scaleY = 1;
  #spacing = DEFAULT_SPACING;
  #qr = { module: 3, level: 'L' as 'L' | 'M' | 'Q' | 'H', data: '' };

  get paper(): Paper {
    return { items: this.#items, height: this.#y };
  }

  /** New paper after a cut. */
  tear(): Paper {
    const paper = this.paper;
    this.#items = [];
    this.#y = 0;
    return paper;
  }

  /** Forgets the line that was begun and the modes, as ESC @ and an emptied buffer do. */
  reset(): void {
    this.#line = emptyLine();
    this.#align = 0;
    this.#bold = false;
    this.#scaleX = this.#scaleY = 1;
    this.#spacing = DEFAULT_SPACING;
    this.#chinese = true;
    this.#qr = { module: 3, level: 'L', data: '' };
  }

  step(bytes: Buffer): Step {
    const first = bytes[0];
    if (first === undefined) return { taken: 0 };
    if (first === 0x1b) return this.#escape(bytes);
    if (first === 0x1d) return this.#group(bytes);
    if (first === 0x1c) return this.#chineseMode(bytes);
    // Real-time commands were answered when they came; here they only take their place.
    if (first === 0x10) return this.#realtime(bytes);
    if (first === 0x0a) {
      this.#printLine();
      return { taken: 1, effect: { type: 'line' } };
    }
    if (first === 0x0d) return { taken: 1 };
    if (first < 0x20) return unknown(bytes, 1);
    return this.#character(bytes);
  }

  #character(bytes: Buffer): Step {
    const lead = bytes[0]!;
    if (lead < 0x80) {
      this.#place(String.fromCharCode(lead), 1);
      return { taken: 1 };
    }
    if (!this.#chinese || lead === 0x80 || lead === 0xff) {
      // Not in Chinese mode a byte is a sign of a code page: the garbling that everybody has seen on a receipt.
      this.#place('¤', 1);
      return { taken: 1 };
    }
    if (bytes.length < 2) return { taken: 0 };
    const length = bytes[1]! >= 0x30 && bytes[1]! <= 0x39 ? 4 : 2;
    if (bytes.length < length) return { taken: 0 };
    // The ROM holds two-byte characters; a four-byte one comes out as an empty box.
    this.#place(length === 4 ? '□' : iconv.decode(bytes.subarray(0, 2), 'gb18030'), 2);
    return { taken: length };
  }

  #place(character: string, columns: number): void {
    const width = columns * COLUMN_DOTS * this.#scaleX;
    if (this.#line.width + width > PAPER_DOTS) this.#printLine();
    this.#line.glyphs.push({ character, x: this.#line.width, width });
    this.#line.width += width;
    this.#line.height = Math.max(this.#line.height, GLYPH_DOTS * this.#scaleY);
    this.#line.bold ||= this.#bold;
  }

  #printLine(): void {
    const { glyphs, width, height, bold } = this.#line;
    if (glyphs.length > 0) {
      this.#items.push({ type: 'text', y: this.#y, height, x: this.#start(width), bold, glyphs });
    }
    this.#y += Math.max(this.#spacing, height);
    this.#line = emptyLine();
  }

  #start(width: number): number {
    const free = Math.max(0, PAPER_DOTS - width);
    return this.#align === 0 ? 0 : this.#align === 1 ? Math.floor(free / 2) : free;
  }

  #escape(bytes: Buffer): Step {
    const [, command, n] = bytes;
    if (command === undefined) return { taken: 0 };
    if (command === 0x40) {
      this.reset();
      return { taken: 2 };
    }
    if (command === 0x32) {
      this.#spacing = DEFAULT_SPACING;
      return { taken: 2 };
    }
    if (![0x33, 0x45, 0x61, 0x64, 0x4a].includes(command)) return unknown(bytes, 2);
    if (n === undefined) return { taken: 0 };
    if (command === 0x33) this.#spacing = n;
    if (command === 0x45) this.#bold = (n & 1) === 1;
    if (command === 0x61) this.#align = (n & 3) === 3 ? 0 : ((n & 3) as 0 | 1 | 2);
    if (command === 0x64) {
      if (this.#line.glyphs.length > 0) this.#printLine();
      this.#y += n * this.#spacing;
      return { taken: 3, effect: { type: 'line' } };
    }
    if (command === 0x4a) this.#y += n;
    return { taken: 3 };
  }

  #chineseMode(bytes: Buffer): Step {
    const command = bytes[1];
    if (command === undefined) return { taken: 0 };
    if (command !== 0x26 && command !== 0x2e) return unknown(bytes, 2);
    this.#chinese = command === 0x26;
    return { taken: 2 };
  }

  #realtime(bytes: Buffer): Step {
    if (bytes.length < 2) return { taken: 0 };
    const length = bytes[1] === 0x04 ? 3 : bytes[1] === 0x14 ? 10 : 0;
    if (length === 0) return unknown(bytes, 2);
    return { taken: bytes.length < length ? 0 : length };
  }

  #group(bytes: Buffer): Step {
    const [, command, n] = bytes;
    if (command === undefined || n === undefined) return { taken: 0 };
    switch (command) {
      case 0x21:
        this.#scaleX = (n >> 4) + 1;
        this.#scaleY = (n & 0x0f) + 1;
        return { taken: 3 };
      case 0x56:
        if (n === 0x41 || n === 0x42) {
          if (bytes.length < 4) return { taken: 0 };
          this.#y += bytes[3]!;
          return { taken: 4, effect: { type: 'cut' } };
        }
        return { taken: 3, effect: { type: 'cut' } };
      case 0x61:
        return { taken: 3, effect: { type: 'asb', on: n !== 0 } };
      case 0x72:
        return { taken: 3, effect: { type: 'paperStatus' } };
      case 0x76:
        return this.#picture(bytes);
      case 0x28:
        return this.#symbol(bytes);
      default:
        return unknown(bytes, 3);
    }
  }

  #picture(bytes: Buffer): Step {
    if (bytes.length < 8) return { taken: 0 };
    const widthBytes = bytes.readUInt16LE(4);
    const rows = bytes.readUInt16LE(6);
    const taken = 8 + widthBytes * rows;
    if (bytes.length < taken) return { taken: 0 };
    const data = Uint8Array.from(bytes.subarray(8, taken));
    this.#items.push({ type: 'picture', y: this.#y, x: this.#start(widthBytes * 8), widthBytes, rows, data });
    this.#y += rows;
    return { taken, effect: { type: 'line' } };
  }

  #symbol(bytes: Buffer): Step {
    if (bytes.length < 5) return { taken: 0 };
    const taken = 5 + bytes.readUInt16LE(3);
    if (bytes.length < taken) return { taken: 0 };
    if (bytes[2] !== 0x6b || bytes[5] !== 0x31) return unknown(bytes, taken);
    const value = bytes[7] ?? 0;
    switch (bytes[6]) {
      case 0x41:
        break;
      case 0x43:
        this.#qr.module = value;
        break;
      case 0x45:
        this.#qr.level = (['L', 'M', 'Q', 'H'] as const)[value - 0x30] ?? 'L';
        break;
      case 0x50:
        this.#qr.data = bytes.toString('utf8', 8, taken);
        break;
      case 0x51: {
        const { data, module, level } = this.#qr;
        const side = QRCode.create(data, { errorCorrectionLevel: level }).modules.size * module;
        this.#items.push({ type: 'qr', y: this.#y, x: this.#start(side), module, level, data });
        this.#y += side;
        return { taken, effect: { type: 'line' } };
      }
      default:
        return unknown(bytes, taken);
    }
    return { taken };
  }
}

const emptyLine = () => ({ glyphs: [] as PrintedGlyph[], width: 0, height: 0, bold: false });

function unknown(bytes: Buffer, taken: number): Step {
  return { taken, effect: { type: 'unknown', bytes: bytes.toString('hex', 0, Math.min(taken, 8)) } };
}
