import { createHmac, timingSafeEqual } from 'node:crypto';
import { normaliseTypedNumber } from '@kiosk/domain/check-char.ts';

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/**
 * The code printed on a document (验证码): 16 characters, 80 bits of HMAC-SHA-256 over its canonical content. Only who holds the key
 * can make one, so that a changed amount no longer fits its code.
 */
export function verificationCode(canonicalContent: string, key: Uint8Array): string {
  const digest = createHmac('sha256', key).update(canonicalContent, 'utf8').digest();
  let bits = BigInt(`0x${digest.subarray(0, (LENGTH * 5) / 8).toString('hex')}`);
  let code = '';
  for (let i = 0; i < LENGTH; i++, bits >>= 5n) code = ALPHABET[Number(bits & 31n)]! + code;
  return code;
}

/** A code as typed by a person: spaces, hyphens, lower case, and O I L for 0 1 1. */
export function normaliseVerificationCode(text: string): string {
  return normaliseTypedNumber(text).replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** Compares in constant time: the code is a secret of whoever holds the paper. */
export function sameVerificationCode(typed: string, expected: string): boolean {
  const a = Buffer.from(normaliseVerificationCode(typed));
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** 'K7QM 2F9X 0TBA 41ZC'. */
export function formatVerificationCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

/** What the QR code holds: an address, the document's number and its code, and nothing about the person. */
export function verificationLink(verifyUrl: string, documentNumber: string, code: string): string {
  return `${verifyUrl}?n=${documentNumber}&c=${code}`;
}
