import { err, ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { normaliseTypedNumber } from './check-char.ts';

/** No 0 O, 1 I L: 31 characters that survive a bad line and a bad pen. 31 is prime, which the check below needs. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RANDOM_CHARACTERS = 7;

/**
 * A short code to go on with at the counter or by phone without retyping: 7 random characters (27 thousand million codes) and a check
 * character. Alone it reveals nothing; whoever quotes it is identified again.
 * `random` gives n unpredictable bytes.
 */
export function makeResumeCode(random: (count: number) => Uint8Array): string {
  let body = '';
  while (body.length < RANDOM_CHARACTERS) {
    for (const byte of random(RANDOM_CHARACTERS)) {
      // 248 is the largest multiple of 31 in a byte: beyond it the first letters would come too often.
      if (byte < 248 && body.length < RANDOM_CHARACTERS) body += ALPHABET[byte % 31];
    }
  }
  return body + check(body);
}

/** Reads a code as typed: spaces, hyphens and lower case are accepted. */
export function parseResumeCode(text: string): Result<string, 'form' | 'check-character'> {
  const code = normaliseTypedNumber(text);
  if (code.length !== RANDOM_CHARACTERS + 1 || [...code].some((char) => !ALPHABET.includes(char))) return err('form');
  return check(code.slice(0, -1)) === code.at(-1) ? ok(code) : err('check-character');
}

/** 'H7KM 3PQZ'. */
export function formatResumeCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** Weighted sum modulo a prime: catches every single wrong character and every swap, near or far. */
function check(body: string): string {
  const total = [...body].reduce((sum, char, i) => sum + (i + 2) * ALPHABET.indexOf(char), 0);
  return ALPHABET[total % 31]!;
}
