import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import { luhnValid } from '../luhn.ts';
import { type Tlv, findTag } from './tlv.ts';

export const TAG = {
  pan: 0x5a,
  track2: 0x57,
  expires: 0x5f24,
  holderDocumentNumber: 0x9f61,
  holderDocumentKind: 0x9f62,
  applicationId: 0x4f,
  priority: 0x87,
  applicationTemplate: 0x61,
  sfi: 0x88,
  pdol: 0x9f38,
  afl: 0x94,
  format1: 0x80,
} as const;

/** Track 2 equivalent data: number, nibble D, YYMM, service code, discretionary data, F to fill the last byte. */
export interface Track2Equivalent {
  readonly number: string;
  /** 'YYYY-MM'; absent for 0000, which means no expiry. */
  readonly expires?: string;
}

/** Objects of all records of an application, as a card. Errors name the tag, never its value. */
export function cardFromRecords(objects: readonly Tlv[], applicationId: string): Result<BankCard, string> {
  const track2Bytes = findTag(objects, TAG.track2);
  const track2 = track2Bytes && parseTrack2Equivalent(track2Bytes);
  const panBytes = findTag(objects, TAG.pan);
  const number = (panBytes && panDigits(panBytes)) ?? track2?.number;
  if (number === undefined)
    return err(panBytes || track2Bytes ? 'card number is not one' : 'no card number in any record');
  const expiresBytes = findTag(objects, TAG.expires);
  const expires = (expiresBytes && monthOf(hex(expiresBytes))) ?? track2?.expires;
  const holder = holderOf(objects);
  return ok({
    source: 'chip',
    number,
    luhnValid: luhnValid(number),
    ...(expires === undefined ? {} : { expires }),
    ...(holder === undefined ? {} : { holder }),
    applicationId,
  });
}

/** 5A: binary coded decimal, filled on the right with F. undefined when it is not 12 to 19 digits. */
export function panDigits(bytes: Uint8Array): string | undefined {
  return /^(\d{12,19})F*$/.exec(hex(bytes))?.[1];
}

/** 57. undefined when it does not begin with a number and a separator. */
export function parseTrack2Equivalent(bytes: Uint8Array): Track2Equivalent | undefined {
  const match = /^(\d{12,19})D(\d{4})?/.exec(hex(bytes));
  if (!match?.[1]) return undefined;
  const expires = match[2] === undefined ? undefined : monthOf(match[2]);
  return { number: match[1], ...(expires === undefined ? {} : { expires }) };
}

/**
 * 'YYMM…' as 'YYYY-MM'. Two digits of a year mean 2000 to 2099: cards of the century before have expired. undefined for
 * 0000 (no expiry) and for what is no month.
 */
export function monthOf(digits: string): string | undefined {
  const match = /^(\d\d)(0[1-9]|1[0-2])/.exec(digits);
  return match ? `20${match[1]}-${match[2]}` : undefined;
}

/** 9F61 and 9F62 are the Chinese additions for the holder's document; kind 00 is the resident ID card. */
function holderOf(objects: readonly Tlv[]): BankCard['holder'] {
  const number = findTag(objects, TAG.holderDocumentNumber);
  if (!number) return undefined;
  const documentNumber = printable(number);
  if (documentNumber === undefined) return undefined;
  return { documentNumber, documentKind: hex(findTag(objects, TAG.holderDocumentKind) ?? new Uint8Array(0)) };
}

/** Letters and digits, padding taken away; undefined when something else is in it or nothing is left. */
function printable(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/[ \0]+$/, '');
  return /^[0-9A-Za-z()-]{1,40}$/.test(text) ? text : undefined;
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
