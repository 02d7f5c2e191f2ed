import {
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
 * CREATOR CRT-571 and CRT-591:
 *
 *   F2 | address | length, 2 bytes big-endian | text | 03 | XOR of all bytes before
 *
 * Taken from a transcribed manual of the CRT-591 and two independent drivers of the CRT-571.
 */
const ETX = 0x03;

const FRAMING: Framing = {
  lengthAt: 2,
  trailer: 2,
  isWhole: (frame) => frame.at(-2) === ETX && bcc(frame) === 0,
  cancel: [EOT],
};

export const crtCancel = Uint8Array.of(EOT);
/** A good answer has st0 (card), st1 (stacker) and st2 (bin). */
export const CRT_STATUS_LENGTH = 3;

/** `address`: 0 to 15, as the switches of the reader say. */
export function encodeCrt(text: Uint8Array, address = 0): Uint8Array {
  const frame = Uint8Array.of(STX, address, text.length >> 8, text.length & 0xff, ...text, ETX, 0);
  frame[frame.length - 1] = bcc(frame);
  return frame;
}

export const decodeCrt = (pending: Uint8Array, chunk: Uint8Array): Decoded => decodeLine(FRAMING, pending, chunk);

function bcc(bytes: Uint8Array): number {
  return bytes.reduce((xor, byte) => xor ^ byte, 0);
}

/** cm and pm of every command that both models have, and of the stripe variant. */
export const CRT = {
  initialiseToGate: { cm: 0x30, pm: 0x30 },
  initialiseCapture: { cm: 0x30, pm: 0x31 },
  initialiseLeave: { cm: 0x30, pm: 0x33 },
  /** As the three before, with the counter of retracted cards. */
  initialiseToGateCounted: { cm: 0x30, pm: 0x34 },
  initialiseCaptureCounted: { cm: 0x30, pm: 0x35 },
  initialiseLeaveCounted: { cm: 0x30, pm: 0x37 },
  status: { cm: 0x31, pm: 0x30 },
  sensors: { cm: 0x31, pm: 0x31 },
  /** The holding position is at the gate: a person can take the card, and it can still be drawn in. */
  moveToGate: { cm: 0x32, pm: 0x30 },
  moveToChip: { cm: 0x32, pm: 0x31 },
  moveToRadio: { cm: 0x32, pm: 0x32 },
  moveToBin: { cm: 0x32, pm: 0x33 },
  /** Only on a variant with a magnetic head. */
  moveToStripe: { cm: 0x32, pm: 0x34 },
  moveOut: { cm: 0x32, pm: 0x39 },
  enableEntry: { cm: 0x33, pm: 0x30 },
  disableEntry: { cm: 0x33, pm: 0x31 },
  /** Variant with a magnetic head; it may answer with the head of an error and carry the tracks all the same. */
  readTracks: { cm: 0x36, pm: 0x37 },
  detectChip: { cm: 0x50, pm: 0x30 },
  detectRadio: { cm: 0x50, pm: 0x31 },
  chipReset: { cm: 0x51, pm: 0x30 },
  chipOff: { cm: 0x51, pm: 0x31 },
  chipStatus: { cm: 0x51, pm: 0x32 },
  chipT0: { cm: 0x51, pm: 0x33 },
  chipT1: { cm: 0x51, pm: 0x34 },
  chipWarmReset: { cm: 0x51, pm: 0x38 },
  chipAuto: { cm: 0x51, pm: 0x39 },
  samReset: { cm: 0x52, pm: 0x30 },
  samOff: { cm: 0x52, pm: 0x31 },
  samSlot: { cm: 0x52, pm: 0x40 },
  radioOn: { cm: 0x60, pm: 0x30 },
  radioOff: { cm: 0x60, pm: 0x31 },
  radioStatus: { cm: 0x60, pm: 0x32 },
  serialNumber: { cm: 0xa2, pm: 0x30 },
  configuration: { cm: 0xa3, pm: 0x30 },
  version: { cm: 0xa4, pm: 0x30 },
  binCounter: { cm: 0xa5, pm: 0x30 },
} as const satisfies Record<string, ReaderCommand>;

export function crtPosition({ code }: ReaderAnswer): 'none' | 'gate' | 'inside' | undefined {
  return ({ '0': 'none', '1': 'gate', '2': 'inside' } as const)[code.charAt(0)];
}

export const crtBinFull = ({ code }: ReaderAnswer) => code.charAt(2) === '1';

const ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  ...SHARED_ERRORS,
  '40': { is: 'notRetained', text: 'card cannot be captured' },
  '45': { is: 'pulled', text: 'card moved by hand' },
  A0: { is: 'device', text: 'stacker, error A0' },
  A1: { is: 'device', text: 'stacker, error A1' },
};

export const crtError = (code: string): ErrorMeaning => ERRORS[code] ?? UNKNOWN_ERROR;
export const CRT_ERRORS = Object.keys(ERRORS);
