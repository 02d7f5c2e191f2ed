import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CertificateKind } from '@kiosk/domain/certificates.ts';
import type { AccountState, WithdrawalReason } from '@kiosk/domain/code-tables.ts';

/** What a freeze means, whatever digit a centre has for it. payOut: takes deposits, pays nothing. */
export type Freeze = 'none' | 'payOut' | 'all' | 'part';

type Table<Meaning extends string> = Readonly<Record<string, Meaning>>;

/**
 * A centre's own codes, as data: its code → what it means here. Where two of its codes mean the same, the first one is
 * sent; the code that came is kept beside the meaning, so that nothing is lost on the way back.
 */
export interface CodeSet {
  readonly centre: string;
  readonly accountState: Table<AccountState>;
  readonly certificate: Table<CertificateKind>;
  readonly reason: Table<WithdrawalReason>;
  readonly freeze: Table<Freeze>;
  /** Where 缴至年月 stands: the standard has it with the unit, most screens with the person. */
  readonly paidToAt: 'unit' | 'person';
}
export type CodeTable = 'accountState' | 'certificate' | 'reason' | 'freeze';
type MeaningOf<T extends CodeTable> = CodeSet[T][string];

export interface Understood<Meaning> {
  readonly meaning: Meaning;
  /** As it came. */
  readonly code: string;
}

/** Error: E3601, with the centre and the table. */
export function understand<T extends CodeTable>(
  set: CodeSet,
  table: T,
  code: string,
): Result<Understood<MeaningOf<T>>> {
  const codes: Table<string> = set[table];
  if (!Object.hasOwn(codes, code)) return fail('E3601', `${set.centre} ${table}: unknown code`);
  return ok({ meaning: codes[code] as MeaningOf<T>, code });
}

/** The centre's code: the one that came, as long as it still means that, otherwise its first one. Error: E3601 it has none. */
export function express<T extends CodeTable>(
  set: CodeSet,
  table: T,
  meaning: MeaningOf<T>,
  cameAs?: string,
): Result<string> {
  const codes: Table<string> = set[table];
  if (cameAs !== undefined && Object.hasOwn(codes, cameAs) && codes[cameAs] === meaning) return ok(cameAs);
  const code = Object.keys(codes).find((one) => codes[one] === meaning);
  return code === undefined ? fail('E3601', `${set.centre} ${table}: has no code for ${meaning}`) : ok(code);
}
