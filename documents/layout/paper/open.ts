import { fail, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { type DocumentFonts, missingCharacters } from '../../fonts.ts';
import { paintEdgeSeal, sealStamp } from '../seal.ts';
import { Sheet } from '../sheet.ts';
import type { Stamp } from '../stamp.ts';
import { drawFooter } from './footer.ts';
import type { Paper } from './paper.ts';
import { watermark } from './watermark.ts';

export interface RenderedDocument {
  /** A PDF. */
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** A paper under construction; its first page is there. */
export interface OpenPaper {
  readonly sheet: Sheet;
  readonly paper: Paper;
  readonly title: string;
  /** undefined: a preview bears none. */
  readonly seal: Stamp | undefined;
}

/**
 * Begins a paper. `printed` is everything that comes from outside and will be printed; the fixed words are covered by tests.
 * Error: E5204, the fonts lack a character of it (a rare name): a paper with a hole in it is worse than none.
 */
export function openPaper(
  fonts: DocumentFonts,
  paper: Paper,
  title: string,
  printed: readonly string[],
): Result<OpenPaper> {
  const missing = missingCharacters(fonts, [paper.centreName, paper.enquiryPhone, ...printed]);
  if (missing.length > 0) return fail('E5204', `the fonts lack ${missing.length} character(s) of the document`);
  const sheet = new Sheet(fonts, {
    title,
    author: paper.centreName,
    subject: paper.issued?.documentNumber ?? (paper.calculation ? '试算' : '预览'),
    createdAt: paper.printedAt,
  });
  sheet.addPage();
  const seal = paper.issued
    ? sealStamp(sheet, {
        owner: paper.centreName,
        purpose: '业务专用章',
        ...(paper.demonstration ? { note: '演示用章' } : {}),
      })
    : undefined;
  return ok({ sheet, paper, title, seal });
}

/** Writes what can only be written when all pages are there, and closes the file. */
export async function closePaper({ sheet, paper, seal }: OpenPaper): Promise<Result<RenderedDocument>> {
  const mark = seal || paper.calculation ? undefined : watermark(sheet);
  sheet.onEachPage((page, pages) => {
    drawFooter(sheet, paper, page, pages);
    if (seal) paintEdgeSeal(sheet, seal, page, pages);
    mark?.();
  });
  const pages = sheet.pageCount;
  return ok({ bytes: await sheet.finish(), pages });
}
