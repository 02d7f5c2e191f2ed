import { randomBytes } from 'node:crypto';
import { normaliseVerificationCode } from '@kiosk/documents/verification.ts';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: with five tries and a day to live nobody guesses it, and a technician types it on a phone's keys. */
const LENGTH = 10;

/** A one-time code, grouped as it is told: K7M2P-9QXDT. */
export function newEnrolmentCode(random: (n: number) => Uint8Array = randomBytes): string {
  const code = [...random(LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** As typed: spaces, hyphens, small letters, and O I L for 0 1 1. */
export const typedCode = normaliseVerificationCode;
