import type { PadKey } from '@kiosk/contract/services/devices.ts';

/** What a byte outside the frames means. timeout: the pad ended the entry by itself. */
export type KeyMeaning = PadKey | 'timeout';

const DIGITS = Object.fromEntries(
  Array.from({ length: 10 }, (_, digit) => [0x30 + digit, String(digit) as PadKey]),
) as Record<number, KeyMeaning>;

const COMMON: Readonly<Record<number, KeyMeaning>> = {
  ...DIGITS,
  0x1b: 'cancel',
  0x0d: 'enter',
  0x80: 'timeout',
  // Function keys F1 to F5 beside the screen; the further ones have no meaning here.
  0x41: 'up',
  0x42: 'down',
  0x43: 'left',
  0x44: 'right',
  0x45: 'tab',
};

/** Key tables differ between models; the machine's configuration names the one, and single keys where it must. */
export const LAYOUTS: Readonly<Record<'standard' | 'h6j', Readonly<Record<number, KeyMeaning>>>> = {
  standard: { ...COMMON, 0x08: 'clear', 0x22: 'doubleZero', 0x2e: 'point' },
  h6j: { ...COMMON, 0x08: 'up', 0x25: 'down', 0x23: 'clear', 0x2a: 'point' },
};

/** A digit of a PIN as the pad shows it. */
export const MASK = 0x2a;

/** While a PIN is typed: a masked digit, a key that steers, or undefined for noise. Digits must not come here at all. */
export function pinKey(layout: Readonly<Record<number, KeyMeaning>>, byte: number): KeyMeaning | 'digit' | undefined {
  if (byte === MASK) return 'masked';
  if (byte >= 0x30 && byte <= 0x39) return 'digit';
  return layout[byte];
}
