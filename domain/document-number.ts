import { err, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { checkCharacter, hasValidCheckCharacter, normaliseTypedNumber } from './check-char.ts';
import { isCalendarDate, type CalendarDate } from './dates.ts';

/** The number of a document that carries the centre's word. The platform gives it when it renders; no terminal can make one. */
export interface DocumentNumberParts {
  /** The centre's own code, 8 letters or digits. */
  readonly centre: string;
  /** Day of issue, China time. */
  readonly date: CalendarDate;
  /** Terminal that asked, 6 letters or digits. */
  readonly terminal: string;
  /** 1–999999 within centre, day and terminal. */
  readonly sequence: number;
}

export type DocumentNumberError = 'form' | 'date' | 'check-character';

/** 29 characters: centre 8, date 8, terminal 6, sequence 6, check character (ISO 7064 Mod 37,36). Throws when a part does not fit. */
export function makeDocumentNumber(parts: DocumentNumberParts): string {
  const { centre, date, terminal, sequence } = parts;
  if (!/^[0-9A-Z]{8}$/.test(centre)) throw new RangeError('a centre code has 8 upper-case letters or digits');
  if (!/^[0-9A-Z]{6}$/.test(terminal)) throw new RangeError('a terminal id has 6 upper-case letters or digits');
  if (!isCalendarDate(date)) throw new RangeError('a document number needs a calendar date');
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999_999)
    throw new RangeError('a document sequence is 1 to 999999');
  const body = centre + date.replaceAll('-', '') + terminal + String(sequence).padStart(6, '0');
  return body + checkCharacter(body);
}

/** Reads a number as typed or scanned: spaces, hyphens and lower case are accepted. */
export function parseDocumentNumber(
  text: string,
): Result<DocumentNumberParts & { readonly number: string }, DocumentNumberError> {
  const number = normaliseTypedNumber(text);
  const match = /^([0-9A-Z]{8})(\d{4})(\d{2})(\d{2})([0-9A-Z]{6})(\d{6})[0-9A-Z]$/.exec(number);
  if (!match || match[6] === '000000') return err('form');
  const date = `${match[2]}-${match[3]}-${match[4]}`;
  if (!isCalendarDate(date)) return err('date');
  if (!hasValidCheckCharacter(number)) return err('check-character');
  return ok({ number, centre: match[1]!, date, terminal: match[5]!, sequence: Number(match[6]) });
}

/** In groups that can be read aloud and typed again: '38010000 20261121 JZ0030 000427 K'. */
export function formatDocumentNumber(number: string): string {
  return [number.slice(0, 8), number.slice(8, 16), number.slice(16, 22), number.slice(22, 28), number.slice(28)].join(
    ' ',
  );
}
