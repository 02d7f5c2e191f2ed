import type { Face, Weight } from '../fonts.ts';

/** What pdfkit keeps of an embedded face; its types do not name it. Positions and ascender are thousandths of the size. */
interface EmbeddedFace {
  readonly id: string;
  readonly ascender: number;
  encode(text: string): readonly [codes: readonly string[], positions: readonly Position[]];
  widthOfString(text: string, size: number): number;
  ref(): unknown;
}

interface Position {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** One line of text, its box starting at `y`. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly letterSpacing: number;
  /** '#RRGGBB' */
  readonly colour: string;
}

/**
 * Writes lines of text into a page: one piece of page content a line, and a colour only where it changes. pdfkit's own
 * `text` writes ten pieces a line and measures it three times more, which is most of the time of a long table.
 */
export class TypeSetter {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #faces: Record<Weight, EmbeddedFace>;
  #colour: string | undefined;

  constructor(pdf: PDFKit.PDFDocument, fonts: Record<Weight, Face>) {
    this.#pdf = pdf;
    this.#faces = { regular: embed(pdf, fonts.regular), bold: embed(pdf, fonts.bold) };
  }

  /** The page is another one, or something else was drawn: what colour is set now is not known. */
  forgetColour(): void {
    this.#colour = undefined;
  }

  widthOf(text: string, weight: Weight, size: number, letterSpacing: number): number {
    return this.#faces[weight].widthOfString(text, size) + letterSpacing * (text.length - 1);
  }

  write({ text, x, y, size, weight, letterSpacing, colour }: Line): void {
    if (text === '') return;
    const face = this.#faces[weight];
    const [codes, positions] = face.encode(text);
    this.#pdf.page.fonts[face.id] ??= face.ref();
    const baseline = y + (face.ascender / 1000) * size;
    const spacing = letterSpacing === 0 ? ['', ''] : [`${decimal(letterSpacing)} Tc `, '0 Tc '];
    const shown = showText(
      codes,
      positions,
      size,
      (right, up) => `1 0 0 -1 ${decimal(x + right)} ${decimal(baseline - up)} Tm`,
    );
    const fill = colour === this.#colour ? '' : `${rgb(colour)} rg\n`;
    this.#colour = colour;
    this.#pdf.addContent(`${fill}BT /${face.id} ${decimal(size)} Tf ${spacing[0]}${shown} ${spacing[1]}ET`);
  }
}

/** Glyphs in a row; kerning moves the next one, and a mark that stands elsewhere gets a place of its own. */
function showText(
  codes: readonly string[],
  positions: readonly Position[],
  size: number,
  placeAt: (right: number, up: number) => string,
): string {
  const pieces: string[] = [placeAt(0, 0)];
  let row = '<';
  let isAside = false;
  let right = 0;
  const endRow = () => {
    if (row !== '<') pieces.push(`[${row}>] TJ`);
    row = '<';
  };
  positions.forEach(({ xAdvance, advanceWidth, xOffset, yOffset }, i) => {
    const isOffset = xOffset !== 0 || yOffset !== 0;
    if (isOffset || isAside) {
      endRow();
      pieces.push(placeAt(right + (xOffset * size) / 1000, (yOffset * size) / 1000));
      isAside = isOffset;
    }
    row += codes[i]!;
    if (xAdvance !== advanceWidth) row += `> ${decimal(advanceWidth - xAdvance)} <`;
    right += (xAdvance * size) / 1000;
  });
  endRow();
  return pieces.join(' ');
}

/** The fill colour of a line, or the stroke colour of a rule, as numbers from 0 to 1. */
export function rgb(colour: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff].map((part) => decimal(part / 255)).join(' ');
}

/** A hundred-thousandth of a point is finer than any printer. Never in the form 1e-7, which a PDF does not know. */
export function decimal(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

/** pdfkit takes an opened font as it takes a file; only its types do not know. */
function embed(pdf: PDFKit.PDFDocument, face: Face): EmbeddedFace {
  pdf.font(face.forDocument() as unknown as PDFKit.Mixins.PDFFontSource);
  return (pdf as unknown as { readonly _font: EmbeddedFace })._font;
}
