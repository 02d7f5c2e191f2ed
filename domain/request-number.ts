import { err, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { checkCharacter, hasValidCheckCharacter, normaliseTypedNumber } from './check-char.ts';

/** Receipt numbers of self-service terminals carry this prefix (一体机, 'all-in-one machine'). */
const PREFIX = 'YTJ';

export interface RequestNumberParts {
  /** 6 upper-case letters or digits, given once to one terminal and never again. */
  readonly terminal: string;
  /** The terminal's own counter, from its journal: it only grows, so the number is unique for ever without asking anybody. */
  readonly counter: number;
}

export type RequestNumberError = 'form' | 'check-character';

/** 'YTJ' + terminal + counter (6 digits, more when it has grown) + check character (ISO 7064 Mod 37,36). */
export function makeRequestNumber({ terminal, counter }: RequestNumberParts): string {
  if (!/^[0-9A-Z]{6}$/.test(terminal)) throw new RangeError('a terminal id has 6 upper-case letters or digits');
  if (!Number.isInteger(counter) || counter < 1 || counter > 999_999_999_999)
    throw new RangeError('a request counter is 1 to 12 digits');
  const body = PREFIX + terminal + String(counter).padStart(6, '0');
  return body + checkCharacter(body);
}

/** Reads a number as typed or scanned: spaces, hyphens and lower case are accepted. One request has one spelling only. */
export function parseRequestNumber(
  text: string,
): Result<RequestNumberParts & { readonly number: string }, RequestNumberError> {
  const number = normaliseTypedNumber(text);
  const match = /^YTJ([0-9A-Z]{6})(\d{6}|[1-9]\d{6,11})[0-9A-Z]$/.exec(number);
  if (!match || match[2] === '000000') return err('form');
  if (!hasValidCheckCharacter(number)) return err('check-character');
  return ok({ number, terminal: match[1]!, counter: Number(match[2]) });
}

/** In groups that can be read aloud: 'YTJ JZ0030 000427 K'. */
export function formatRequestNumber(number: string): string {
  return [number.slice(0, 3), number.slice(3, 9), number.slice(9, -1), number.slice(-1)].join(' ');
}
