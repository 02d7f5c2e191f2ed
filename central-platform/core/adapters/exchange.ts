import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import { ENTRY_KINDS, WITHDRAWAL_REASONS, isCode } from '@kiosk/domain/code-tables.ts';
import { parseYuan, percent, type Fen, type Rate } from '@kiosk/domain/money.ts';
import type { Depositor } from '../core-system.ts';
import { express, understand, type CodeSet } from './code-set.ts';
import { decode, encode, type Raw, type RecordType, type Values } from './fields.ts';
import { JGJT320 } from './jgjt320.ts';

/** A person with one account, as records of the standard; codes are the centre's. */
export interface AccountRecords {
  readonly person: Raw;
  readonly unit: Raw;
  readonly unitAccount: Raw;
  readonly account: Raw;
  readonly entries: readonly Raw[];
}

/** What of a depositor the records carry: one account, and the person it belongs to. */
export interface ExchangedAccount {
  readonly person: Pick<Depositor, 'name' | 'certificateKind' | 'idNumber' | 'phone'>;
  readonly account: Omit<Account, 'kind' | 'frozenFen' | 'sealedSince'>;
}

/** The fields whose codes are the centre's own: the form of the rest is the standard's. */
function local(record: RecordType, codes: Readonly<Record<string, Readonly<Record<string, string>>>>): RecordType {
  const fields = Object.entries(record.fields).map(([key, field]) => {
    const table = codes[key];
    if (!table) return [key, field] as const;
    const length = Math.max(...Object.keys(table).map((code) => code.length));
    return [key, { ...field, type: { type: 'C' as const, length }, codes: table }] as const;
  });
  return { table: record.table, fields: Object.fromEntries(fields) };
}

function recordsOf(set: CodeSet) {
  return {
    person: local(JGJT320.person, { ZJLX: set.certificate }),
    unit: JGJT320.unit,
    unitAccount: JGJT320.unitAccount,
    account: local(JGJT320.account, { GRZHZT: set.accountState, XHYY: set.reason }),
    entry: local(JGJT320.entry, { TQYY: set.reason }),
  };
}

export function toRecords({ person, account }: ExchangedAccount, set: CodeSet): Result<AccountRecords> {
  const records = recordsOf(set);
  const certificate = express(set, 'certificate', person.certificateKind);
  if (!certificate.ok) return certificate;
  const state = express(set, 'accountState', account.state);
  if (!state.ok) return state;
  const paidTo = account.paidToMonth ?? null;
  const GRZH = account.accountNumber;
  const entries: Raw[] = [];
  for (const [place, entry] of account.entries.entries()) {
    const reason = entry.reason === undefined ? ok(null) : express(set, 'reason', entry.reason);
    if (!reason.ok) return reason;
    const raw = encode(records.entry, {
      GRZH,
      JZRQ: entry.date,
      GJHTQYWLX: entry.kind,
      FSE: yuan(entry.inFen - entry.outFen),
      FSLXE: entry.kind === '09' ? yuan(entry.inFen) : null,
      TQYY: reason.value,
      HBJNY: entry.depositMonth ?? null,
      YWLSH: String(place + 1).padStart(10, '0'),
      CZBZ: '01',
    });
    if (!raw.ok) return raw;
    entries.push(raw.value);
  }
  return all({
    person: encode(records.person, {
      GRZH,
      XingMing: person.name,
      SJHM: person.phone,
      ZJLX: certificate.value,
      ZJHM: person.idNumber,
    }),
    unit: encode(records.unit, { DWMC: account.unitName, DWZH: account.unitAccount }),
    unitAccount: encode(records.unitAccount, {
      DWZH: account.unitAccount,
      DWJCBL: ratio(account.unitRatio),
      GRJCBL: ratio(account.personRatio),
      DWZHZT: '01',
      JZNY: set.paidToAt === 'unit' ? paidTo : null,
    }),
    account: encode(records.account, {
      GRZH,
      GRJCJS: yuan(account.contributionBaseFen),
      GRZHZT: state.value,
      KHRQ: account.openedOn,
      GRZHYE: yuan(account.balanceFen),
      GRYJCE: yuan(account.personMonthlyFen),
      DWYJCE: yuan(account.unitMonthlyFen),
      JZNY: set.paidToAt === 'person' ? paidTo : null,
    }),
    entries: ok(entries),
  });
}

