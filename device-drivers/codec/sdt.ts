/**
 * The byte protocol between a host and the security module (SAM) of a second-generation ID card reader (GA 450 family).
 *
 *   AA AA AA 96 69 | length, 2 bytes big-endian | body | XOR of length and body
 *
 * The length counts body and checksum. A request's body is command, parameter, data; an answer's is SW1 SW2 SW3, data.
 */
export const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
/** Length of the longest frame that is believed; the longest real answer (text, photo, two fingerprints) has 2321 bytes. */
export const MAX_FRAME = 4096;
const HEADER = PREAMBLE.length + 2;
/** Command, parameter and checksum: nothing is shorter. */
const MIN_LENGTH = 3;

/** Command and parameter bytes. `findCard` succeeds with SW3 9F, everything else with 90. */
export const COMMANDS = {
  resetSam: [0x10, 0xff],
  samStatus: [0x11, 0xff],
  samId: [0x12, 0xff],
  findCard: [0x20, 0x01],
  selectCard: [0x20, 0x02],
  readTextPhoto: [0x30, 0x01],
  readNewAddress: [0x30, 0x03],
  readTextPhotoFingerprint: [0x30, 0x10],
  setSpeed: [0x60, 0x00],
  setMaxRfFrame: [0x61, 0xff],
} as const satisfies Record<string, readonly [number, number]>;
export type CommandName = keyof typeof COMMANDS;

/** Speeds of the serial line; the place in this list is the parameter of setSpeed. */
export const SPEEDS = [115200, 57600, 38400, 19200, 9600] as const;
export type Speed = (typeof SPEEDS)[number];

export interface SdtRequest {
  readonly command: number;
  readonly parameter: number;
  readonly data: Uint8Array;
}

export interface SdtAnswer {
  readonly sw1: number;
  readonly sw2: number;
  readonly sw3: number;
  readonly data: Uint8Array;
}

/** `speed` is what setSpeed sets; no other command takes anything. */
export function encodeRequest(name: CommandName, speed: Speed = SPEEDS[0]): Uint8Array {
  const [command, parameter] = COMMANDS[name];
  return encodeFrame(Uint8Array.of(command, name === 'setSpeed' ? SPEEDS.indexOf(speed) : parameter));
}

export function encodeAnswer(answer: SdtAnswer): Uint8Array {
  return encodeFrame(Uint8Array.of(answer.sw1, answer.sw2, answer.sw3, ...answer.data));
}

export function encodeFrame(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER + body.length + 1);
  if (frame.length > MAX_FRAME) throw new RangeError(`a frame holds at most ${MAX_FRAME} bytes, not ${frame.length}`);
  frame.set(PREAMBLE);
  new DataView(frame.buffer).setUint16(PREAMBLE.length, body.length + 1);
  frame.set(body, HEADER);
  frame[frame.length - 1] = checksum(frame.subarray(PREAMBLE.length, -1));
  return frame;
}

/** The body of a request as the reader sees it; undefined when it is too short to be one. */
export function parseRequest(body: Uint8Array): SdtRequest | undefined {
  const [command, parameter] = body;
  if (command === undefined || parameter === undefined) return undefined;
  return { command, parameter, data: body.subarray(2) };
}

/** The body of an answer; undefined when it is too short to be one. */
export function parseAnswer(body: Uint8Array): SdtAnswer | undefined {
  const [sw1, sw2, sw3] = body;
  if (sw1 === undefined || sw2 === undefined || sw3 === undefined) return undefined;
  return { sw1, sw2, sw3, data: body.subarray(3) };
}

/** `pending` is what was received and not yet understood, in memory of its own; it goes into the next call. */
export interface Decoded {
  readonly pending: Uint8Array;
  readonly bodies: readonly Uint8Array[];
}

export const NOTHING_PENDING = new Uint8Array(0);

/**
 * Takes the next chunk, cut anywhere, and gives the bodies of all frames that are now whole and have the right
 * checksum. Anything else is skipped up to the next preamble. A frame that fails is searched again from its second
 * byte, because a preamble found in garbage may have swallowed a real one.
 */
