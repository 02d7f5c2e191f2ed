/**
 * What the STX F2 families of motorised card readers share (CRT-571/591, ICT3Q8): frames that start with F2 and carry
 * their length, single control bytes between them, and the same texts: a command 'C' cm pm data, an answer
 * 'P' cm pm status data, or 'N' (some firmware: 'E') cm pm error data.
 */

export interface ReaderCommand {
  readonly cm: number;
  readonly pm: number;
  readonly data?: Uint8Array | undefined;
}

/** `code`: the status characters of a good answer ('1', '02'), or the two error characters ('10', 'B0'). */
export interface ReaderAnswer {
  readonly good: boolean;
  readonly cm: number;
  readonly pm: number;
  readonly code: string;
  readonly data: Uint8Array;
}

/** What stands on the line. `garbled`: a frame whose check failed. */
export type LineItem =
  | { readonly type: 'ack' | 'nak' | 'cancel' }
  | { readonly type: 'garbled' }
  | { readonly type: 'text'; readonly text: Uint8Array };

/** `pending` is what was received and not yet understood, in memory of its own; it goes into the next call. */
export interface Decoded {
  readonly pending: Uint8Array;
  readonly items: readonly LineItem[];
}

export const STX = 0xf2;
export const ACK = 0x06;
export const NAK = 0x15;
export const EOT = 0x04;
export const DLE = 0x10;
const COMMAND = 0x43;
const GOOD = 0x50;
/** N as in the vendors' examples, E as one of the specifications prints it. */
const BAD: readonly number[] = [0x4e, 0x45];
/** The longest text that is believed: 1,000 bytes of T=1 data with their head. */
export const MAX_TEXT = 1024;
const MIN_TEXT = 3;

export interface Framing {
  /** Where the two length bytes stand. */
  readonly lengthAt: number;
  /** Bytes after the text. */
  readonly trailer: number;
  /** Whether trailer and check of a whole frame are right. */
  readonly isWhole: (frame: Uint8Array) => boolean;
  /** What cancels a running command, and is echoed. */
  readonly cancel: readonly number[];
}

/**
 * Takes the next chunk, cut anywhere. Frames are taken by their length, never by looking for an end: their data may hold
 * any byte. After a frame that fails the search goes on from its second byte, since its start may have been noise.
 */
export function decodeLine(framing: Framing, pending: Uint8Array, chunk: Uint8Array): Decoded {
  let rest: Uint8Array = Buffer.concat([pending, chunk]);
  const items: LineItem[] = [];
  while (rest.length > 0) {
    const item = control(framing, rest);
    if (item === 'cut') break;
    if (item) {
      items.push({ type: item.type });
      rest = rest.subarray(item.length);
      continue;
    }
    if (rest[0] !== STX) {
      rest = rest.subarray(1);
      continue;
    }
    const start = framing.lengthAt + 2;
    if (rest.length < start) break;
    const length = (rest[framing.lengthAt]! << 8) | rest[framing.lengthAt + 1]!;
    const end = start + length + framing.trailer;
    if (length >= MIN_TEXT && length <= MAX_TEXT && rest.length < end) break;
    if (length < MIN_TEXT || length > MAX_TEXT || !framing.isWhole(rest.subarray(0, end))) {
      items.push({ type: 'garbled' });
      rest = rest.subarray(1);
    } else {
      items.push({ type: 'text', text: rest.slice(start, start + length) });
      rest = rest.subarray(end);
    }
  }
  return { pending: Uint8Array.from(rest), items };
}

function control(
  { cancel }: Framing,
  bytes: Uint8Array,
): { type: 'ack' | 'nak' | 'cancel'; length: number } | 'cut' | undefined {
  if (bytes[0] === ACK) return { type: 'ack', length: 1 };
  if (bytes[0] === NAK) return { type: 'nak', length: 1 };
  if (bytes[0] !== cancel[0]) return undefined;
  if (bytes.length < cancel.length) return 'cut';
  return cancel.every((byte, index) => bytes[index] === byte) ? { type: 'cancel', length: cancel.length } : undefined;
}

