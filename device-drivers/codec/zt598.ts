/**
 * The byte protocol of ZT588/ZT598-type encrypting PIN pads, after two published drivers for pads of this family; the
 * maker's manual was not at hand, so bring-up compares it with the pad (README).
 *
 *   request  02 | length, 3 decimal digits | command, data | 03 | XOR, 2 hex digits
 *   answer   02 | length, 3 decimal digits | RTN, data     | 03 | XOR, 2 hex digits
 *
 * The length counts command (or RTN, one raw byte) and data; an answer of 999 bytes or more has `000` and then four
 * digits. The XOR goes from the first digit of the length to 03. While keys may be pressed their bytes come between the
 * frames.
 */
const STX = 0x02;
const ETX = 0x03;
/** Requests longer than this have no length the pad would understand. */
export const MAX_REQUEST = 998;
/** Longest answer that is believed; the longest real one is a 1,024-character ciphertext. */
export const MAX_ANSWER = 2048;
const TRAILER = 3;

export interface PadAnswer {
  readonly rtn: number;
  readonly data: Uint8Array;
}

export function encodeRequest(body: Uint8Array): Uint8Array {
  if (body.length === 0 || body.length > MAX_REQUEST) throw new RangeError(`a request has 1 to ${MAX_REQUEST} bytes`);
  return frame(digits(body.length, 3), body);
}

export function encodeAnswer({ rtn, data }: PadAnswer): Uint8Array {
  const length = data.length + 1;
  if (length > MAX_ANSWER) throw new RangeError(`an answer has at most ${MAX_ANSWER} bytes`);
  const body = Buffer.concat([Buffer.of(rtn), data]);
  return frame(length < 999 ? digits(length, 3) : `000${digits(length, 4)}`, body);
}

function frame(length: string, body: Uint8Array): Uint8Array {
  const checked = Buffer.concat([Buffer.from(length), body, Buffer.of(ETX)]);
  return Buffer.concat([Buffer.of(STX), checked, Buffer.from(hex(xor(checked)))]);
}

export type PadPart =
  | { readonly is: 'frame'; readonly body: Uint8Array }
  /** One byte outside every frame: a key, or noise. */
  | { readonly is: 'byte'; readonly byte: number }
  /** A frame whose end or checksum is wrong. Its bytes are gone: payload must never be taken for keys. */
  | { readonly is: 'broken' };

/** `pending` is a frame that is not whole yet, in memory of its own; it goes into the next call. */
export interface Decoded {
  readonly pending: Uint8Array;
  readonly parts: readonly PadPart[];
}

export const NOTHING_PENDING = new Uint8Array(0);

/** Takes the next chunk, cut anywhere, and separates frames from the key bytes between them. */
export function decode(pending: Uint8Array, chunk: Uint8Array): Decoded {
  let rest: Uint8Array = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  const parts: PadPart[] = [];
  /** While more than this is left, the bytes still belong to a broken frame and are no keys. */
  let keysFrom = rest.length;
  while (rest.length > 0) {
    if (rest[0] !== STX) {
      if (rest.length <= keysFrom) parts.push({ is: 'byte', byte: rest[0]! });
      rest = rest.subarray(1);
      continue;
    }
    const head = readHead(rest);
    if (head === 'cut') break;
    if (head === 'none') {
      parts.push({ is: 'broken' });
      rest = rest.subarray(1);
      continue;
    }
    const end = head.start + head.length + TRAILER;
    if (rest.length < end) break;
    if (isSound(rest, head.start + head.length)) {
      parts.push({ is: 'frame', body: rest.slice(head.start, head.start + head.length) });
      rest = rest.subarray(end);
    } else {
      parts.push({ is: 'broken' });
      // A spoilt length may reach into the frame behind it, so that is looked for; everything before it is dropped.
      keysFrom = Math.min(keysFrom, rest.length - end);
      rest = rest.subarray(nextFrame(rest, end));
    }
  }
  return { pending: Uint8Array.from(rest), parts };
}

/** Where the body starts and how long it is; `cut`: not yet to be seen; `none`: this 02 begins no frame. */
function readHead(bytes: Uint8Array): { readonly start: number; readonly length: number } | 'cut' | 'none' {
  const short = number(bytes, 1, 4);
  if (typeof short === 'string') return short;
  if (short > 0) return { start: 4, length: short };
  const long = number(bytes, 4, 8);
  if (typeof long === 'string') return long;
  return long > 0 && long <= MAX_ANSWER ? { start: 8, length: long } : 'none';
}

function number(bytes: Uint8Array, from: number, to: number): number | 'cut' | 'none' {
  let value = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte === undefined) return 'cut';
    if (byte < 0x30 || byte > 0x39) return 'none';
    value = value * 10 + byte - 0x30;
  }
  return value;
}

function isSound(bytes: Uint8Array, etx: number): boolean {
  if (bytes[etx] !== ETX) return false;
  return (
    Buffer.from(bytes.subarray(etx + 1, etx + TRAILER)).toString('latin1') === hex(xor(bytes.subarray(1, etx + 1)))
  );
}

/** The next 02 inside a broken frame that may begin one, or the end of the broken frame. */
function nextFrame(bytes: Uint8Array, end: number): number {
  for (let i = 1; i < end; i++) {
    if (bytes[i] === STX && readHead(bytes.subarray(i)) !== 'none') return i;
  }
  return end;
}

export function parseAnswer(body: Uint8Array): PadAnswer | undefined {
  const [rtn] = body;
  return rtn === undefined ? undefined : { rtn, data: body.subarray(1) };
}

export const isSuccess = (rtn: number): boolean => (rtn >= 0x60 && rtn <= 0x9f) || rtn === 0xa3;

export const RTN = {
  success: 0x60,
  emptySlot: 0xe4,
  wrongUse: 0xe5,
  badKey: 0xe7,
  badLength: 0xe8,
  badData: 0xe9,
  notAuthenticated: 0xec,
  timeout: 0xee,
  other: 0xef,
  locked: 0xfb,
  tampered: 0xdd,
  removed: 0xff,
} as const;

const MEANINGS: Readonly<Record<number, string>> = {
  0xdc: 'MAC of the command wrong',
  [RTN.tampered]: 'the pad was opened',
  0xe0: 'battery low',
  0xe3: 'key length wrong',
  [RTN.emptySlot]: 'no key in this slot',
  [RTN.wrongUse]: 'no key of this use in this slot',
  0xe6: 'key parity wrong',
  [RTN.badKey]: 'key or its check value wrong',
  [RTN.badLength]: 'command length wrong',
  [RTN.badData]: 'data wrong',
  0xeb: 'parameter wrong',
  [RTN.notAuthenticated]: 'not authenticated',
  0xed: 'authentication locked for a while',
  [RTN.timeout]: 'no key was pressed in time',
  [RTN.other]: 'other error, or no PIN entered',
  0xf8: 'mode wrong',
  [RTN.locked]: 'command locked',
  [RTN.removed]: 'the removal switch is open',
};

/** For logs: `RTN E4: no key in this slot`. Never the data. */
export const describeRtn = (rtn: number): string => `RTN ${hex(rtn)}: ${MEANINGS[rtn] ?? 'not known'}`;

const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
const digits = (value: number, count: number) => String(value).padStart(count, '0');
const xor = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum ^ byte, 0);