/** Errors: E3601 and E3602 with table and field; E3602 when the entries do not lead to the balance. */
export function fromRecords(raw: AccountRecords, set: CodeSet): Result<ExchangedAccount> {
  const records = recordsOf(set);
  const read = all({
    person: decode(records.person, raw.person),
    unit: decode(records.unit, raw.unit),
    unitAccount: decode(records.unitAccount, raw.unitAccount),
    account: decode(records.account, raw.account),
  });
  if (!read.ok) return read;
  const [person, unit, unitAccount, account] = [
    read.value.person.values,
    read.value.unit.values,
    read.value.unitAccount.values,
    read.value.account.values,
  ];
  const certificate = understand(set, 'certificate', person['ZJLX']!);
  if (!certificate.ok) return certificate;
  const state = understand(set, 'accountState', account['GRZHZT']!);
  if (!state.ok) return state;

  const entries: AccountEntry[] = [];
  let balanceFen = 0;
  for (const one of raw.entries) {
    const entry = decode(records.entry, one);
    if (!entry.ok) return entry;
    const booked = entryOf(entry.value.values, set, balanceFen);
    if (!booked.ok) return booked;
    entries.push(booked.value);
    balanceFen = booked.value.balanceFen;
  }
  if (balanceFen !== fen(account, 'GRZHYE'))
    return fail('E3602', `${records.account.table} GRZHYE: entries do not lead to it`);
  // Whichever of the two places has it.
  const paidToMonth = account['JZNY'] ?? unitAccount['JZNY'];
  return ok({
    person: {
      name: person['XingMing']!,
      certificateKind: certificate.value.meaning,
      idNumber: person['ZJHM']!,
      phone: person['SJHM'] ?? null,
    },
    account: {
      accountNumber: account['GRZH']!,
      unitName: unit['DWMC']!,
      unitAccount: unit['DWZH']!,
      state: state.value.meaning,
      openedOn: account['KHRQ']!,
      contributionBaseFen: fen(account, 'GRJCJS'),
      unitRatio: percent(unitAccount['DWJCBL']!),
      personRatio: percent(unitAccount['GRJCBL']!),
      unitMonthlyFen: fen(account, 'DWYJCE'),
      personMonthlyFen: fen(account, 'GRYJCE'),
      ...(paidToMonth ? { paidToMonth } : {}),
      balanceFen,
      entries,
    },
  });
}

function entryOf(values: Values, set: CodeSet, before: Fen): Result<AccountEntry> {
  const amount = fen(values, 'FSE');
  const code = values['GJHTQYWLX']!;
  if (!isCode(ENTRY_KINDS, code)) return fail('E3601', 'GJHTQYWLX: unknown code');
  const reason = values['TQYY'] ? understand(set, 'reason', values['TQYY']) : undefined;
  if (reason && !reason.ok) return reason;
  const meaning = reason?.value.meaning;
  return ok({
    date: values['JZRQ']!,
    kind: code,
    summary: ENTRY_KINDS[code],
    ...(values['HBJNY'] ? { depositMonth: values['HBJNY'] } : {}),
    ...(meaning !== undefined && isCode(WITHDRAWAL_REASONS, meaning) ? { reason: meaning } : {}),
    inFen: Math.max(0, amount),
    outFen: Math.max(0, -amount),
    balanceFen: before + amount,
  });
}

type Unpacked<T> = { readonly [K in keyof T]: T[K] extends Result<infer V> ? V : never };

/** All of them, or the first that failed. */
function all<T extends Readonly<Record<string, Result<unknown>>>>(results: T): Result<Unpacked<T>> {
  const values: Record<string, unknown> = {};
  for (const [key, result] of Object.entries(results)) {
    if (!result.ok) return result;
    values[key] = result.value;
  }
  return ok(values as Unpacked<T>);
}

function yuan(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Of a field that has passed its form already. */
function fen(values: Values, key: string): Fen {
  const read = parseYuan(values[key]!);
  if (!read.ok) throw new RangeError(`${key} passed its form and is no amount`);
  return read.value;
}

/** N(4,2): a percentage with up to two decimals. */
function ratio({ numerator, denominator }: Rate): string {
  return ((numerator * 100) / denominator).toFixed(2);
}
