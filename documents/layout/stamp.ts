import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { decimal } from '../text/numbers.ts';

/** Not in pdfkit's types. */
export interface Reference {
  data: Record<string, unknown>;
  write(chunk: string | Uint8Array): void;
  end(chunk?: string | Uint8Array): void;
}
export type WithReferences = PDFKit.PDFDocument & {
  ref(data: Record<string, unknown>): Reference;
  page: Omit<PDFKit.PDFPage, 'write'> & {
    fonts: Record<string, Reference>;
    xobjects: Record<string, Reference>;
    annotations: Reference[];
    dictionary: Reference;
    write(chunk: string | Uint8Array): void;
  };
};

/** A drawing that stands in the file once and is painted wherever it is wanted (a form XObject). */
export interface Stamp {
  readonly name: string;
  readonly object: Reference;
}

/** What was drawn, as any document can have it: content, compressed, and the graphics states it names. */
export interface Drawing {
  readonly content: Uint8Array;
  readonly states: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Draws around the origin, y downwards; in a file of its own that nobody finishes, so that every file has it alike. */
export function drawingOf(draw: (pdf: PDFKit.PDFDocument) => void): Drawing {
  const pdf = new PDFDocument({ autoFirstPage: false, font: '' }) as unknown as WithReferences;
  const states: Record<string, Reference> = {};
  const chunks: string[] = [];
  // pdfkit writes to "the page"; for this drawing the page is the stamp.
  const target = { ext_gstates: states, write: (chunk: string) => void chunks.push(chunk) };
  pdf.page = target as unknown as typeof pdf.page;
  draw(pdf);
  return {
    content: deflateSync(Buffer.from(chunks.join('\n'), 'latin1')),
    states: Object.fromEntries(Object.entries(states).map(([name, { data }]) => [name, data])),
  };
}

/** Puts a drawing into a file; `reach` points each way from its origin are shown. */
export function makeStamp(document: PDFKit.PDFDocument, name: string, reach: number, drawing: Drawing): Stamp {
  const pdf = document as WithReferences;
  const states = Object.entries(drawing.states).map(([state, data]) => {
    const object: Reference = pdf.ref({ ...data });
    object.end();
    return [state, object] as const;
  });
  const object = pdf.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [-reach, -reach, reach, reach],
    Resources: { ExtGState: Object.fromEntries(states) },
    Filter: 'FlateDecode',
  });
  object.end(drawing.content);
  return { name, object };
}

/** Paints the stamp with its origin at x, y; `clip` (left, top, width, height on the page) keeps only a part of it. */
export function paintStamp(
  document: PDFKit.PDFDocument,
  { name, object }: Stamp,
  x: number,
  y: number,
  scale = 1,
  clip?: readonly [number, number, number, number],
): void {
  const pdf = document as WithReferences;
  pdf.page.xobjects[name] = object;
  const cut = clip ? `${clip.map(decimal).join(' ')} re W n ` : '';
  const size = decimal(scale);
  (pdf as unknown as { addContent(data: string): void }).addContent(
    `q ${cut}${size} 0 0 ${size} ${decimal(x)} ${decimal(y)} cm /${name} Do Q`,
  );
}
