import PDFDocument from 'pdfkit';
import type { DocumentFonts, Face, Weight } from '../fonts.ts';
import { breakLines } from '../text/break-lines.ts';
import { COLOUR, PAGE } from './page.ts';

/** Noto Sans SC: ascender 1.160 and descender 0.288 of the em. */
const LINE_BOX = 1.448;

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  /** Which point of the line `x` is. */
  readonly align?: 'left' | 'center' | 'right';
  readonly letterSpacing?: number;
}

/** What a file says about itself. Never a name, a number of a person or an amount: file properties are read by strangers. */
export interface DocumentInfo {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly createdAt: number;
}

/**
 * A PDF under construction: absolute positions, no automatic page breaks, embedded subsets of the two faces. The same calls give the same
 * bytes: the creation date comes from the caller and the file id follows from it.
 */
export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly fonts: DocumentFonts;
  readonly #bytes: Promise<Uint8Array>;

  constructor(fonts: DocumentFonts, info: DocumentInfo) {
    this.fonts = fonts;
    this.pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      info: {
        Title: info.title,
        Author: info.author,
        Subject: info.subject,
        Creator: 'Provident fund terminal',
        Producer: 'Provident fund terminal',
        CreationDate: new Date(info.createdAt),
      },
    });
    this.pdf.registerFont('regular', openedFont(fonts.regular));
    this.pdf.registerFont('bold', openedFont(fonts.bold));
    this.#bytes = collect(this.pdf);
  }

  addPage(): void {
    this.pdf.addPage();
  }

  get pageCount(): number {
    return this.pdf.bufferedPageRange().count;
  }

  /** Goes back to every page in turn, for what can only be written when all of them are there. */
  onEachPage(draw: (page: number, pages: number) => void): void {
    const pages = this.pageCount;
    for (let i = 0; i < pages; i++) {
      this.pdf.switchToPage(i);
      draw(i + 1, pages);
    }
  }

  widthOf(text: string, style: TextStyle): number {
    return this.#use(style).widthOfString(text, { characterSpacing: style.letterSpacing ?? 0 });
  }

  /** One line whose box starts at `y`. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    const width = style.align && style.align !== 'left' ? this.widthOf(text, style) : 0;
    const left = style.align === 'right' ? x - width : style.align === 'center' ? x - width / 2 : x;
    this.#use(style).text(text, left, y, { lineBreak: false, characterSpacing: style.letterSpacing ?? 0 });
  }

  /** One line in the middle of a band of this height. */
  textInBand(text: string, x: number, top: number, height: number, style: TextStyle): void {
    this.text(text, x, top + (height - lineHeight(style)) / 2, style);
  }

  wrap(text: string, width: number, style: TextStyle): string[] {
    return breakLines(text, width, (part) => this.widthOf(part, style));
  }

  /** Lines of a paragraph one under another, `leading` times the size apart; returns the y below the last. */
  paragraph(text: string, x: number, y: number, width: number, style: TextStyle, leading = 1.6): number {
    for (const line of this.wrap(text, width, style)) {
      this.textInBand(line, x, y, style.size * leading, style);
      y += style.size * leading;
    }
    return y;
  }

  rule(y: number, left: number, right: number, thickness: number, colour: string = COLOUR.hairline): void {
    this.pdf.moveTo(left, y).lineTo(right, y).lineWidth(thickness).strokeColor(colour).stroke();
  }

  band(left: number, top: number, width: number, height: number, colour: string, radius = 0): void {
    this.pdf.roundedRect(left, top, width, height, radius).fill(colour);
  }

  finish(): Promise<Uint8Array> {
    this.pdf.end();
    return this.#bytes;
  }

  #use(style: TextStyle): PDFKit.PDFDocument {
    return this.pdf.font(style.weight ?? 'regular', style.size).fillColor(style.colour ?? COLOUR.ink);
  }
}

export function lineHeight(style: TextStyle): number {
  return style.size * LINE_BOX;
}

/** pdfkit takes an opened font as it takes a file; only its types do not know. */
function openedFont(face: Face): PDFKit.Mixins.PDFFontSource {
  return face.forDocument() as unknown as PDFKit.Mixins.PDFFontSource;
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
}
