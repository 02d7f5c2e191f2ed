import type { Field } from '@kiosk/contract/screen/blocks.ts';
import { addDays, addMonths } from '@kiosk/domain/dates.ts';
import { money, phoneAsTyped } from '../../format.ts';

/** How a field is typed: by digits, by letters, or in steps from a good beginning. */
export function keysOf(ask: Field): 'digits' | 'letters' | 'stepper' {
  switch (ask.kind) {
    case 'count':
    case 'percent':
    case 'date':
    case 'month':
      return 'stepper';
    case 'code':
    case 'text':
    case 'idNumber':
      return 'letters';
    default:
      return 'digits';
  }
}

/** How many characters can be typed. Money is typed in whole yuan. */
export function longest(ask: Field): number {
  switch (ask.kind) {
    case 'digits':
    case 'code':
    case 'text':
      return ask.max;
    case 'money':
      return String(Math.floor(ask.maxFen / 100)).length;
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

export function isComplete(ask: Field, typed: string): boolean {
  switch (ask.kind) {
    case 'digits':
      return typed.length >= ask.min;
    case 'money': {
      const fen = Number(typed) * 100;
      return typed !== '' && fen >= ask.minFen && fen <= ask.maxFen;
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
  return ask.kind === 'money' ? String(Number(typed) * 100) : typed.trim();
}

export function shownAs(ask: Field, typed: string): string {
  if (ask.kind === 'money') return typed === '' ? '' : money(Number(typed) * 100).replace(/\.00$/, '');
  if (ask.kind === 'phone') return phoneAsTyped(typed);
  if (ask.kind === 'cardNumber') return typed.replace(/(.{4})(?=.)/g, '$1 ');
  return typed;
}

/** One step up or down from a value, inside the bounds. */
export function stepped(ask: Field, value: string, by: 1 | -1): string {
  const within = (next: string, from: string, to: string) => (next < from ? from : next > to ? to : next);
  switch (ask.kind) {
    case 'count':
      return String(Math.min(ask.max, Math.max(ask.min, Number(value) + by)));
    case 'percent':
      return String(Math.min(ask.maxMilli, Math.max(ask.minMilli, Number(value) + by * 1000)));
    case 'month':
      return within(addMonths(value, by), ask.from, ask.to);
    case 'date':
      return within(addDays(value, by), ask.from, ask.to);
    default:
      return value;
  }
}
