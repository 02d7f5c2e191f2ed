/** A calendar date 'YYYY-MM-DD' and a calendar month 'YYYY-MM', both of the proleptic Gregorian calendar, without time or zone. */
export type CalendarDate = string;
export type CalendarMonth = string;

/** First and last day, both inside. */
export interface Period {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const DAY_MS = 86_400_000;
/** China Standard Time. One zone for the whole country, and no summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOfDay(dayNumber(text)) === text;
}

export function isCalendarMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Days since 1970-01-01; differences of it count days. NaN for text that is not a date. */
export function dayNumber(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfDay(day: number): CalendarDate {
  const instant = new Date(day * DAY_MS);
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Days from `from` to `to`, the last day not counted: 0 for the same day. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function monthOf(date: CalendarDate): CalendarMonth {
  return date.slice(0, 7);
}

export function addMonths(month: CalendarMonth, count: number): CalendarMonth {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

/** Whole months from `from` to `to`: 0 for the same month. */
export function monthsBetween(from: CalendarMonth, to: CalendarMonth): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

export function firstDay(month: CalendarMonth): CalendarDate {
  return `${month}-01`;
}

export function lastDay(month: CalendarMonth): CalendarDate {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

/** The same day `count` months on, held back to the end of a shorter month: 31 January + 1 = 28 or 29 February. */
export function addMonthsToDate(date: CalendarDate, count: number): CalendarDate {
  const month = addMonths(monthOf(date), count);
  const day = `${month}-${date.slice(8)}`;
  return isCalendarDate(day) ? day : lastDay(month);
}

/** The calendar date in China at a UTC instant. */
export function shanghaiDate(instantMs: number): CalendarDate {
  return new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The wall clock in China: '2026-11-21 14:08:05'. */
export function shanghaiDateTime(instantMs: number): string {
  return new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The fund year (1 July – 30 June) a date lies in, named by its first calendar year: 2026-06-30 → 2025, 2026-07-01 → 2026. */
export function fundYearOf(date: CalendarDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '07-01' ? year : year - 1;
}

export function fundYearPeriod(fundYear: number): Period {
  return { from: `${fundYear}-07-01`, to: `${fundYear + 1}-06-30` };
}

/**
 * The period a person means by 'the last n months': from the first day of the month n − 1 months ago, so that whole
 * months are seen, up to today. n = 12 on 2026-11-21 is 2025-12-01 to 2026-11-21.
 */
export function lastMonths(today: CalendarDate, count: number): Period {
  return { from: firstDay(addMonths(monthOf(today), 1 - count)), to: today };
}

export function isInside(date: CalendarDate, period: Period): boolean {
  return period.from <= date && date <= period.to;
}

/** '2026年11月21日', as it is read on a document. */
export function chineseDate(date: CalendarDate): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
}

/** '2026年11月'. */
export function chineseMonth(month: CalendarMonth): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;
}
