import type { DocumentJobStatus } from '../../codec/ipp-status.ts';

/** What a document is made of, and whether the printer's counts of its job say what is out. */
export interface Counting {
  /** Of the document; Infinity where it is not known. */
  readonly pages: number;
  readonly perSheet: 1 | 2;
  /** A print queue between counts pages before they are out: DocumentPrinterCapabilities. */
  readonly spooler: boolean;
}

export interface Out {
  /** Pages of the document. */
  readonly printed: number;
  readonly sheets: number;
}

export const NOTHING_OUT: Out = { printed: 0, sheets: 0 };

/** What lies in the output tray, by the printer's counts. Some count sheets only, some sides only, some nothing. */
export function outOf(job: DocumentJobStatus, { pages, perSheet, spooler }: Counting): Out {
  if (spooler) return NOTHING_OUT;
  const { impressions = 0, sheets = 0 } = job;
  const printed = Math.min(impressions > 0 ? impressions : sheets * perSheet, pages);
  return { printed, sheets: sheetsOf(sheets, printed, perSheet) };
}

/** Whether nobody can say how much of a job is out that was begun and did not come to its end. */
export function isBlind({ begun, impressions, sheets }: DocumentJobStatus, { spooler }: Counting): boolean {
  return begun && (spooler || (impressions === undefined && sheets === undefined));
}

/** What a completed job put out: every page, whatever was counted. A queue counts each page as a sheet. */
export function allOf(job: DocumentJobStatus, { pages, perSheet, spooler }: Counting): Out {
  const { impressions = 0, sheets = 0 } = job;
  const printed = Number.isFinite(pages) ? pages : Math.max(impressions, sheets * (spooler ? 1 : perSheet));
  return { printed, sheets: sheetsOf(spooler ? 0 : sheets, printed, perSheet) };
}

/** As the printer counted them, unless it counted more than there can be; else the fewest that bear these pages. */
function sheetsOf(counted: number, printed: number, perSheet: 1 | 2): number {
  return counted > 0 && counted <= printed ? counted : Math.ceil(printed / perSheet);
}
