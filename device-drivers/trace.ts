/** Bytes from one place up to, not including, another. */
export type Span = readonly [from: number, to: number];

/**
 * Takes what went to or came from a device. `personal` are the bytes that stand for a person (the text and picture of a
 * card, a card number, a PIN block, the text of a slip): they are never kept. Whoever does not know says 'all'.
 */
export type Trace = (direction: 'out' | 'in', bytes: Uint8Array, personal?: readonly Span[] | 'all') => void;

/** A line shows so many bytes; the rest is counted. */
const SHOWN_BYTES = 128;

/** Hex with personal bytes as `··`; `more` counts what is left out. */
export function maskedHex(
  bytes: Uint8Array,
  personal: readonly Span[] | 'all' = [],
): { readonly hex: string; readonly more?: number } {
  const spans = personal === 'all' ? [[0, bytes.length] as const] : personal;
  const hidden = (at: number) => spans.some(([from, to]) => at >= from && at < to);
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte, at) =>
    hidden(at) ? '··' : byte.toString(16).toUpperCase().padStart(2, '0'),
  );
  const more = bytes.length - shown.length;
  return { hex: shown.join(' '), ...(more > 0 ? { more } : {}) };
}
