import type { Reference, WithReferences } from './stamp.ts';
import { srgbProfile } from './srgb-profile.ts';

const PROFILE = 'sRGB IEC61966-2.1';

/**
 * Says in the file that it can be archived and searched (PDF/A-2u, ISO 19005-2): what its colours mean, and which rules it keeps.
 * That it keeps them is the matter of everything that writes: fonts embedded with what they say, no script, nothing from outside.
 */
export function declareArchivable(document: PDFKit.PDFDocument): void {
  const pdf = document as WithReferences & { _root: Reference; appendXML(xml: string): void };
  const profile = pdf.ref({ N: 3 });
  profile.end(srgbProfile());
  const intent = pdf.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: Object(PROFILE) as unknown,
    OutputConditionIdentifier: Object(PROFILE) as unknown,
    DestOutputProfile: profile,
  });
  intent.end();
  pdf._root.data['OutputIntents'] = [intent];
  pdf.appendXML(`
    <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
      <pdfaid:part>2</pdfaid:part>
      <pdfaid:conformance>U</pdfaid:conformance>
    </rdf:Description>
  `);
}
