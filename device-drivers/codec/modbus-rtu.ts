/**
 * Frames of Modbus RTU (Modbus over Serial Line V1.02): address, function, data, CRC-16 with its low byte first. There is
 * no start byte; a frame's length follows from its function, so that cut and merged reads need no timing.
 */
export const MAX_FRAME = 256;
const SMALLEST = 5;

export interface RtuFrame {
  readonly address: number;
  readonly fn: number;
  /** Between function and CRC. */
  readonly data: Uint8Array;
}

export function encode({ address, fn, data }: RtuFrame): Uint8Array {
  const body = Uint8Array.of(address, fn, ...data);
  if (body.length + 2 > MAX_FRAME) throw new RangeError(`a frame holds at most ${MAX_FRAME} bytes`);
  const crc = crc16(body);
  return Uint8Array.of(...body, crc & 0xff, crc >> 8);
}

export interface Decoded {
  readonly pending: Uint8Array;
  readonly frames: readonly RtuFrame[];
}

export const NOTHING_PENDING = new Uint8Array(0);

/**
 * Takes the next chunk, cut anywhere. What is no frame with a right CRC is skipped byte by byte; with an `address`, so is
 * every byte that is not that of the board in question, and noise can hardly pretend to be a frame.
 */
export function decode(pending: Uint8Array, chunk: Uint8Array, from: 'master' | 'slave', address?: number): Decoded {
  let rest: Uint8Array = Buffer.concat([pending, chunk]);
  const frames: RtuFrame[] = [];
  while (rest.length >= 2) {
    if (address !== undefined && rest[0] !== address) {
      rest = rest.subarray(1);
      continue;
    }
    const length = from === 'slave' ? answerLength(rest) : requestLength(rest);
    if (length === undefined) break;
    if (length === 0 || length > MAX_FRAME) {
      rest = rest.subarray(1);
    } else if (rest.length < length) {
      break;
    } else if (crc16(rest.subarray(0, length)) !== 0) {
      rest = rest.subarray(1);
    } else {
      frames.push({ address: rest[0]!, fn: rest[1]!, data: rest.slice(2, length - 2) });
      rest = rest.subarray(length);
    }
  }
  return { pending: rest.slice(), frames };
}

/** 0: no function of ours; undefined: not yet to be seen. */
function answerLength(bytes: Uint8Array): number | undefined {
  const fn = bytes[1]!;
  if ((fn & 0x80) !== 0) return isKnown(fn & 0x7f) ? SMALLEST : 0;
  if (fn >= 1 && fn <= 4) return bytes.length < 3 ? undefined : SMALLEST + bytes[2]!;
  return isKnown(fn) ? 8 : 0;
}

function requestLength(bytes: Uint8Array): number | undefined {
  const fn = bytes[1]!;
  if (fn >= 1 && fn <= 6) return 8;
  if (!isKnown(fn)) return 0;
  return bytes.length < 7 ? undefined : 9 + bytes[6]!;
}

const isKnown = (fn: number) => (fn >= 1 && fn <= 6) || fn === 15 || fn === 16;

/** Polynomial A001 (reflected 8005), start FFFF. Over a frame with its CRC it gives 0. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
