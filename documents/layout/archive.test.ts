import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { CALCULATION_EXAMPLES } from '../calculations/examples.ts';
import { renderCalculation } from '../calculations/calculation.ts';
import { loadFonts } from '../fonts.ts';
import { EXAMPLES, examplePaper } from '../kinds/examples.ts';
import { type DocumentKindName, renderDocument } from '../kinds/kinds.ts';

/*
 * Rules of ISO 19005-2 (PDF/A-2u) that our files could break, read off the objects of the file. It is not a validator: none
 * could be had as a package when this was written. What it does not look at is told in documents/README.md.
 */

const fonts = await loadFonts(join(import.meta.dirname, '../../assets/fonts'));

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | undefined;
}

/** The objects of a file as pdfkit writes it: plain, one after another, none inside a stream of objects. */
function objectsOf(bytes: Uint8Array): Map<number, PdfObject> {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n([^]*?)\nendobj/gm)) {
    const body = match[2]!;
    const at = body.indexOf('\nstream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? undefined : Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const data = raw?.subarray(0, length);
    objects.set(Number(match[1]), { head, stream: data && head.includes('FlateDecode') ? inflateSync(data) : data });
  }
  return objects;
}

const refsIn = (head: string, key: string) =>
  [...head.matchAll(new RegExp(`/${key} \\[?((?:\\d+ 0 R ?)+)`, 'g'))].flatMap((m) =>
    [...m[1]!.matchAll(/(\d+) 0 R/g)].map((ref) => Number(ref[1])),
  );

async function papers(): Promise<(readonly [string, Uint8Array])[]> {
  const all: (readonly [string, Uint8Array])[] = [];
  for (const kind of Object.keys(EXAMPLES) as DocumentKindName[]) {
    const rare = JSON.stringify(EXAMPLES[kind]).replaceAll('沈知夏', '沈𠮷Łę');
    const paper = examplePaper(kind, { signatureField: true, reprint: 1 });
    const rendered = await renderDocument({ kind, content: JSON.parse(rare) as unknown }, paper, fonts);
    assert.ok(rendered.ok, kind);
    all.push([kind, rendered.value.bytes]);
  }
  const preview = await renderDocument(
    { kind: 'accountSheet', content: EXAMPLES.accountSheet },
    examplePaper('accountSheet', { issued: null }),
    fonts,
  );
  assert.ok(preview.ok);
  all.push(['preview', preview.value.bytes]);
  const frame = { centreName: '江州市住房公积金管理中心', terminalId: 'JZ0030', at: 0 };
  const sheet = await renderCalculation(CALCULATION_EXAMPLES.interest, frame, fonts);
  assert.ok(sheet.ok);
  return [...all, ['calculation', sheet.value.bytes]];
}

const PAPERS = await papers();

test('a paper says that it is PDF/A-2u, and what its colours mean', () => {
  for (const [name, bytes] of PAPERS) {
    const objects = objectsOf(bytes);
    const catalog = [...objects.values()].find(({ head }) => head.includes('/Type /Catalog'))!;
    const metadata = objects.get(refsIn(catalog.head, 'Metadata')[0]!)!;
    assert.doesNotMatch(metadata.head, /Filter/, `${name}: metadata has to be readable without a filter`);
    const xmp = metadata.stream!.toString('utf8');
    assert.match(xmp, /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>U</, name);
    const intent = objects.get(refsIn(catalog.head, 'OutputIntents')[0]!)!;
    assert.match(intent.head, /\/S \/GTS_PDFA1/, name);
    const profile = objects.get(refsIn(intent.head, 'DestOutputProfile')[0]!)!.stream!;
    assert.equal(profile.readUInt32BE(0), profile.length, 'the profile does not say its own length');
    assert.equal(profile.toString('latin1', 12, 24), 'mntrRGB XYZ ');
    assert.equal(profile.toString('latin1', 36, 40), 'acsp');
    const text = Buffer.from(bytes).toString('latin1');
    assert.match(text, /^%PDF-1\.7\n%[\x80-\xff]{4}/, `${name}: header`);
    assert.match(text, /\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/i, `${name}: no file id`);
  }
});

test('every font of a paper is in the file, and every glyph says which character it is', () => {
  for (const [name, bytes] of PAPERS) {
    const objects = objectsOf(bytes);
    const written = [...objects.values()].filter(({ head }) => /\/Type \/Font\n[^]*\/Subtype \/Type0/.test(head));
    assert.ok(written.length >= 2, name);
    for (const { head } of written) {
      const descendant = objects.get(refsIn(head, 'DescendantFonts')[0]!)!;
      assert.match(descendant.head, /\/CIDToGIDMap \/Identity/, name);
      const descriptor = objects.get(refsIn(descendant.head, 'FontDescriptor')[0]!)!;
      assert.match(descriptor.head, /\/FontName \/[A-Z]{6}\+/, name);
      const program = objects.get(refsIn(descriptor.head, 'FontFile2')[0]!)!;
      assert.match(program.head, new RegExp(`/Length1 ${program.stream!.length}\\n`), name);
      const widths = /\/W \[0 \[([^\]]*)\]/.exec(descendant.head)![1]!.split(' ').length;
      const map = objects.get(refsIn(head, 'ToUnicode')[0]!)!.stream!.toString('latin1');
      const said = [...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)].filter(
        ([, code]) => code !== '0000' || false,
      );
      const glyphs = new Map(said.map((m) => [m[1]!, m[2]!]));
      assert.equal(glyphs.size, widths - 1, `${name}: a glyph without a character, or one without a width`);
      for (const text of glyphs.values()) assert.doesNotMatch(text, /^(0000|feff|fffe)$/, name);
    }
  }
});

test('no page shows the glyph for what is missing, and none uses a font that is not there', () => {
  for (const [name, bytes] of PAPERS) {
    for (const { head, stream } of objectsOf(bytes).values()) {
      const content = stream?.toString('latin1') ?? '';
      if (!/\bTf\b/.test(content)) continue;
      assert.doesNotMatch(content, /<(?:[0-9a-f]{4})*?0000(?:[0-9a-f]{4})*> ?T[jJ]/, `${name}: ${head.slice(0, 40)}`);
    }
  }
});

test('nothing that an archive forbids: scripts, actions, other files, encryption, form fields without a look', () => {
  for (const [name, bytes] of PAPERS) {
    const objects = objectsOf(bytes);
    for (const { head } of objects.values()) {
      assert.doesNotMatch(
        head,
        /\/(JavaScript|JS|Launch|EmbeddedFiles|EmbeddedFile|Encrypt|XFA|OCProperties|AA|LZWDecode|NeedAppearances|TR2?|Alternates|OPI|PS)\b/,
        `${name}: ${head.slice(0, 80)}`,
      );
      if (!head.includes('/Subtype /Widget')) continue;
      assert.match(head, /\/F 4\b/, `${name}: the field is not printed`);
      assert.match(head, /\/AP <<\n\/N \d+ 0 R/, `${name}: the field has no look`);
    }
  }
});

test('the first paper of a process and every later one are the same to the byte', async () => {
  const again = await papers();
  for (const [i, [name, bytes]] of PAPERS.entries()) assert.ok(Buffer.from(bytes).equals(again[i]![1]), name);
});
