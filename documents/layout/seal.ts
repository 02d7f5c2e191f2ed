import type { Face } from '../fonts.ts';
import { COLOUR, mm, PAGE } from './page.ts';
import type { Sheet } from './sheet.ts';
import type { Stamp } from './stamp.ts';

/** Round seals of public institutions are 40 mm wide. */
export const SEAL_RADIUS = mm(20);

export interface SealText {
  /** Around the star, from left to right over the top. */
  readonly owner: string;
  /** Below the star: 业务专用章. */
  readonly purpose: string;
  /** Small, below that; says what kind of seal it is not. */
  readonly note?: string;
}

/**
 * The visible seal: ring, star, the owner's name on an arc. Drawn as outlines, a little transparent, so that what lies under it stays
 * readable and the text of the page is not mixed with letters of the seal. It is the picture of a seal, not the signature.
 */
export function sealStamp(sheet: Sheet, text: SealText): Stamp {
  const { owner, purpose, note = '' } = text;
  return sheet.stamp('Seal', ['seal', owner, purpose, note].join('|'), SEAL_RADIUS, (pdf) =>
    drawSeal(pdf, sheet.fonts.bold, text),
  );
}

/** Pages that share one seal over their edges; of more pages each group has one. */
const EDGE_PAGES = 5;
/** Printers keep the last millimetres of the paper for themselves, and the text begins at the margin. */
const EDGE_RIGHT = PAGE.width - mm(5);
const EDGE_SLICE = mm(10.5);

/**
 * The seal across the pages (骑缝章): each page bears a slice at its right edge, and laid over one another a hair apart they make
 * the seal again. A page that was taken out or exchanged leaves a gap. One page has none.
 */
export function paintEdgeSeal(sheet: Sheet, seal: Stamp, page: number, pages: number): void {
  if (pages < 2) return;
  const groups = Math.ceil(pages / EDGE_PAGES);
  const group = Math.floor(((page - 1) * groups) / pages);
  const [first, end] = [group, group + 1].map((g) => Math.ceil((g * pages) / groups)) as [number, number];
  const parts = end - first;
  const radius = Math.min(SEAL_RADIUS, (EDGE_SLICE * parts) / 2);
  const width = (2 * radius) / parts;
  const left = EDGE_RIGHT - width;
  const centreX = left + radius - (page - 1 - first) * width;
  const centreY = PAGE.height * 0.46;
  sheet.paint(seal, centreX, centreY, radius / SEAL_RADIUS, [left, centreY - radius, width, 2 * radius]);
}

function drawSeal(pdf: PDFKit.PDFDocument, face: Face, { owner, purpose, note }: SealText): void {
  pdf.save();
  pdf.fillOpacity(0.86).strokeOpacity(0.86);
  pdf
    .circle(0, 0, SEAL_RADIUS - 1.6)
    .lineWidth(3.2)
    .stroke(COLOUR.seal);

  drawStar(pdf, SEAL_RADIUS * 0.29);
  drawArc(pdf, face, owner);
  drawLine(pdf, face, purpose, SEAL_RADIUS * 0.62, SEAL_RADIUS * 0.2, 0.86);
  if (note) drawLine(pdf, face, note, SEAL_RADIUS * 0.8, SEAL_RADIUS * 0.125, 1);
  pdf.restore();
}

function drawStar(pdf: PDFKit.PDFDocument, radius: number): void {
  const point = (i: number): [number, number] => {
    // The inner corners of a regular pentagram lie at 0.382 of the outer radius.
    const r = i % 2 === 0 ? radius : radius * 0.382;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  };
  pdf.polygon(...Array.from({ length: 10 }, (_, i) => point(i))).fill(COLOUR.seal);
}

/** Letters stand upright on the arc, narrow and tall as engravers cut them; the more there are, the wider the arc. */
function drawArc(pdf: PDFKit.PDFDocument, face: Face, text: string): void {
  const letters = [...text];
  const size = SEAL_RADIUS * (letters.length > 14 ? 0.23 : 0.27);
  const narrow = Math.min(0.8, 9.4 / letters.length);
  const baseline = SEAL_RADIUS * 0.62;
  const span = Math.min(196, (letters.length - 1) * 18);
  letters.forEach((letter, i) => {
    const degrees = letters.length === 1 ? 0 : -span / 2 + (span * i) / (letters.length - 1);
    pdf.save().rotate(degrees);
    drawGlyph(pdf, face, letter, 0, -baseline, size, narrow);
    pdf.restore();
  });
}

function drawLine(
  pdf: PDFKit.PDFDocument,
  face: Face,
  text: string,
  baseline: number,
  size: number,
  narrow: number,
): void {
  const letters = [...text];
  const step = size * narrow * 1.06;
  letters.forEach((letter, i) =>
    drawGlyph(pdf, face, letter, (i - (letters.length - 1) / 2) * step, baseline, size, narrow),
  );
}

/** One letter with its middle at x and its baseline at y. */
function drawGlyph(
  pdf: PDFKit.PDFDocument,
  face: Face,
  letter: string,
  x: number,
  y: number,
  size: number,
  narrow: number,
): void {
  const { path, advance, unitsPerEm } = face.outline(letter);
  const scale = size / unitsPerEm;
  pdf.save();
  pdf.translate(x - (advance * scale * narrow) / 2, y).scale(scale * narrow, -scale);
  pdf.path(path).fill(COLOUR.seal);
  pdf.restore();
}
