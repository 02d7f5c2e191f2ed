import PDFDocument from 'pdfkit';
import type { DocumentFonts, Weight } from '../fonts.ts';
import { breakLines } from '../text/break-lines.ts';
import { declareArchivable } from './archive.ts';
import { COLOUR, PAGE } from './page.ts';
import { addSignatureField, type SignatureField } from './signature-field.ts';
import { type Drawing, drawingOf, makeStamp, paintStamp, type Stamp } from './stamp.ts';
import { decimal, rgb } from '../text/numbers.ts';
import { TypeSetter } from './type-setter.ts';

/** Seals and marks, by the fonts whose letters are in them. */
const drawings = new WeakMap<DocumentFonts, Map<string, Drawing>>();

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
 * A PDF under construction: absolute positions, no automatic page breaks, embedded subsets of the fonts. The same calls give the same
 * bytes: the creation date comes from the caller and the file id follows from it.
 */
export class Sheet {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #type: TypeSetter;
  readonly fonts: DocumentFonts;
  readonly #bytes: Promise<Uint8Array>;

  constructor(fonts: DocumentFonts, info: DocumentInfo) {
    this.fonts = fonts;
    this.#pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      // No default font: pdfkit would read the metrics of Helvetica for nothing.
      font: '',
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
    declareArchivable(this.#pdf);
    this.#type = new TypeSetter(this.#pdf, fonts);
    this.#bytes = collect(this.#pdf);
  }

  addPage(): void {
    if (this.pageCount > 0) this.#type.flush();
    this.#pdf.addPage();
  }

  get pageCount(): number {
    return this.#pdf.bufferedPageRange().count;
  }

  /** Goes back to every page in turn, for what can only be written when all of them are there. */
  onEachPage(draw: (page: number, pages: number) => void): void {
    const pages = this.pageCount;
    for (let i = 0; i < pages; i++) {
      this.#type.flush();
      this.#pdf.switchToPage(i);
      draw(i + 1, pages);
    }
  }

  /** Draws shapes: everything that is neither text, rule nor band. */
  draw(shapes: (pdf: PDFKit.PDFDocument) => void): void {
    this.#type.flush();
    shapes(this.#pdf);
  }

  /**
   * A drawing that is kept once and painted several times, around the origin and within `reach` points of it. It is drawn once for
   * all documents: `drawing` says everything it depends on, and nothing of a person.
   */
  stamp(name: string, drawing: string, reach: number, shapes: (pdf: PDFKit.PDFDocument) => void): Stamp {
    let known = drawings.get(this.fonts);
    if (!known) drawings.set(this.fonts, (known = new Map()));
    let drawn = known.get(drawing);
    if (!drawn) known.set(drawing, (drawn = drawingOf(shapes)));
    return makeStamp(this.#pdf, name, reach, drawn);
  }

  /** `clip`: left, top, width, height of the part of the page that shows it. */
  paint(stamp: Stamp, x: number, y: number, scale = 1, clip?: readonly [number, number, number, number]): void {
    this.#type.flush();
    paintStamp(this.#pdf, stamp, x, y, scale, clip);
  }

  /** On the page of now. At most one in a file. */
  signatureField(field: SignatureField): void {
    addSignatureField(this.#pdf, field);
  }

  widthOf(text: string, { size, weight = 'regular', letterSpacing = 0 }: TextStyle): number {
    return this.#type.widthOf(text, weight, size, letterSpacing);
  }

  /** One line whose box starts at `y`. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    const width = style.align && style.align !== 'left' ? this.widthOf(text, style) : 0;
    const left = style.align === 'right' ? x - width : style.align === 'center' ? x - width / 2 : x;
    const { size, weight = 'regular', letterSpacing = 0, colour = COLOUR.ink } = style;
    this.#type.write({ text, x: left, y, size, weight, letterSpacing, colour });
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
    const line = `${decimal(left)} ${decimal(y)} m ${decimal(right)} ${decimal(y)} l`;
    this.#type.add(`${decimal(thickness)} w ${rgb(colour)} RG ${line} S`);
  }

  /** Fills a path that is written as a page has it. */
  fill(path: string, colour: string): void {
    this.#type.add(`q ${rgb(colour)} rg ${path} f Q`);
  }

  band(left: number, top: number, width: number, height: number, colour: string, radius = 0): void {
    this.draw((pdf) => void pdf.roundedRect(left, top, width, height, radius).fill(colour));
  }

  finish(): Promise<Uint8Array> {
    this.#type.embedFonts();
    this.#pdf.end();
    return this.#bytes;
  }
}

export function lineHeight(style: TextStyle): number {
  return style.size * LINE_BOX;
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
}
