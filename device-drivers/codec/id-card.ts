import { type Result, err, ok } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { NATIONS } from '@kiosk/domain/card-codes.ts';
import { isCalendarDate } from '@kiosk/domain/dates.ts';

const TEXT_BLOCK = 256;
/** Which of the four layouts it is, as one UTF-16LE character; a space on resident cards. */
const TYPE_MARK = 248;
const NEW_ADDRESS = 70;

/** Why a block cannot be used: the name of the field, never its content. */
export type CardTextProblem = { readonly field: string; readonly expected: string };

/** The parts of an answer, in the bytes of the answer itself. */
export interface CardParts {
  readonly text: Uint8Array;
  /** The picture in the vendors' closed WLT coding; empty where the reader gave none. */
  readonly photo: Uint8Array;
  /** No, one or two templates of 512 bytes. */
  readonly fingerprints: Uint8Array;
}

/**
 * Cuts an answer to readTextPhoto (2 parts) or readTextPhotoFingerprint (3 parts). How long the parts are is said by
 * the answer itself.
 */
export function cardParts(data: Uint8Array, parts: 2 | 3): Result<CardParts, CardTextProblem> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const header = parts * 2;
  if (data.length < header) return err({ field: 'lengths', expected: `${header} bytes` });
  const lengths = Array.from({ length: parts }, (_, i) => view.getUint16(i * 2));
  const total = lengths.reduce((sum, length) => sum + length, header);
  if (data.length !== total) return err({ field: 'answer', expected: `${total} bytes, came ${data.length}` });
  if (lengths[0] !== TEXT_BLOCK) return err({ field: 'text', expected: `${TEXT_BLOCK} bytes, came ${lengths[0]}` });
  const photoEnd = header + TEXT_BLOCK + lengths[1]!;
  return ok({
    text: data.subarray(header, header + TEXT_BLOCK),
    photo: data.subarray(header + TEXT_BLOCK, photoEnd),
    fingerprints: data.subarray(photoEnd),
  });
}

