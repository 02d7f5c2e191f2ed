import { decimal } from './type-setter.ts';

/** Not in pdfkit's types. */
export interface Reference {
  data: Record<string, unknown>;
  write(chunk: string): void;
  end(): void;
}
export type WithReferences = PDFKit.PDFDocument & {
  ref(data: Record<string, unknown>): Reference;
  page: PDFKit.PDFPage & { xobjects: Record<string, Reference>; annotations: Reference[]; dictionary: Reference };
};

/** A drawing that stands in the file once and is painted wherever it is wanted (a form XObject). */
export interface Stamp {
  readonly name: string;
  readonly object: Reference;
}

/** Draws around the origin, y downwards, within `reach` points of it each way. Some page must be open. */
export function makeStamp(
  document: PDFKit.PDFDocument,
  name: string,
  reach: number,
  draw: (pdf: PDFKit.PDFDocument) => void,
): Stamp {
  const pdf = document as WithReferences;
  const states: Record<string, Reference> = {};
  const object = pdf.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [-reach, -reach, reach, reach],
    Resources: { ExtGState: states },
  });
  // pdfkit writes to "the page"; for this drawing the page is the stamp.
  const page = pdf.page;
  const target: Pick<PDFKit.PDFPage, 'write'> & { ext_gstates: typeof states } = {
    ext_gstates: states,
    write: (chunk: string) => object.write(chunk),
  };
  pdf.page = target as unknown as typeof pdf.page;
  draw(pdf);
  pdf.page = page;
  object.end();
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
