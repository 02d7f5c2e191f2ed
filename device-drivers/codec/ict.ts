import {
  DLE,
  EOT,
  SHARED_ERRORS,
  STX,
  UNKNOWN_ERROR,
  decodeLine,
  type Decoded,
  type ErrorMeaning,
  type Framing,
  type ReaderAnswer,
  type ReaderCommand,
} from './f2.ts';

/**
 * Sankyo ICT3Q8 and ICT3K, on a line of 8 data bits with even parity:
 *
 *   F2 | length, 2 bytes big-endian | text | CRC-16 (x16 + x12 + x5 + 1, from 0), big-endian, over all before
 *
 * Taken from the manufacturer's interface specification ASL-NP-09256 and a driver that uses it.
 */
const FRAMING: Framing = {
  lengthAt: 1,
  trailer: 2,
  isWhole: (frame) => crc16(frame) === 0,
  cancel: [DLE, EOT],
};

/** While the reader executes, it heeds nothing else. It answers with the same two bytes. */
export const ictCancel = Uint8Array.of(DLE, EOT);
/** A good answer has st1 and st0. */
export const ICT_STATUS_LENGTH = 2;

export function encodeIct(text: Uint8Array): Uint8Array {
  const frame = Uint8Array.of(STX, text.length >> 8, text.length & 0xff, ...text, 0, 0);
  const crc = crc16(frame.subarray(0, -2));
  frame[frame.length - 2] = crc >> 8;
  frame[frame.length - 1] = crc & 0xff;
  return frame;
}

export const decodeIct = (pending: Uint8Array, chunk: Uint8Array): Decoded => decodeLine(FRAMING, pending, chunk);

/** CRC-16/XMODEM; over bytes that end with their own check it is 0. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

/** cm and pm of the commands. `initialise*` need the data of ictInitialise. */
export const ICT = {
  initialiseEject: { cm: 0x30, pm: 0x30 },
  initialiseCapture: { cm: 0x30, pm: 0x31 },
  initialiseRetain: { cm: 0x30, pm: 0x32 },
  initialiseLeave: { cm: 0x30, pm: 0x33 },
  status: { cm: 0x31, pm: 0x30 },
  sensors: { cm: 0x31, pm: 0x31 },
  /** The specification advises against these in favour of the next three. */
  entryOld: { cm: 0x32, pm: 0x30 },
  enableEntry: { cm: 0x3a, pm: 0x30 },
  disableEntry: { cm: 0x3a, pm: 0x31 },
  /** Only a card with a magnetic stripe opens the shutter. */
  enableEntryStripe: { cm: 0x3a, pm: 0x32 },
  eject: { cm: 0x33, pm: 0x30 },
  capture: { cm: 0x33, pm: 0x31 },
  retrieve: { cm: 0x34, pm: 0x30 },
  readTrack1: { cm: 0x36, pm: 0x31 },
  readTrack2: { cm: 0x36, pm: 0x32 },
  readTrack3: { cm: 0x36, pm: 0x33 },
  clearTracks: { cm: 0x36, pm: 0x36 },
  trackState: { cm: 0x36, pm: 0x37 },
  pressContact: { cm: 0x40, pm: 0x30 },
  releaseContact: { cm: 0x40, pm: 0x32 },
  counter: { cm: 0x43, pm: 0x30 },
  chipOn: { cm: 0x49, pm: 0x30 },
  chipOff: { cm: 0x49, pm: 0x31 },
  chipStatus: { cm: 0x49, pm: 0x32 },
  chipT0: { cm: 0x49, pm: 0x33 },
  chipT1: { cm: 0x49, pm: 0x34 },
  chipLongPart: { cm: 0x49, pm: 0x35 },
  chipLongLast: { cm: 0x49, pm: 0x36 },
  chipLongMore: { cm: 0x49, pm: 0x37 },
  chipWarmReset: { cm: 0x49, pm: 0x38 },
  chipAuto: { cm: 0x49, pm: 0x39 },
  watchRemoval: { cm: 0x54, pm: 0x30 },
} as const satisfies Record<string, ReaderCommand>;

/** Added to the pm of an initialisation, it counts what that captures. */
export const ICT_COUNTED = 4;

export function ictPosition({ code }: ReaderAnswer): 'none' | 'gate' | 'inside' | undefined {
  return ({ '00': 'none', '01': 'gate', '02': 'inside' } as const)[code];
}

const ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  ...SHARED_ERRORS,
  '11': { is: 'device', text: 'shutter faulty' },
  '15': { is: 'device', text: 'memory faulty' },
  '17': { is: 'jam', text: 'card jammed while it was drawn in again' },
  '18': { is: 'device', text: 'switches set wrongly' },
  '19': { is: 'noCard', text: 'no card came in at the rear' },
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [
      `2${n}`,
      { is: 'stripe', text: 'stripe cannot be read or written' } as const,
    ]),
  ),
  '24': { is: 'stripe', text: 'stripe is blank' },
  '28': { is: 'stripe', text: 'stripe, check character wrong' },
  '30': { is: 'notInitialised', text: 'power went down' },
  '31': { is: 'device', text: 'DSR is off' },
  '40': { is: 'pulled', text: 'card pulled out while it was captured' },
  '45': { is: 'pulled', text: 'card was ejected by force' },
  '46': { is: 'notTaken', text: 'card was not taken in time' },
  '63': { is: 'chip', text: 'chip, error 63' },
  '64': { is: 'chip', text: 'chip, error 64' },
};

export const ictError = (code: string): ErrorMeaning => ERRORS[code] ?? UNKNOWN_ERROR;
export const ICT_ERRORS = Object.keys(ERRORS);
