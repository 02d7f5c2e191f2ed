import { err, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { isCalendarDate, type CalendarDate } from './dates.ts';

/** Weights of the 17 body digits and the check character by remainder, GB 11643-1999 (ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export interface IdNumber {
  /** 18 characters, X in upper case. */
  readonly value: string;
  /** Six digits of GB/T 2260, not looked up: divisions come and go, and old numbers keep theirs. */
  readonly region: string;
  readonly birthDate: CalendarDate;
  readonly sex: 'male' | 'female';
}

/** The first check that failed, in the order they are made. */
export type IdNumberError = 'length' | 'characters' | 'birth-date' | 'check-digit';

/**
 * Reads a citizen identity number (公民身份号码). Surrounding and inner spaces are dropped, x becomes X, full-width digits become digits.
 * A future birth date is not an error here: whoever knows today compares.
 */
export function parseIdNumber(text: string): Result<IdNumber, IdNumberError> {
  const value = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if ([...value].length !== 18) return err('length');
  if (!/^\d{17}[\dX]$/.test(value)) return err('characters');
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (!isCalendarDate(birthDate) || birthDate < '1800') return err('birth-date');
  if (idCheckCharacter(value.slice(0, 17)) !== value[17]) return err('check-digit');
  return ok({ value, region: value.slice(0, 6), birthDate, sex: Number(value[16]) % 2 === 1 ? 'male' : 'female' });
}

/** The 18th character for a body of 17 digits. */
export function idCheckCharacter(body: string): string {
  if (!/^\d{17}$/.test(body)) throw new RangeError('the body of an ID number has 17 digits');
  const total = WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0);
  return CHECK_CHARACTERS[total % 11]!;
}
