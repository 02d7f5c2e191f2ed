import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';

/**
 * BER-TLV as EMV cards use it (EMV book 3, annex B). Everything is bounded by the bytes given; nesting, tags and lengths
 * that no bank card has are refused, so that a broken or hostile chip costs nothing.
 */
export interface Tlv {
  /** Tag bytes as a number: 0x5A, 0x9F38, 0xBF0C. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** Of a constructed tag. */
  readonly children?: readonly Tlv[];
}

const MAX_DEPTH = 6;
const MAX_TAG_BYTES = 3;
/** Objects of one template; real records hold a dozen. */
const MAX_OBJECTS = 128;

/** Error: what is wrong and where, without the bytes. */
export function parseTlv(bytes: Uint8Array): Result<readonly Tlv[], string> {
  let objects = 0;
  return level(bytes, 1);

  function level(part: Uint8Array, depth: number): Result<readonly Tlv[], string> {
    if (depth > MAX_DEPTH) return err(`nested deeper than ${MAX_DEPTH}`);
    const list: Tlv[] = [];
    for (let at = 0; at < part.length;) {
      // Zeros and FF between objects are padding.
      if (part[at] === 0x00 || part[at] === 0xff) {
        at++;
        continue;
      }
      if (++objects > MAX_OBJECTS) return err(`more than ${MAX_OBJECTS} objects`);
      const head = readHead(part, at);
      if (!head.ok) return head;
      const { tag, constructed, start, length } = head.value;
      const value = part.slice(start, start + length);
      if (constructed) {
        const children = level(value, depth + 1);
        if (!children.ok) return children;
        list.push({ tag, value, children: children.value });
      } else {
        list.push({ tag, value });
      }
      at = start + length;
    }
    return ok(list);
  }
}

interface Head {
  readonly tag: number;
  readonly constructed: boolean;
  readonly start: number;
  readonly length: number;
}

function readHead(bytes: Uint8Array, from: number): Result<Head, string> {
  const tag = readTag(bytes, from);
  if (!tag.ok) return tag;
  let at = tag.value.next;
  const first = bytes[at++];
  if (first === undefined) return err('ends before a length');
  let length = first;
  if (first > 0x82 || first === 0x80) return err('length of a form that no card has');
  if (first >= 0x81) {
    length = 0;
    for (let i = 0; i < (first & 0x7f); i++) length = (length << 8) | (bytes[at++] ?? bytes.length);
  }
  if (at + length > bytes.length) return err('object longer than what holds it');
  return ok({ tag: tag.value.tag, constructed: (bytes[from]! & 0x20) !== 0, start: at, length });
}

/** A tag at a place, and where it ends. Also used by data object lists, which are tags and lengths only. */
export function readTag(
  bytes: Uint8Array,
  from: number,
): Result<{ readonly tag: number; readonly next: number }, string> {
  let tag = bytes[from];
  if (tag === undefined) return err('ends before a tag');
  let at = from + 1;
  if ((tag & 0x1f) !== 0x1f) return ok({ tag, next: at });
  for (let more = true; more; at++) {
    const byte = bytes[at];
    if (byte === undefined) return err('ends within a tag');
    if (at - from >= MAX_TAG_BYTES) return err(`tag longer than ${MAX_TAG_BYTES} bytes`);
    tag = (tag << 8) | byte;
    more = (byte & 0x80) !== 0;
  }
  return ok({ tag, next: at });
}

/** The first value of a tag, however deep. */
export function findTag(list: readonly Tlv[], tag: number): Uint8Array | undefined {
  for (const object of list) {
    if (object.tag === tag) return object.value;
    const inside = object.children && findTag(object.children, tag);
    if (inside) return inside;
  }
  return undefined;
}

/** Every template of a tag, however deep, in order. */
export function findTemplates(list: readonly Tlv[], tag: number): readonly Tlv[] {
  return list.flatMap((object) => [
    ...(object.tag === tag ? [object] : []),
    ...(object.children ? findTemplates(object.children, tag) : []),
  ]);
}

/** One object; `value` may be encoded objects. At most 65,535 bytes. */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(parts);
  const tagBytes =
    tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const { length } = value;
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(...tagBytes, ...lengthBytes, ...value);
}
