import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALCULATION_EXAMPLES } from '@kiosk/documents/calculations/examples.ts';
import { loadFonts, renderCalculation, renderDocument } from '@kiosk/documents/index.ts';
import { EXAMPLES, examplePaper } from '@kiosk/documents/kinds/examples.ts';
import type { Studio } from './studio.ts';

const FONTS = join(import.meta.dirname, '../../assets/fonts');

/** A few papers beside one another: a certificate, one with boxes, a notice of what is missing, and a calculation without a seal. */
export async function photographPapers(studio: Studio): Promise<void> {
  const fonts = await loadFonts(FONTS);
  const kinds = ['depositCertificate', 'crossRegionCertificate', 'gapNotice'] as const;
  const papers = await Promise.all(
    kinds.map((kind) => renderDocument({ kind, content: EXAMPLES[kind] }, examplePaper(kind), fonts)),
  );
  const { centreName, terminalId, printedAt: at } = examplePaper('depositCertificate');
  papers.push(await renderCalculation(CALCULATION_EXAMPLES.earlyRepayment, { centreName, terminalId, at }, fonts));
  const pictures = papers.map((paper) => {
    if (!paper.ok) throw new Error(`a paper does not render: ${paper.error.code}`);
    return `<img src="data:image/png;base64,${pictureOf(paper.value.bytes)}" style="width:420px;display:block">`;
  });
  const frame = 'margin:0;padding:16px;background:#8a9490;display:grid;grid-template-columns:repeat(2,420px);gap:16px';
  await studio.keep('papers', await studio.draw(`<div style="${frame}">${pictures.join('')}</div>`, 904), 904);
}

/** The first page, as PNG in base 64. */
function pictureOf(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'papers-'));
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    const page = join(folder, 'page');
    execFileSync('pdftoppm', [
      '-png',
      '-r',
      '110',
      '-f',
      '1',
      '-l',
      '1',
      '-singlefile',
      join(folder, 'paper.pdf'),
      page,
    ]);
    return readFileSync(`${page}.png`).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
