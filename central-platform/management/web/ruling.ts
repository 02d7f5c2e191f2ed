// What staff type for a service rule, read and written.

import type { Hours } from '../contract/common.ts';

/** `09:00-12:00, 13:30-17:00`; undefined: not to be read that way. */
export function readHours(text: string): readonly Hours[] | undefined {
  if (text.trim() === '') return [];
  const parts = text
    .split(/[,，、;；]/)
    .map((part) => /^\s*(\d{1,2}):(\d\d)\s*[-–~至]\s*(\d{1,2}):(\d\d)\s*$/.exec(part));
  const hours = parts.map((part) => {
    if (part === null) return undefined;
    const [from, to] = [`${part[1]!.padStart(2, '0')}:${part[2]}`, `${part[3]!.padStart(2, '0')}:${part[4]}`];
    const valid = from < to && to <= '24:00' && Number(part[2]) < 60 && Number(part[4]) < 60;
    return valid ? { from, to } : undefined;
  });
  return hours.every((one) => one !== undefined) && hours.length <= 4 ? hours : undefined;
}

export function writeHours(hours: readonly Hours[]): string {
  return hours.map(({ from, to }) => `${from}-${to}`).join(', ');
}

/** `1-25`, or `25-5` over the month's end; null: every day; undefined: not to be read. */
export function readMonthWindow(text: string): { readonly from: number; readonly to: number } | null | undefined {
  if (text.trim() === '') return null;
  const part = /^\s*(\d{1,2})\s*[-–~至]\s*(\d{1,2})\s*$/.exec(text);
  if (part === null) return undefined;
  const [from, to] = [Number(part[1]), Number(part[2])];
  return [from, to].every((day) => day >= 1 && day <= 31) ? { from, to } : undefined;
}

/** A whole number not below zero; null: no limit; undefined: not a number. */
export function readLimit(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

/** Yuan as typed → fen, exactly. */
export function readYuan(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const part = /^\s*(\d{1,10})(?:\.(\d{1,2}))?\s*$/.exec(text.replaceAll(',', ''));
  return part === null ? undefined : Number(part[1]) * 100 + Number((part[2] ?? '').padEnd(2, '0'));
}

export function writeYuan(fen: number | null): string {
  if (fen === null) return '';
  return fen % 100 === 0 ? String(fen / 100) : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
