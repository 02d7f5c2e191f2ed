/** Commands and answers of a chip card (ISO 7816-4), short lengths only: a bank card's reading needs no others. */

export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** At most 255 bytes. */
  readonly data?: Uint8Array | undefined;
  /** Bytes wanted, 1 to 256; absent: none. */
  readonly le?: number | undefined;
}

export interface ResponseApdu {
  readonly data: Uint8Array;
  /** SW1 SW2, e.g. 0x9000. */
  readonly sw: number;
}

/** Data and SW1 SW2 of an answer to a short command. */
export const MAX_RESPONSE = 258;

export const SW = {
  success: 0x9000,
  fileInvalidated: 0x6283,
  conditionsNotSatisfied: 0x6985,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
} as const;

export function encodeCommand({ cla, ins, p1, p2, data, le }: CommandApdu): Uint8Array {
  if (data && data.length > 255) throw new RangeError(`a short command carries at most 255 bytes, not ${data.length}`);
  const lc = data && data.length > 0 ? [data.length, ...data] : [];
  // Le of 256 is written as 00.
  return Uint8Array.of(cla, ins, p1, p2, ...lc, ...(le === undefined ? [] : [le & 0xff]));
}

/** What a card sees; undefined when lengths do not fit. */
export function parseCommand(bytes: Uint8Array): CommandApdu | undefined {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const head = { cla, ins, p1, p2 };
  if (bytes.length === 4) return head;
  if (bytes.length === 5) return { ...head, le: bytes[4] || 256 };
  const lc = bytes[4]!;
  if (bytes.length === 5 + lc) return { ...head, data: bytes.slice(5) };
  if (bytes.length === 6 + lc) return { ...head, data: bytes.slice(5, 5 + lc), le: bytes[5 + lc]! || 256 };
  return undefined;
}

/** undefined when it is too short to hold a status word or longer than a short command can bring. */
export function parseResponse(bytes: Uint8Array): ResponseApdu | undefined {
  if (bytes.length < 2 || bytes.length > MAX_RESPONSE) return undefined;
  return { data: bytes.slice(0, -2), sw: (bytes.at(-2)! << 8) | bytes.at(-1)! };
}

export function encodeResponse({ data, sw }: ResponseApdu): Uint8Array {
  return Uint8Array.of(...data, sw >> 8, sw & 0xff);
}

export const select = (name: Uint8Array): CommandApdu => ({ cla: 0x00, ins: 0xa4, p1: 4, p2: 0, data: name, le: 256 });

export const readRecord = (sfi: number, record: number): CommandApdu => ({
  cla: 0x00,
  ins: 0xb2,
  p1: record,
  p2: (sfi << 3) | 4,
  le: 256,
});

/** GET PROCESSING OPTIONS: `pdolValues` are the values the card's PDOL asks for, without their tags; may be empty. */
export const getProcessingOptions = (pdolValues: Uint8Array): CommandApdu => ({
  cla: 0x80,
  ins: 0xa8,
  p1: 0,
  p2: 0,
  data: Uint8Array.of(0x83, pdolValues.length, ...pdolValues),
  le: 256,
});

/** Fetches what a 61xx announced. */
export const getResponse = (length: number): CommandApdu => ({ cla: 0, ins: 0xc0, p1: 0, p2: 0, le: length });

/** For logs: `SW 6A83`. */
export const describeSw = (sw: number) => `SW ${sw.toString(16).toUpperCase().padStart(4, '0')}`;