/** The appended address (the newest one): 70 bytes, coded like the text. */
export function parseNewAddress(data: Uint8Array): Result<string, CardTextProblem> {
  if (data.length !== NEW_ADDRESS) return err({ field: 'newestAddress', expected: `${NEW_ADDRESS} bytes` });
  const text = trim(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf16le'));
  if (!text.isWellFormed()) return err({ field: 'newestAddress', expected: 'whole characters' });
  return ok(text);
}

/** What a 2023 permanent resident's card says of the card before it, for domain/former-number.ts; else undefined. */
export function formerNumberLink(text: Uint8Array): { nationality: string; link: string } | undefined {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const piece = (offset: number, length: number) => trim(bytes.toString('utf16le', offset, offset + length));
  if (piece(TYPE_MARK, 2) !== 'Y') return undefined;
  return { nationality: piece(242, 6), link: piece(250, 6) };
}

/** The trimmed text of one piece of the block, or of two pieces that follow each other in meaning. */
type Field = (offset: number, length: number, nextOffset?: number, nextLength?: number) => string;

type Layout = (field: Field) => {
  readonly kind: IdCard['kind'];
  readonly name: string;
  readonly sex: string;
  readonly nation?: string;
  readonly birth: string;
  readonly address: string;
  readonly idNumber: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
};

/** Resident ID card (居民身份证). Offsets and lengths in bytes, here and below. */
const resident: Layout = (field) => ({
  kind: 'resident',
  name: field(0, 30),
  sex: field(30, 2),
  nation: field(32, 4),
  birth: field(36, 16),
  address: field(52, 70),
  idNumber: field(122, 36),
  issuer: field(158, 30),
  validFrom: field(188, 16),
  validTo: field(204, 16),
});

/** Residence permit for people from Hong Kong, Macao and Taiwan (港澳台居民居住证), since 2018; its pass number is not used. */
const hkMacaoTaiwanResident: Layout = (field) => {
  const { nation: _reserved, ...same } = resident(field);
  return { ...same, kind: 'hkMacaoTaiwanResident' };
};

/** Foreign permanent resident (外国人永久居留身份证), 2017 version. It has no address, and a code instead of an issuer's name. */
const permanentResident2017: Layout = (field) => ({
  kind: 'permanentResident2017',
  name: field(158, 30) || field(0, 120),
  sex: field(120, 2),
  birth: field(220, 16),
  address: '',
  idNumber: field(122, 30),
  issuer: field(240, 8),
  validFrom: field(188, 16),
  validTo: field(204, 16),
});

/** Foreign permanent resident, 2023 version ("five-star card"). Its English name is in two pieces. */
const permanentResident2023: Layout = (field) => ({
  kind: 'permanentResident2023',
  name: field(0, 30) || field(52, 70, 220, 22),
  sex: field(30, 2),
  birth: field(36, 16),
  address: '',
  idNumber: field(122, 36),
  issuer: '',
  validFrom: field(188, 16),
  validTo: field(204, 16),
});

const LAYOUTS: Readonly<Record<string, Layout>> = {
  '': resident,
  J: hkMacaoTaiwanResident,
  I: permanentResident2017,
  Y: permanentResident2023,
};

/**
 * The 256 bytes of text on a card. Whether the number is a valid one is not decided here: what the chip says is the
 * answer. Dates that are none, and half characters, are damage and refused.
 */
export function parseIdCard(text: Uint8Array): Result<IdCard, CardTextProblem> {
  if (text.length !== TEXT_BLOCK) return err({ field: 'text', expected: `${TEXT_BLOCK} bytes` });
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const piece = (offset: number, length: number) => bytes.toString('utf16le', offset, offset + length);
  const field: Field = (offset, length, nextOffset = 0, nextLength = 0) =>
    trim(piece(offset, length) + piece(nextOffset, nextLength));
  const layout = LAYOUTS[field(TYPE_MARK, 2)];
  if (!layout) return err({ field: 'type', expected: 'space, I, J or Y' });
  const raw = layout(field);

  for (const name of ['name', 'address', 'idNumber', 'issuer'] as const) {
    if (!raw[name].isWellFormed()) return err({ field: name, expected: 'whole characters' });
  }
  if (raw.name === '') return err({ field: 'name', expected: 'text' });
  if (raw.idNumber === '') return err({ field: 'idNumber', expected: 'text' });
  const birthDate = calendarDate(raw.birth);
  const validFrom = calendarDate(raw.validFrom);
  const validTo = raw.validTo === '长期' ? null : calendarDate(raw.validTo);
  if (birthDate === undefined) return err({ field: 'birth', expected: 'YYYYMMDD' });
  if (validFrom === undefined) return err({ field: 'validFrom', expected: 'YYYYMMDD' });
  if (validTo === undefined) return err({ field: 'validTo', expected: 'YYYYMMDD or 长期' });

  return ok({
    kind: raw.kind,
    name: raw.name,
    sex: sexCode(raw.sex),
    ...(raw.nation && NATIONS.has(raw.nation) ? { nation: raw.nation } : {}),
    birthDate,
    address: raw.address,
    idNumber: raw.idNumber,
    issuer: raw.issuer,
    validFrom,
    validTo,
  });
}

/** Fields are padded with spaces; some writers leave NULs or wide spaces. Spaces inside a foreign name stay. */
function trim(text: string): string {
  return text.replaceAll('\0', ' ').trim();
}

function calendarDate(text: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const date = match?.slice(1).join('-');
  return date && isCalendarDate(date) ? date : undefined;
}

/** GB/T 2261.1. A character outside the table is unknown, not female. */
function sexCode(text: string): IdCard['sex'] {
  return text === '1' || text === '2' || text === '9' ? text : '0';
}