export function encodeText({ cm, pm, data }: ReaderCommand): Uint8Array {
  return Uint8Array.of(COMMAND, cm, pm, ...(data ?? []));
}

/** What the reader sees; undefined when it is no command. */
export function parseCommandText(text: Uint8Array): ReaderCommand | undefined {
  const [head, cm, pm] = text;
  if (head !== COMMAND || cm === undefined || pm === undefined) return undefined;
  return { cm, pm, data: text.slice(3) };
}

/** undefined when it is no answer. `statusLength`: how many status characters a good answer has. */
export function parseAnswerText(text: Uint8Array, statusLength: number): ReaderAnswer | undefined {
  const [head, cm, pm] = text;
  if (head === undefined || cm === undefined || pm === undefined) return undefined;
  const good = head === GOOD;
  if (!good && !BAD.includes(head)) return undefined;
  const codeLength = good ? statusLength : 2;
  if (text.length < 3 + codeLength) return undefined;
  const code = Buffer.from(text.subarray(3, 3 + codeLength)).toString('latin1');
  return { good, cm, pm, code, data: text.slice(3 + codeLength) };
}

export function encodeAnswerText(answer: ReaderAnswer, badHead = BAD[0]!): Uint8Array {
  return Uint8Array.of(
    answer.good ? GOOD : badHead,
    answer.cm,
    answer.pm,
    ...Buffer.from(answer.code, 'latin1'),
    ...answer.data,
  );
}

/**
 * What an error of a reader means for what is done next. chip, stripe: try the other, else the card is unreadable; card:
 * not a card for this reader; pulled: the customer was faster; notTaken: it stands at the gate; command: this firmware
 * does not have it.
 */
export type ErrorClass =
  | 'notInitialised'
  | 'command'
  | 'jam'
  | 'pulled'
  | 'notTaken'
  | 'binFull'
  | 'notRetained'
  | 'card'
  | 'noCard'
  | 'chip'
  | 'stripe'
  | 'device'
  | 'unknown';

export interface ErrorMeaning {
  readonly is: ErrorClass;
  readonly text: string;
}

export const UNKNOWN_ERROR: ErrorMeaning = { is: 'unknown', text: 'error not known' };

/** Errors that both families number and mean alike. */
export const SHARED_ERRORS: Readonly<Record<string, ErrorMeaning>> = {
  '00': { is: 'command', text: 'command not known' },
  '01': { is: 'command', text: 'parameter wrong' },
  '02': { is: 'command', text: 'command not possible now' },
  '03': { is: 'command', text: 'command not supported by this hardware' },
  '04': { is: 'command', text: 'data of the command wrong' },
  '05': { is: 'device', text: 'chip contact not released' },
  '10': { is: 'jam', text: 'card jammed' },
  '12': { is: 'device', text: 'sensor faulty' },
  '13': { is: 'card', text: 'card too long' },
  '14': { is: 'card', text: 'card too short' },
  '16': { is: 'pulled', text: 'card moved by hand' },
  '41': { is: 'device', text: 'magnet of the chip contact faulty' },
  '43': { is: 'jam', text: 'card cannot reach the chip contact' },
  '50': { is: 'binFull', text: 'counter of captured cards overflows' },
  '51': { is: 'device', text: 'motor faulty' },
  '60': { is: 'chip', text: 'chip draws too much current' },
  '61': { is: 'chip', text: 'chip does not start' },
  '62': { is: 'chip', text: 'chip speaks another protocol' },
  '65': { is: 'chip', text: 'chip is not powered' },
  '66': { is: 'chip', text: 'chip not supported' },
  '67': { is: 'chip', text: 'chip answers wrongly' },
  '68': { is: 'chip', text: 'chip does not answer' },
  '69': { is: 'chip', text: 'chip is not one of EMV' },
  B0: { is: 'notInitialised', text: 'reader was not initialised' },
};
