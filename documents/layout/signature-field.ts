import { PAGE } from './page.ts';
import type { Reference, WithReferences } from './stamp.ts';

/** Room for the CMS with its certificates, bytes. A city's chain with a time stamp needs more than our 2 KB. */
const CONTENTS_BYTES = 8192;
/** What the library that signs looks for; it writes four numbers in its place. */
const UNKNOWN = '**********';
const PRINTED = 4;
const SIGNED_AND_ONLY_APPENDED = 3;

export interface SignatureField {
  /** Where on the page of now; readers show who signed when this place is touched. Points, y downwards. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Of the field, unique in the file. */
  readonly name: string;
  /** Who signs; never the depositor. */
  readonly signer: string;
  readonly reason: string;
  /** UTC ms. */
  readonly at: number;
}

/**
 * Leaves a place for one signature (PAdES: ETSI.CAdES.detached). The seal is drawn on the page itself, so that a printer that
 * leaves out form fields prints it as well; the field lies over it and shows nothing of its own.
 */
export function addSignatureField(document: PDFKit.PDFDocument, field: SignatureField): void {
  const pdf = document as WithReferences & { _root: Reference; _acroform: object };
  const signature = pdf.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, UNKNOWN, UNKNOWN, UNKNOWN],
    Contents: Buffer.alloc(CONTENTS_BYTES),
    Name: text(field.signer),
    Reason: text(field.reason),
    M: new Date(field.at),
  });
  const nothing = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, field.width, field.height], Resources: {} });
  nothing.end();
  const top = PAGE.height - field.top;
  const widget = pdf.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    F: PRINTED,
    T: text(field.name),
    Rect: [field.left, top - field.height, field.left + field.width, top],
    V: signature,
    P: pdf.page.dictionary,
    AP: { N: nothing },
  });
  pdf.page.annotations.push(widget);
  signature.end();
  widget.end();
  // pdfkit ends the form and its fields itself, and asks for fonts that a form without text has no use for.
  pdf._acroform = { fonts: {}, defaultFont: 'none' };
  pdf._root.data['AcroForm'] = pdf.ref({ Fields: [widget], SigFlags: SIGNED_AND_ONLY_APPENDED, DR: { Font: {} } });
}

/** pdfkit takes a plain string for a name, and a String for text. */
const text = (value: string): object => Object(value) as object;
