// How times, amounts and counts are written in the console, in both languages. A city keeps China time.

const SHANGHAI_MS = 8 * 3_600_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An instant (UTC ms) as `YYYY-MM-DD HH:MM`. */
export function stamp(instant: number): string {
  return new Date(instant + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** `HH:MM:SS`. */
export function clockTime(instant: number): string {
  return new Date(instant + SHANGHAI_MS).toISOString().slice(11, 19);
}

/** `HH:MM`. */
export const hourOf = (instant: number): string => clockTime(instant).slice(0, 5);

/** China calendar day of an instant, moved by days. */
export function dayOf(instant: number, plusDays = 0): string {
  return new Date(instant + SHANGHAI_MS + plusDays * DAY).toISOString().slice(0, 10);
}

/** First instant (UTC ms) of a China calendar day. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - SHANGHAI_MS;
}

export type Span = { readonly count: number; readonly unit: 'second' | 'minute' | 'hour' | 'day' };

/** A duration in its largest fitting unit, rounded down. */
export function spanOf(milliseconds: number): Span {
  const ms = Math.abs(milliseconds);
  if (ms < MINUTE) return { count: Math.floor(ms / 1_000), unit: 'second' };
  if (ms < HOUR) return { count: Math.floor(ms / MINUTE), unit: 'minute' };
  if (ms < 2 * DAY) return { count: Math.floor(ms / HOUR), unit: 'hour' };
  return { count: Math.floor(ms / DAY), unit: 'day' };
}

/** 1234567 → `1,234,567`. */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 5864502 fen → `58,645.02`. */
export function money(fen: number): string {
  const whole = Math.abs(fen);
  return `${fen < 0 ? '−' : ''}${count(Math.floor(whole / 100))}.${String(whole % 100).padStart(2, '0')}`;
}

/** 0.983 → `98.3%`. */
export function percent(ratio: number): string {
  return `${Math.round(ratio * 1000) / 10}%`;
}

/** 1536000 → `1.5 MB`. */
export function bytes(n: number): string {
  if (n < 1_000) return `${n} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [n / 1_000, 0];
  while (value >= 1_000 && unit < units.length - 1) [value, unit] = [value / 1_000, unit + 1];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** 1234 ms → `1.2 s`. */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A long hash as it is compared by eye. */
export function shortHash(hex: string): string {
  return `${hex.slice(0, 8)}…${hex.slice(-4)}`;
}
