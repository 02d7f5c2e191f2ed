/**
 * Codes made to do harm (BadBarcode): Code 128 can carry all 128 characters of ASCII, and a scanner that poses as a
 * keyboard types them. Every code point, in front of, inside and behind an ordinary code.
 */
export interface HostileCode {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const CODE = 'TICKET-20261121-0042';

export const badBarcodes: readonly HostileCode[] = Array.from({ length: 128 }, (_, point) => point).flatMap((point) =>
  [0, 7, CODE.length].map((at) => ({
    name: `U+${point.toString(16).padStart(4, '0')} at ${at}`,
    bytes: Buffer.concat([Buffer.from(CODE.slice(0, at)), Buffer.of(point), Buffer.from(CODE.slice(at))]),
  })),
);

/** Beyond ASCII: bytes that are no UTF-8, and characters that no screen shows as what they are. */
export const badText: readonly HostileCode[] = [
  { name: 'a lone continuation byte', bytes: Buffer.of(0x41, 0x80, 0x41) },
  { name: 'an overlong slash', bytes: Buffer.of(0x41, 0xc0, 0xaf) },
  { name: 'half a surrogate pair', bytes: Buffer.of(0xed, 0xa0, 0x80) },
  { name: 'beyond the last plane', bytes: Buffer.of(0xf4, 0x90, 0x80, 0x80) },
  { name: 'a cut character', bytes: Buffer.of(0x41, 0xe5, 0x85) },
  { name: 'GB18030 where UTF-8 is due', bytes: Buffer.of(0xb9, 0xab, 0xbb, 0xfd) },
  { name: 'a C1 control', bytes: Buffer.from('A\u0085B') },
  { name: 'a mark that turns the direction', bytes: Buffer.from('A\u202eB') },
  { name: 'a byte order mark', bytes: Buffer.from('\ufeffABCD') },
  { name: 'a line separator', bytes: Buffer.from('A\u2028B') },
  { name: 'a private character', bytes: Buffer.from('A\ue000B') },
];
