import { join } from 'node:path';
import { loadFonts } from '@kiosk/documents/fonts.ts';
import { renderDepositStatement } from '@kiosk/documents/deposit-statement/render.ts';
import { type Measure, shared } from '../harness/figure.ts';
import { interleave, median, rounded, timed } from '../harness/statistics.ts';
import { statementOfRows } from './statements.ts';
import { chromiumRenderer } from './with-chromium.ts';
import { pdfmakeRenderer } from './with-pdfmake.ts';
import { wordsOf } from './words.ts';

const FONTS = join(import.meta.dirname, '../../assets/fonts');
const ROUNDS = 7;
/** Runs before the first that counts, for every contestant: compiled code (V8 takes some twenty documents) and filled caches are part of "warm". */
const WARM_UP = 20;
/** Rows that make as many pages in our layout. */
const ROWS = { 1: 14, 12: 400 } as const;

const contestants = shared(async () => {
  const fonts = await loadFonts(FONTS);
  return { fonts, pdfmake: pdfmakeRenderer(FONTS) };
});

/** Warm time from the data to the finished bytes, ours beside a declarative library and a browser. */
export function statementTime(pages: 1 | 12): Measure {
  return async (context) => {
    const { fonts, pdfmake } = await contestants(context);
    const chromium = await chromiumRenderer(FONTS);
    try {
      const statement = statementOfRows(ROWS[pages]);
      const words = wordsOf(statement);
      const ours = async () => {
        const rendered = await renderDepositStatement(statement, fonts);
        if (!rendered.ok) throw new Error(`the statement does not render: ${rendered.error.code}`);
        if (rendered.value.pages !== pages) throw new Error(`${ROWS[pages]} rows make ${rendered.value.pages} pages`);
        return rendered.value.bytes;
      };
      const bytes = {
        ours: (await ours()).length,
        pdfmake: (await pdfmake(words)).length,
        chromium: (await chromium.render(words)).length,
      };
      const contest = {
        ours: () => timed(ours),
        pdfmake: () => timed(() => pdfmake(words)),
        chromium: () => timed(() => chromium.render(words)),
      };
      await interleave(WARM_UP, contest);
      const ms = await interleave(ROUNDS, contest);
      return {
        runs: ms.ours,
        against: {
          'pdfmake ms': rounded(median(ms.pdfmake)),
          'Chromium print-to-PDF ms': rounded(median(ms.chromium)),
          'times faster than pdfmake': rounded(median(ms.pdfmake) / median(ms.ours)),
          'times faster than Chromium': rounded(median(ms.chromium) / median(ms.ours)),
          'bytes (ours, pdfmake, Chromium)': [bytes.ours, bytes.pdfmake, bytes.chromium],
          'Chromium version': chromium.version,
          note: 'the seal is drawn by ours only',
        },
      };
    } finally {
      await chromium.close();
    }
  };
}
