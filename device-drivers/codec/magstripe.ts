import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { BankCard } from '@kiosk/contract/services/devices.ts';
import { monthOf } from './emv/card-data.ts';
import { luhnValid } from './luhn.ts';

/** Text of the tracks as a reader gives it: with or without sentinels (% ; ?) and check character. */
export interface Tracks {
  /** At most 79 characters: %B number ^ name ^ YYMM service code, discretionary ? */
  readonly track1?: string | undefined;
  /** At most 40 characters: ; number = YYMM service code, discretionary ? */
  readonly track2?: string | undefined;
}

export interface Stripe {
  readonly number: string;
  /** 'YYYY-MM'; absent for 0000, which means no expiry. */
  readonly expires?: string;
  /** Three digits; 2 or 6 at its front: the card has a chip, which is to be used. */
  readonly serviceCode?: string;
}

const MAX_TRACK1 = 79 + 1;
const MAX_TRACK2 = 40 + 1;
/** ISO 7813. The name and what follows the service code are looked over and never kept. */
const TRACK1 = /^%?B(\d{12,19})\^[^^]{0,26}\^(\d{4}|\^)(\d{3}|\^)?/;
const TRACK2 = /^;?(\d{12,19})=(\d{4}|=)(\d{3}|=)?/;

/** Reads track 2, else track 1. Error: which tracks there were, never their text. */
export function parseStripe({ track1, track2 }: Tracks): Result<Stripe, string> {
  const match =
    (track2 && track2.length <= MAX_TRACK2 ? TRACK2.exec(track2) : null) ??
    (track1 && track1.length <= MAX_TRACK1 ? TRACK1.exec(track1) : null);
  if (!match?.[1]) return err(`no card number on ${track1 || track2 ? 'the tracks that were read' : 'any track'}`);
  const expires = monthOf(match[2]!);
  const serviceCode = /^\d{3}$/.test(match[3] ?? '') ? match[3] : undefined;
  return ok({
    number: match[1],
    ...(expires === undefined ? {} : { expires }),
    ...(serviceCode === undefined ? {} : { serviceCode }),
  });
}

export function cardFromStripe({ number, expires }: Stripe): BankCard {
  return { source: 'stripe', number, luhnValid: luhnValid(number), ...(expires === undefined ? {} : { expires }) };
}

/** The service code says that the card has a chip. */
export const hasChip = ({ serviceCode }: Stripe) =>
  serviceCode?.startsWith('2') === true || serviceCode?.startsWith('6') === true;

/** Longest answer that is looked through for tracks: three full tracks and what separates them. */
const MAX_ANSWER = 512;

/**
 * Finds tracks 1 and 2 in the bytes of a reader that gives all tracks in one answer. Firmware differs in what stands
 * between them, so they are known by their own shape.
 */
export function findTracks(bytes: Uint8Array): Tracks {
  const text = Buffer.from(bytes.subarray(0, MAX_ANSWER)).toString('latin1');
  return {
    track1: /%?B\d{12,19}\^[^^?]{0,26}\^[^?^]{0,40}/.exec(text)?.[0],
    track2: /(?<!\d)\d{12,19}=[\d=]{0,20}/.exec(text)?.[0],
  };
}