export function decode(pending: Uint8Array, chunk: Uint8Array): Decoded {
  let rest: Uint8Array = Buffer.concat([pending, chunk]);
  const bodies: Uint8Array[] = [];
  for (;;) {
    rest = rest.subarray(findPreamble(rest));
    if (rest.length < HEADER) return { pending: Uint8Array.from(rest), bodies };
    const length = (rest[PREAMBLE.length]! << 8) | rest[PREAMBLE.length + 1]!;
    const end = HEADER + length;
    if (length < MIN_LENGTH || end > MAX_FRAME) {
      rest = rest.subarray(1);
    } else if (rest.length < end) {
      return { pending: Uint8Array.from(rest), bodies };
    } else if (checksum(rest.subarray(PREAMBLE.length, end)) !== 0) {
      rest = rest.subarray(1);
    } else {
      bodies.push(rest.slice(HEADER, end - 1));
      rest = rest.subarray(end);
    }
  }
}

/** Where a preamble starts, or the part of one that the end of the bytes may have cut. */
function findPreamble(bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; start++) {
    const seen = Math.min(PREAMBLE.length, bytes.length - start);
    let i = 0;
    while (i < seen && bytes[start + i] === PREAMBLE[i]) i++;
    if (i === seen) return start;
  }
  return bytes.length;
}

function checksum(bytes: Uint8Array): number {
  let xor = 0;
  for (const byte of bytes) xor ^= byte;
  return xor;
}

/** SW1 and SW2 carry the card's own status for 31, 41, 47 and 81, so success is all three bytes, not SW3 alone. */
export function isStatus(answer: SdtAnswer, sw3: number): boolean {
  return answer.sw1 === 0 && answer.sw2 === 0 && answer.sw3 === sw3;
}

export const SW = {
  success: 0x90,
  noSuchItem: 0x91,
  cardFound: 0x9f,
  badChecksum: 0x10,
  badLength: 0x11,
  badCommand: 0x21,
  cardRejectsReader: 0x31,
  readerRejectsCard: 0x32,
  verificationFailed: 0x33,
  unknownCard: 0x40,
  readFailed: 0x41,
  samSelfTestFailed: 0x60,
  samNotAuthorised: 0x66,
  findFailed: 0x80,
  selectFailed: 0x81,
} as const;

const MEANINGS: Readonly<Record<number, string>> = {
  [SW.success]: 'success',
  [SW.noSuchItem]: 'no such item on the card',
  [SW.cardFound]: 'card found',
  [SW.badChecksum]: 'SAM received a wrong checksum',
  [SW.badLength]: 'SAM received a wrong length or too slowly',
  [SW.badCommand]: 'command or parameter not known',
  0x23: 'operation not authorised',
  0x24: 'error not known to the SAM',
  [SW.cardRejectsReader]: 'card rejects the reader',
  [SW.readerRejectsCard]: 'reader rejects the card',
  [SW.verificationFailed]: 'verification of the information failed',
  0x34: 'no card was found before',
  [SW.unknownCard]: 'card type not known',
  [SW.readFailed]: 'read failed, card left the field',
  0x47: 'card gave no random number',
  0x50: 'write failed',
  [SW.samSelfTestFailed]: 'SAM self-test failed, it refuses every command',
  0x61: 'user login failed',
  [SW.samNotAuthorised]: 'SAM not authorised',
  [SW.findFailed]: 'no card found',
  [SW.selectFailed]: 'card could not be selected',
};

/** For logs: `SW 00 00 41: read failed, card left the field`. */
export function describeStatus(answer: SdtAnswer): string {
  const bytes = [answer.sw1, answer.sw2, answer.sw3].map(hex).join(' ');
  return `SW ${bytes}: ${MEANINGS[answer.sw3] ?? 'status not known'}`;
}

const SAM_ID = 16;

/**
 * The number of the security module as vendors print it, `05.03-20130101-0000000001-0123456789`; from its 16 bytes, and
 * undefined from any other count of them.
 */
export function samNumber(data: Uint8Array): string | undefined {
  if (data.length !== SAM_ID) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const part = (offset: number, digits: number) => String(view.getUint32(offset, true)).padStart(digits, '0');
  const version = [view.getUint8(0), view.getUint8(2)].map((n) => String(n).padStart(2, '0')).join('.');
  return `${version}-${part(4, 8)}-${part(8, 10)}-${part(12, 10)}`;
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
