import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';

/**
 * Internet Printing Protocol messages (RFC 8010), both directions. Own code because the packages on offer lose ranges
 * and collections, have no types, or throw on a cut-off message, which on a kiosk is an expected event.
 */

export const OPERATION = {
  printJob: 0x0002,
  validateJob: 0x0004,
  createJob: 0x0005,
  sendDocument: 0x0006,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
} as const;

/** Status codes (RFC 8011): up to 0x00ff successful, 0x04xx the client's error, 0x05xx the printer's. */
export const STATUS = {
  ok: 0x0000,
  badRequest: 0x0400,
  notPossible: 0x0404,
  notFound: 0x0406,
  documentFormatNotSupported: 0x040a,
  internalError: 0x0500,
  operationNotSupported: 0x0501,
  notAcceptingJobs: 0x0506,
  busy: 0x0507,
} as const;

export const GROUP = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const;

export const TAG = {
  unsupported: 0x10,
  unknown: 0x12,
  noValue: 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberName: 0x4a,
} as const;

export interface IppRange {
  readonly lower: number;
  readonly upper: number;
}

/** Strings without their language; dates, resolutions and octet strings as bytes; no-value and unknown as null. */
export type IppValue = string | number | boolean | null | IppRange | Uint8Array | { readonly members: IppAttributes };

/** Always a list, also of one value: what is a scalar on one printer is a list on the next. */
export interface IppAttribute {
  readonly tag: number;
  readonly values: readonly IppValue[];
}
export type IppAttributes = Readonly<Record<string, IppAttribute>>;

export interface IppGroup {
  readonly tag: number;
  readonly attributes: IppAttributes;
}

export interface IppMessage {
  readonly version: readonly [major: number, minor: number];
  /** Operation of a request, status of a response. */
  readonly code: number;
  readonly requestId: number;
  /** In order; Get-Jobs answers one job group per job. */
  readonly groups: readonly IppGroup[];
  /** What follows the attributes: the document. */
  readonly data: Uint8Array;
}

const make =
  (tag: number) =>
  (value: IppValue, ...more: readonly IppValue[]): IppAttribute => ({
    tag,
    values: [value, ...more],
  });
/** Attributes by the syntax of their values: `{ 'job-name': ipp.name('…') }`. */
export const ipp = {
  integer: make(TAG.integer),
  boolean: make(TAG.boolean),
  enum: make(TAG.enum),
  range: make(TAG.rangeOfInteger),
  text: make(TAG.text),
  name: make(TAG.name),
  keyword: make(TAG.keyword),
  uri: make(TAG.uri),
  charset: make(TAG.charset),
  naturalLanguage: make(TAG.naturalLanguage),
  mimeMediaType: make(TAG.mimeMediaType),
  collection: make(TAG.begCollection),
} as const;

/** Throws a RangeError when a name or value is longer than the protocol can say (32767 bytes). */
export function encodeIpp(message: IppMessage): Uint8Array {
  const parts: Buffer[] = [Buffer.from(message.version), uint16(message.code), int32(message.requestId)];
  for (const group of message.groups) {
    parts.push(Buffer.of(group.tag));
    for (const [name, attribute] of Object.entries(group.attributes)) encodeAttribute(parts, name, attribute);
  }
  parts.push(Buffer.of(GROUP.end), Buffer.from(message.data));
  return Buffer.concat(parts);
}

function encodeAttribute(parts: Buffer[], name: string, { tag, values }: IppAttribute): void {
  for (const [index, value] of values.entries()) {
    parts.push(Buffer.of(value === null ? TAG.noValue : tag), field(index === 0 ? name : ''));
    if (value !== null && typeof value === 'object' && 'members' in value) {
      parts.push(field(''));
      for (const [member, attribute] of Object.entries(value.members)) {
        parts.push(Buffer.of(TAG.memberName), field(''), field(member));
        encodeAttribute(parts, '', attribute);
      }
      parts.push(Buffer.of(TAG.endCollection), field(''), field(''));
    } else parts.push(field(encodeValue(tag, value)));
  }
}

