/** How numbers are written on every screen, whatever the language. */

/** 5864502 fen → `58,645.02`; a negative amount carries a real minus sign. */
export function money(fen: number): string {
  const whole = Math.abs(fen);
  const yuan = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '−' : ''}${yuan}.${String(whole % 100).padStart(2, '0')}`;
}

/** Per cent times 100: 1200 → `12%`, 1250 → `12.5%`. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/** 75 → `1:15`. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** `12201234567` → `122 0123 4567`, also while it is being typed. */
export function phoneAsTyped(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7, 11)].filter(Boolean).join(' ');
}

export interface CalendarParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Of a date `YYYY-MM-DD` or a month `YYYY-MM` (day 1). */
export function calendarParts(text: string): CalendarParts {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** China Standard Time, all year, in the whole country. */
const SHANGHAI_MS = 8 * 3_600_000;

/** An instant (UTC ms) as the hall's calendar date and `HH:MM`. */
export function hallTime(instant: number): { readonly date: string; readonly time: string } {
  const text = new Date(instant + SHANGHAI_MS).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** `2026-01` moved by months. */
export function monthPlus(month: string, by: number): string {
  const { year, month: m } = calendarParts(month);
  const index = year * 12 + (m - 1) + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Groups of four from the left for numbers that have no spelling of their own. */
export function groups(text: string): string {
  return text.includes(' ') ? text : text.replace(/(.{4})(?=.)/g, '$1 ');
}

/** An amount with its unit, and a short remark in brackets. */
const WHOLE =
  /（[^（）]{1,9}）|[0-9.〇零一二三四五六七八九十百千万两]+(?:个?(?:分钟|小时|工作日|月)|[元年月日号天楼层次张页份点米]|公里)/g;

/**
 * Chinese for a line that may break: `第 2 页`, `八分钟` and `（步行八分钟）` stay whole. A browser breaks between any two characters; a
 * numeral on one line and its unit on the next reads as another number.
 */
export function unbroken(chinese: string): string {
  return chinese.replaceAll(' ', '\u00a0').replace(WHOLE, (whole) => [...whole].join('\u2060'));
}
