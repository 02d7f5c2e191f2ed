import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { StatementWords } from './words.ts';

/** The peer that many projects take: a declarative layer on pdfkit. Fonts are given as files, as its guide says. */
export function pdfmakeRenderer(fontFolder: string): (words: StatementWords) => Promise<Uint8Array> {
  const regular = join(fontFolder, 'NotoSansSC-Regular.ttf');
  const bold = join(fontFolder, 'NotoSansSC-Bold.ttf');
  // Both once before, so that the first reading from the disk is nobody's.
  readFileSync(regular);
  readFileSync(bold);
  pdfmake.setFonts({ Sans: { normal: regular, bold, italics: regular, bolditalics: bold } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  return (words) => pdfmake.createPdf(definition(words)).getBuffer();
}

function definition(words: StatementWords): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [57, 51, 42, 51],
    defaultStyle: { font: 'Sans', fontSize: 9 },
    footer: (page, pages) => ({
      columns: [{ text: words.footer }, { text: `第 ${page} 页，共 ${pages} 页`, alignment: 'right' }],
      margin: [57, 8, 42, 0],
      fontSize: 7.5,
    }),
    content: [
      { text: words.centre, fontSize: 11, bold: true },
      { text: words.title, fontSize: 19, bold: true, margin: [0, 8, 0, 4] },
      { text: words.period, fontSize: 10.5, margin: [0, 0, 0, 8] },
      {
        columns: [0, 1].map((side) => ({
          stack: words.facts
            .filter((_, i) => i % 2 === side)
            .map(([label, value]) => ({ text: [{ text: `${label}  `, fontSize: 8.5 }, value], margin: [0, 2, 0, 2] })),
        })),
      },
      {
        columns: words.figures.map(([label, value]) => ({ stack: [label, { text: value, bold: true }] })),
        margin: [0, 8, 0, 8],
      },
      {
        layout: 'lightHorizontalLines',
        table: {
          headerRows: 1,
          widths: words.widths.map((width) => (width === 0 ? '*' : width - 8)),
          body: [words.headings, ...words.rows].map((row, r) =>
            row.map((text, i) => ({ text, alignment: words.aligns[i]!, bold: r === 0 || r === words.rows.length })),
          ),
        },
      },
      { text: words.capitals, bold: true, margin: [0, 8, 0, 8] },
      {
        columns: [
          { qr: words.link, fit: 65, width: 80 },
          { stack: ['验证码', { text: words.code, bold: true, fontSize: 12.5 }, ...words.notes] },
          { stack: [words.centre, words.issued], width: 120 },
        ],
      },
    ],
  };
}
