import type { Block, Fact, Press, Value } from '@kiosk/contract/screen/blocks.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';

/** Small makers, so that a flow reads like the screen it tells. */
export const words = (zh: string, en: string): Words => ({ zh, en });
export const money = (fen: number): Value => ({ kind: 'money', fen });
export const change = (fen: number): Value => ({ kind: 'money', fen, signed: true });
export const date = (text: string): Value => ({ kind: 'date', date: text });
export const month = (text: string): Value => ({ kind: 'month', month: text });
export const percent = (milli: number): Value => ({ kind: 'percent', milli });
export const count = (n: number, unit?: Words): Value => ({ kind: 'count', count: n, ...(unit ? { unit } : {}) });
export const said = (one: Words): Value => ({ kind: 'words', words: one });
export const data = (text: string): Value => ({ kind: 'text', text });

export const fact = (label: Words, value: Value, more: Omit<Fact, 'label' | 'value'> = {}): Fact => ({
  label,
  value,
  ...more,
});
export const facts = (list: readonly (Fact | null)[], title?: Words): Block => ({
  block: 'facts',
  ...(title ? { title } : {}),
  facts: list.filter((one) => one !== null),
});
export const notice = (tone: 'info' | 'good' | 'wait' | 'fault', one: Words): Block => ({
  block: 'notice',
  tone,
  words: one,
});
export const press = (id: string, one: Words, tone: Press['tone'] = 'plain'): Press => ({ id, words: one, tone });

export const UNITS = {
  months: words('个月', 'months'),
  instalments: words('期', 'instalments'),
  days: words('天', 'days'),
  years: words('年', 'years'),
} as const;

/** 尾号: the last four of an account, a card or a contract, in words that say so. */
export const tail = (number: string): string => maskAccount(number).replaceAll('*', '');

/** What an option of a list is called on the screen: its place in the list, because its number is the person's own. */
export const placeId = (index: number): string => `n${index}`;
export const atPlace = <T>(list: readonly T[], id: string): T | undefined =>
  list.find((_one, index) => placeId(index) === id);

/** Rows of a page, 1 the first, and how many pages there are (at least one). */
export function pageOf<T>(rows: readonly T[], page: number, size: number): { rows: readonly T[]; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const from = (Math.min(page, pages) - 1) * size;
  return { rows: rows.slice(from, from + size), pages };
}
