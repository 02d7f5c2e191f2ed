import type { Branch } from '@kiosk/contract/platform/api.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { dayNumber } from '@kiosk/domain/dates.ts';
import { words } from '../parts.ts';

type Hours = NonNullable<Branch['hours']>;

const DAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** Days in a row are said as from–to: 1 to 5 is 周一至周五. */
export function daysInWords(days: readonly number[]): Words {
  const sorted = [...days].sort((a, b) => a - b);
  const [first = 1, last = 7] = [sorted[0], sorted.at(-1)];
  const name = (language: 'zh' | 'en', day: number) => DAYS[language][day - 1] ?? '';
  if (sorted.length > 2 && last - first === sorted.length - 1) {
    return words(`${name('zh', first)}至${name('zh', last)}`, `${name('en', first)}–${name('en', last)}`);
  }
  return words(sorted.map((day) => name('zh', day)).join('、'), sorted.map((day) => name('en', day)).join(', '));
}

export const hoursInWords = (hours: Hours): readonly Words[] =>
  hours.map(({ days, from, to }) => {
    const said = daysInWords(days);
    return words(`${said.zh} ${from}–${to}`, `${said.en} ${from}–${to}`);
  });

/** Whether it is open at this moment by its weekly hours; `weekday`: 1 Monday to 7 Sunday, `time`: HH:MM. Holidays are not in it. */
export const openAt = (hours: Hours, weekday: number, time: string): boolean =>
  hours.some(({ days, from, to }) => days.includes(weekday) && time >= from && time < to);

/** 1 Monday to 7 Sunday. Day 0 of the count, 1970-01-01, was a Thursday. */
export const weekdayOf = (date: string): number => ((dayNumber(date) + 3) % 7) + 1;

const NOON = '12:00';

/** Of a branch on that half of a day, '09:00–12:00'; null: it is closed then, or its hours are not known. */
export function hoursOfHalf(hours: Hours, date: string, half: 'morning' | 'afternoon'): string | null {
  const open = hours.filter(({ days }) => days.includes(weekdayOf(date)));
  const part = open.flatMap(({ from, to }) => {
    const [begin, end] = half === 'morning' ? [from, to < NOON ? to : NOON] : [from > NOON ? from : NOON, to];
    return begin < end ? [{ begin, end }] : [];
  });
  const inOrder = part.toSorted((a, b) => (a.begin < b.begin ? -1 : 1));
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  return first && last ? `${first.begin}–${last.end}` : null;
}
