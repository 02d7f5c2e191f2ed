import type { Field } from '@kiosk/contract/screen/blocks.ts';
import { addDays, addMonths, addMonthsToDate } from '@kiosk/domain/dates.ts';
import { money, phoneAsTyped } from '../../format.ts';

/** How a field is typed: by digits, by letters as on a paper, by sound, or in steps from a good beginning. */
export type Keys = 'digits' | 'letters' | 'pinyin' | 'steps';
export function keysOf(ask: Field): Keys {
  switch (ask.kind) {
    case 'count':
    case 'percent':
    case 'date':
    case 'month':
      return 'steps';
    case 'code':
      return 'letters';
    case 'text':
      return 'pinyin';
    default:
      return 'digits';
  }
}

/** The key beside the digits. */
export function extraKey(ask: Field): 'X' | '.' | undefined {
  return ask.kind === 'idNumber' ? 'X' : ask.kind === 'money' ? '.' : undefined;
}

/** How many characters can be typed. Money has its yuan, a point and two decimals. */
export function longest(ask: Field): number {
  switch (ask.kind) {
    case 'digits':
    case 'code':
    case 'text':
      return ask.max;
    case 'money':
      return String(Math.floor(ask.maxFen / 100)).length + 3;
    case 'idNumber':
      return 18;
    case 'phone':
      return 11;
    case 'cardNumber':
      return 19;
    default:
      return 10;
  }
}

/** Fen of what was typed as yuan, 角 and 分 after the point; NaN when it is no amount. */
export function fenOf(typed: string): number {
  const found = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(typed);
  if (!found) return NaN;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** What can be typed next; anything else is as if it had not been pressed. */
export function mayBecome(ask: Field, typed: string): boolean {
  if (typed.length > longest(ask)) return false;
  if (ask.kind === 'money') return typed === '' || (!Number.isNaN(fenOf(typed)) && !/^0\d/.test(typed));
  if (ask.kind === 'idNumber') return /^(\d{0,18}|\d{17}X)$/.test(typed);
  return true;
}

export function isComplete(ask: Field, typed: string): boolean {
  switch (ask.kind) {
    case 'digits':
      return typed.length >= ask.min;
    case 'money': {
      const fen = fenOf(typed);
      return fen >= ask.minFen && fen <= ask.maxFen;
    }
    case 'idNumber':
      return typed.length === 18;
    case 'phone':
      return typed.length === 11;
    case 'cardNumber':
      return typed.length >= 16;
    default:
      return typed.trim() !== '';
  }
}

/** What goes to the flow: fen for money, thousandths for percent, everything else as it was typed. */
export function enteredValue(ask: Field, typed: string): string {
  return ask.kind === 'money' ? String(fenOf(typed)) : typed.trim();
}

export function shownAs(ask: Field, typed: string): string {
  if (ask.kind === 'money') {
    const [yuan = '', decimals] = typed.split('.');
    if (yuan === '') return '';
    return `${money(Number(yuan) * 100).replace(/\.00$/, '')}${decimals === undefined ? '' : `.${decimals}`}`;
  }
  if (ask.kind === 'phone') return phoneAsTyped(typed);
  if (ask.kind === 'cardNumber') return typed.replace(/(.{4})(?=.)/g, '$1 ');
  if (ask.kind === 'idNumber')
    return [typed.slice(0, 6), typed.slice(6, 14), typed.slice(14)].filter(Boolean).join(' ');
  return typed;
}

/** What is turned one step at a time. */
export type Part = 'year' | 'month' | 'day' | 'one' | 'ten';
export function partsOf(ask: Field): readonly Part[] {
  switch (ask.kind) {
    case 'date':
      return ['year', 'month', 'day'];
    case 'month':
      return ['year', 'month'];
    case 'count':
      return ask.max - ask.min > 20 ? ['ten', 'one'] : ['one'];
    default:
      return ['one'];
  }
}

/** One step up or down from a value, inside the bounds. */
export function stepped(ask: Field, value: string, by: 1 | -1, part: Part = 'one'): string {
  const within = (next: string, from: string, to: string) => (next < from ? from : next > to ? to : next);
  const months = part === 'year' ? by * 12 : by;
  switch (ask.kind) {
    case 'count':
      return String(Math.min(ask.max, Math.max(ask.min, Number(value) + by * (part === 'ten' ? 10 : 1))));
    case 'percent':
      return String(Math.min(ask.maxMilli, Math.max(ask.minMilli, Number(value) + by * 1000)));
    case 'month':
      return within(addMonths(value, months), ask.from, ask.to);
    case 'date': {
      const next = part === 'day' || part === 'one' ? addDays(value, by) : addMonthsToDate(value, months);
      return within(next, ask.from, ask.to);
    }
    default:
      return value;
  }
}
