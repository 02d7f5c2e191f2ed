import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import { readTag } from './tlv.ts';

/** A data object list: what the card wants to be told, as tags with lengths. */
export interface DataObject {
  readonly tag: number;
  readonly length: number;
}

/** All values together must fit the template of one short command. */
const MAX_DOL_VALUES = 252;

export function parseDol(bytes: Uint8Array): Result<readonly DataObject[], string> {
  const list: DataObject[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length;) {
    const tag = readTag(bytes, at);
    if (!tag.ok) return tag;
    const length = bytes[tag.value.next];
    if (length === undefined) return err('data object list ends before a length');
    total += length;
    if (total > MAX_DOL_VALUES) return err(`card wants more than ${MAX_DOL_VALUES} bytes`);
    list.push({ tag: tag.value.tag, length });
    at = tag.value.next + 1;
  }
  return ok(list);
}

/**
 * What a terminal that pays nothing says of itself; what is not here is zeros. 9F66: contact reading with online
 * checks only; 9F1A, 5F2A: China, yuan; 9F35: unattended, online only, of an institution.
 */
const TERMINAL: Readonly<Record<number, readonly number[]>> = {
  0x9f66: [0x26, 0x00, 0x00, 0x00],
  0x9f1a: [0x01, 0x56],
  0x5f2a: [0x01, 0x56],
  0x9f35: [0x14],
  0x9c: [0x31],
};

/**
 * Values for a list, in its order, cut or padded to the lengths it asks for. `given` are those that change: date 9A,
 * unpredictable number 9F37.
 */
export function fillDol(list: readonly DataObject[], given: Readonly<Record<number, Uint8Array>> = {}): Uint8Array {
  return Buffer.concat(
    list.map(({ tag, length }) => {
      const value = Uint8Array.from(given[tag] ?? TERMINAL[tag] ?? []);
      const field = new Uint8Array(length);
      // Numbers are cut and padded on the left; every value here is one.
      field.set(value.subarray(Math.max(0, value.length - length)), Math.max(0, length - value.length));
      return field;
    }),
  );
}

/** Records of one file that the card wants to be read. */
export interface FileRange {
  readonly sfi: number;
  readonly first: number;
  readonly last: number;
}

/** A real card names fewer than 20 records. */
const MAX_RECORDS = 64;

/** The application file locator: groups of SFI, first record, last record, records signed offline. */
export function parseAfl(bytes: Uint8Array): Result<readonly FileRange[], string> {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return err('file locator is not groups of four bytes');
  const ranges: FileRange[] = [];
  let records = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const sfi = bytes[at]! >> 3;
    const [, first, last] = bytes.subarray(at, at + 4) as unknown as [number, number, number];
    if ((bytes[at]! & 7) !== 0 || sfi === 0 || sfi > 30) return err('file locator names no file');
    if (first === 0 || last < first) return err('file locator names no record');
    records += last - first + 1;
    if (records > MAX_RECORDS) return err(`file locator names more than ${MAX_RECORDS} records`);
    ranges.push({ sfi, first, last });
  }
  return ok(ranges);
}
