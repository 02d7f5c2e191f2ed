import type { Face, FontFile, Weight } from '../fonts.ts';
import { EmbeddedFont } from '../text/embedded-font.ts';
import { decimal, rgb } from '../text/numbers.ts';
import { piecesByFont, type Piece } from '../text/pieces.ts';
import type { WithReferences } from './stamp.ts';

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

interface SetFace {
  readonly main: EmbeddedFont;
  readonly files: readonly FontFile[];
  /** The baseline of every line is the main font's. */
  readonly ascender: number;
  readonly pieces: Map<string, readonly Piece[]>;
}

/**
 * Writes lines of text into pages: one piece of page content a line, font and colour only where they change. What a font
 * lacks comes from the next one, in the same line and on the same baseline. pdfkit's own `text` writes ten pieces a line and
 * measures it three times more, which is most of the time of a long table.
 */
export class TypeSetter {
  readonly #pdf: WithReferences;
  readonly #fonts = new Map<FontFile, EmbeddedFont>();
  readonly #faces: Readonly<Record<Weight, SetFace>>;
  /** Of the page of now, not yet handed to pdfkit. */
  #content: string[] = [];
  #colour = '';
  #font = '';

  constructor(pdf: PDFKit.PDFDocument, fonts: Readonly<Record<Weight, Face>>) {
    this.#pdf = pdf as WithReferences;
    const set = ({ files }: Face): SetFace => {
      const { ascender, unitsPerEm } = files[0]!.tables;
      return { main: this.#embedded(files[0]!), files, ascender: ascender / unitsPerEm, pieces: new Map() };
    };
    this.#faces = { regular: set(fonts.regular), bold: set(fonts.bold) };
  }

  widthOf(text: string, weight: Weight, size: number, letterSpacing: number): number {
    const face = this.#faces[weight];
    const spaces = letterSpacing * (text.length - 1);
    const plain = face.main.widthOfPlain(text);
    if (plain !== undefined) return (plain * size) / 1000 + spaces;
    let width = 0;
    for (const piece of this.#pieces(face, text)) width += this.#embedded(piece.file).widthOfRun(piece.text);
    return (width * size) / 1000 + spaces;
  }

  write({ text, x, y, size, weight, letterSpacing, colour }: Line): void {
    if (text === '') return;
    const face = this.#faces[weight];
    const baseline = y + face.ascender * size;
    const spacing = letterSpacing === 0 ? ['', ''] : [`${decimal(letterSpacing)} Tc `, ' 0 Tc'];
    const place = (right: number, up: number) => `1 0 0 -1 ${decimal(right)} ${decimal(baseline - up)} Tm `;
    if (colour !== this.#colour) {
      this.#content.push(`${rgb(colour)} rg`);
      this.#colour = colour;
    }
    if (face.main.widthOfPlain(text) !== undefined) {
      const font = this.#choose(face.main, size);
      this.#content.push(`BT ${font}${spacing[0]}${place(x, 0)}${face.main.showPlain(text)}${spacing[1]} ET`);
      return;
    }
    let left = x;
    for (const piece of this.#pieces(face, text)) {
      const font = this.#embedded(piece.file);
      const { thickening } = piece.file;
      const shown = font.showRun(piece.text, size, (right, up) => place(left + right, up));
      const line = `BT ${this.#choose(font, size)}${spacing[0]}${place(left, 0)}${shown}${spacing[1]} ET`;
      const thick = `q 2 Tr ${decimal(size * thickening)} w ${rgb(colour)} RG`;
      // Leaving the state that was kept also brings back the font of before.
      this.#content.push(thickening > 0 ? `${thick} ${line} Q` : line);
      if (thickening > 0) this.#font = '';
      left += (font.widthOfRun(piece.text) * size) / 1000 + letterSpacing * piece.text.length;
    }
  }

  /** Content as the page has it, behind what was written so far. */
  add(content: string): void {
    this.#content.push(content);
  }

  /** Hands what was written to pdfkit: before it draws itself, and before another page. Nothing is known of colour and font then. */
  flush(): void {
    this.#colour = '';
    this.#font = '';
    if (this.#content.length === 0) return;
    // Bytes, because pdfkit would turn each text into bytes letter by letter.
    this.#pdf.page.write(Buffer.from(`${this.#content.join('\n')}\n`, 'latin1'));
    this.#content = [];
  }

  /** Writes the fonts that were used, when all pages are. */
  embedFonts(): void {
    this.flush();
    for (const font of this.#fonts.values()) font.embed(this.#pdf);
  }

  #pieces(face: SetFace, text: string): readonly Piece[] {
    let pieces = face.pieces.get(text);
    if (!pieces) face.pieces.set(text, (pieces = piecesByFont(text, face.files)));
    return pieces;
  }

  #embedded(file: FontFile): EmbeddedFont {
    let font = this.#fonts.get(file);
    if (!font) this.#fonts.set(file, (font = new EmbeddedFont(this.#pdf, file, `F${this.#fonts.size + 1}`)));
    return font;
  }

  /** The operator that chooses a font, where it is not the one of the line before. */
  #choose(font: EmbeddedFont, size: number): string {
    this.#pdf.page.fonts[font.id] = font.dictionary;
    const chosen = `/${font.id} ${decimal(size)} Tf `;
    if (chosen === this.#font) return '';
    this.#font = chosen;
    return chosen;
  }
}