function encodeValue(tag: number, value: Exclude<IppValue, { members: IppAttributes }>): Buffer {
  if (value === null) return Buffer.alloc(0);
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0);
  if (typeof value === 'number') return int32(value);
  if (typeof value === 'string') return Buffer.from(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (tag !== TAG.rangeOfInteger) throw new TypeError(`tag 0x${tag.toString(16)} takes no range`);
  return Buffer.concat([int32(value.lower), int32(value.upper)]);
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length > 0x7fff) throw new RangeError(`an IPP field holds 32767 bytes, not ${bytes.length}`);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** The error says at which byte the message stops making sense. */
export function decodeIpp(bytes: Uint8Array): Result<IppMessage, string> {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    const version = [reader.byte(), reader.byte()] as const;
    const code = reader.uint16();
    const requestId = reader.int32();
    const groups: IppGroup[] = [];
    let tag = reader.byte();
    while (tag !== GROUP.end) {
      if (tag > 0x0f || tag === 0) throw new Malformed(`0x${tag.toString(16)} is no group`);
      const { attributes, next } = readGroup(reader);
      groups.push({ tag, attributes });
      tag = next;
    }
    return ok({ version, code, requestId, groups, data: reader.rest() });
  } catch (error) {
    // Unreached: anything else would be a bug in here, and the fuzz tests find none.
    if (error instanceof Malformed) return err(`byte ${reader.offset} of ${bytes.length}: ${error.message}`);
    throw error;
  }
}

class Malformed extends Error {}

class Reader {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (this.offset + length > this.#bytes.length) throw new Malformed(`message ends, ${length} more bytes expected`);
    this.offset += length;
    return this.#bytes.subarray(this.offset - length, this.offset);
  }
  byte = (): number => this.take(1)[0]!;
  uint16 = (): number => this.take(2).readUInt16BE();
  int32 = (): number => this.take(4).readInt32BE();
  field = (): Buffer => this.take(this.uint16());
  rest = (): Uint8Array => this.take(this.#bytes.length - this.offset);
}

/** Attributes up to the tag that begins the next group. */
function readGroup(reader: Reader): { attributes: IppAttributes; next: number } {
  const attributes: Record<string, { tag: number; values: IppValue[] }> = {};
  let last: { tag: number; values: IppValue[] } | undefined;
  for (;;) {
    const tag = reader.byte();
    if (tag <= 0x0f) return { attributes, next: tag };
    const name = reader.field().toString('utf8');
    const value = readValue(reader, tag, 0);
    if (name) {
      last = { tag, values: [value] };
      Object.defineProperty(attributes, name, { value: last, enumerable: true, configurable: true, writable: true });
    } else if (last) last.values.push(value);
    else throw new Malformed('a further value without an attribute');
  }
}

/** Deeper than any media-col; a message that nests further is hostile or broken. */
const DEEPEST = 8;

function readValue(reader: Reader, tag: number, depth: number): IppValue {
  const bytes = reader.field();
  const exactly = (length: number) => {
    if (bytes.length !== length)
      throw new Malformed(`tag 0x${tag.toString(16)} has ${length} bytes, not ${bytes.length}`);
    return bytes;
  };
  if (tag === TAG.begCollection) {
    if (depth === DEEPEST) throw new Malformed('collections nest too deep');
    return { members: readMembers(reader, depth + 1) };
  }
  if (tag < 0x20) return null;
  if (tag === TAG.integer || tag === TAG.enum) return exactly(4).readInt32BE();
  if (tag === TAG.boolean) return exactly(1)[0] === 1;
  if (tag === TAG.rangeOfInteger) return { lower: exactly(8).readInt32BE(0), upper: bytes.readInt32BE(4) };
  if (tag === TAG.textWithLanguage || tag === TAG.nameWithLanguage) {
    const parts = new Reader(bytes);
    parts.field();
    return parts.field().toString('utf8');
  }
  if (tag >= 0x40) return bytes.toString('utf8');
  return Uint8Array.from(bytes);
}

function readMembers(reader: Reader, depth: number): IppAttributes {
  const members: Record<string, { tag: number; values: IppValue[] }> = {};
  let last: { tag: number; values: IppValue[] } | undefined;
  for (;;) {
    const tag = reader.byte();
    reader.field();
    if (tag === TAG.endCollection) {
      reader.field();
      return members;
    }
    if (tag === TAG.memberName) {
      const name = reader.field().toString('utf8');
      last = { tag: TAG.noValue, values: [] };
      Object.defineProperty(members, name, { value: last, enumerable: true, configurable: true, writable: true });
      continue;
    }
    if (!last) throw new Malformed('a member without a name');
    if (last.values.length === 0) last.tag = tag;
    last.values.push(readValue(reader, tag, depth));
  }
}
