import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDateTime } from '@kiosk/domain/dates.ts';
import type { ConsoleRouteName } from '../contract/api.ts';
import type { ConsoleHandlers } from '../handlers.ts';
import type { Caller } from '../sessions.ts';
import type { ListTable } from './table.ts';

export type Pages = Omit<ConsoleHandlers, 'exportList'>;

export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly month: string;
  readonly language: Language;
}

export interface Exported {
  /** Who may see the page may take it along. */
  readonly route: ConsoleRouteName;
  readonly title: Words;
  readonly columns: ListTable['columns'];
  rows(pages: Pages, asked: Asked, caller: Caller): Promise<Result<readonly (readonly (string | number | null)[])[]>>;
}

export const col = (zh: string, en: string, width = 0) => ({ head: { zh, en }, width });
export const when = (at: number | null) => (at === null ? '' : shanghaiDateTime(at));
export const percent = (share: number | null) => (share === null ? '' : (share * 100).toFixed(1));
export const MOST = 500;

/** Rows of an answer, or why there are none. */
export function rowsOf<T>(
  answer: Result<{ readonly rows: readonly T[] }>,
  row: (one: T) => (string | number | null)[],
): Result<(string | number | null)[][]> {
  return answer.ok ? ok(answer.value.rows.map(row)) : answer;
}
