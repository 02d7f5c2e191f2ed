import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Language } from '@kiosk/contract/services/common.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import type { ListTable } from './table.ts';

export interface PdfJob {
  readonly fontsDir: string;
  readonly title: string;
  readonly note: string;
  readonly author: string;
  readonly columns: readonly { readonly head: string; readonly width: number }[];
  readonly rows: readonly (readonly string[])[];
  readonly at: number;
}

/** A list on paper, drawn off the thread that serves. `by`: who took it stands on every copy. */
export async function pdfOf(
  table: ListTable,
  {
    language,
    at,
    by,
    fontsDir,
    centre,
  }: {
    language: Language;
    at: number;
    by: string;
    fontsDir: string;
    centre: { readonly zh: string; readonly en: string };
  },
): Promise<Uint8Array> {
  const many = table.rows.length;
  const note =
    language === 'zh'
      ? `${centre.zh}　${shanghaiDateTime(at)}　共 ${many} 行　导出人 ${by}`
      : `${centre.en} · ${shanghaiDateTime(at)} · ${many} rows · taken by ${by}`;
  const job: PdfJob = {
    ...{ fontsDir, title: table.title[language], note, author: centre[language], at },
    columns: table.columns.map(({ head, width }) => ({ head: head[language], width })),
    // A column is narrow: what would not be read there is cut, the CSV has all of it.
    rows: table.rows.map((row) => row.map((cell) => (cell.length > 160 ? `${cell.slice(0, 159)}…` : cell))),
  };
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: job });
  try {
    const [bytes] = (await once(worker, 'message')) as [Uint8Array];
    return bytes;
  } finally {
    await worker.terminate();
  }
}
