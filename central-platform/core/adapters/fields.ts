import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { isCalendarDate, isCalendarMonth } from '@kiosk/domain/dates.ts';

/**
 * Types of fields as JGJ/T 320 writes them. C(n): text of a fixed length, filled up with blanks. V(n): text up to n characters. N(p,s): a number of p
 * digits, s of them decimals. D YYYYMMDD, YM YYYYMM, DD a day of the month.
 */
export type FieldType =
  | { readonly type: 'C' | 'V'; readonly length: number }
  | { readonly type: 'N'; readonly digits: number; readonly decimals: number }
  | { readonly type: 'D' | 'YM' | 'DD' };

export interface Field {
  readonly type: FieldType;
  /** What it is, for people. */
  readonly name: string;
  readonly optional?: boolean;
  /** Its codes; anything else is refused. */
  readonly codes?: Readonly<Record<string, string>>;
}

export const C = (length: number): FieldType => ({ type: 'C', length });
export const V = (length: number): FieldType => ({ type: 'V', length });
export const N = (digits: number, decimals = 0): FieldType => ({ type: 'N', digits, decimals });
export const D: FieldType = { type: 'D' };
export const YM: FieldType = { type: 'YM' };
export const DD: FieldType = { type: 'DD' };

export interface RecordType {
  /** Number and name of the table in the standard. */
  readonly table: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Text as it travels: by field name. */
export type Raw = Readonly<Record<string, string>>;
/** Text as the domain writes it: dates with hyphens, numbers without filling, codes as they are; null: not there. */
export type Values = Readonly<Record<string, string | null>>;

/** To the standard's form. Errors name table and field, never the value: E3601 unknown code, E3602 form or length. */
export function encode(record: RecordType, values: Values): Result<Raw> {
  const raw: Record<string, string> = {};
  for (const [key, field] of Object.entries(record.fields)) {
    const value = values[key] ?? null;
    if (value === null || value === '') {
      if (!field.optional) return fail('E3602', `${record.table} ${key}: missing`);
      continue;
    }
    const written = write(field, value);
    if (written === undefined) return refused(record, key, field, value);
    raw[key] = written;
  }
  const stranger = Object.keys(values).find((key) => !Object.hasOwn(record.fields, key));
  return stranger === undefined ? ok(raw) : fail('E3602', `${record.table}: no field ${stranger}`);
}

/** From the standard's form. What the table does not know is handed back in `rest`, whole. */
export function decode(record: RecordType, raw: Raw): Result<{ readonly values: Values; readonly rest: Raw }> {
  const values: Record<string, string | null> = {};
  for (const [key, field] of Object.entries(record.fields)) {
    const text = raw[key];
    if (text === undefined || text.trim() === '') {
      if (!field.optional) return fail('E3602', `${record.table} ${key}: missing`);
      values[key] = null;
      continue;
    }
    const value = read(field, text);
    if (value === undefined) return refused(record, key, field, text.trimEnd());
    values[key] = value;
  }
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !Object.hasOwn(record.fields, key)));
  return ok({ values, rest });
}

function refused(record: RecordType, key: string, { codes, type }: Field, value: string): Result<never> {
  const unknown = codes !== undefined && !Object.hasOwn(codes, value);
  if (unknown) return fail('E3601', `${record.table} ${key}: unknown code`);
  return fail('E3602', `${record.table} ${key}: not ${describe(type)}, ${[...value].length} characters came`);
}

function describe(type: FieldType): string {
  if (type.type === 'C' || type.type === 'V') return `${type.type}(${type.length})`;
  return type.type === 'N' ? `N(${type.digits},${type.decimals})` : type.type;
}

function write({ type, codes }: Field, value: string): string | undefined {
  if (codes && !Object.hasOwn(codes, value)) return undefined;
  switch (type.type) {
    case 'C':
      // A value that ends in blanks would come back without them.
      return [...value].length <= type.length && value.trimEnd() === value
        ? value + ' '.repeat(type.length - [...value].length)
        : undefined;
    case 'V':
      return [...value].length <= type.length && value.trimEnd() === value ? value : undefined;
    case 'N':
      return isNumber(value, type.digits, type.decimals) ? value : undefined;
    case 'D':
      return isCalendarDate(value) ? value.replaceAll('-', '') : undefined;
    case 'YM':
      return isCalendarMonth(value) ? value.replace('-', '') : undefined;
    case 'DD':
      return /^(0[1-9]|[12]\d|3[01])$/.test(value) ? value : undefined;
  }
}

function read(field: Field, text: string): string | undefined {
  const { type, codes } = field;
  const value = text.trimEnd();
  if (codes && !Object.hasOwn(codes, value)) return undefined;
  switch (type.type) {
    case 'C':
      // Some systems send fixed fields without their filling.
      return [...text].length === type.length || [...text].length === [...value].length
        ? write(field, value) && value
        : undefined;
    case 'V':
      return write(field, value) && value;
    case 'N':
      return isNumber(value.trim(), type.digits, type.decimals) ? value.trim() : undefined;
    case 'D': {
      const date = /^\d{8}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` : '';
      return isCalendarDate(date) ? date : undefined;
    }
    case 'YM': {
      const month = /^\d{6}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4)}` : '';
      return isCalendarMonth(month) ? month : undefined;
    }
    case 'DD':
      return write(field, value);
  }
}

function isNumber(text: string, digits: number, decimals: number): boolean {
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  return match !== null && match[1]!.length <= digits - decimals && (match[2]?.length ?? 0) <= decimals;
}
