import type { AccountEntry, AccountKind } from '@kiosk/domain/account.ts';
import type { AccountState } from '@kiosk/domain/code-tables.ts';
import type { Rate } from '@kiosk/domain/money.ts';

/** A person of the synthetic core. Personal fields are sealed; found by keyed hash of the document's number. */
export interface CorePerson {
  readonly depositorId: string;
  readonly idHash: string;
  /** Sealed JSON: name, document, phone, card, account numbers, loans as they were agreed. */
  readonly sealed: Uint8Array;
}

/** What of an account is nobody's secret. Its number is in the person's sealed part, at `place`. */
export interface CoreAccount {
  readonly depositorId: string;
  readonly place: number;
  readonly unitId: number;
  readonly kind: AccountKind;
  readonly state: AccountState;
  readonly openedOn: string;
  readonly baseFen: number;
  readonly unitRatio: Rate;
  readonly personRatio: Rate;
  readonly unitMonthlyFen: number;
  readonly personMonthlyFen: number;
  readonly paidToMonth: string | null;
  readonly frozenFen: number;
  readonly sealedSince: string | null;
}

/** The books of one account in one fund year, opening with what was carried over. */
export interface CoreYear {
  readonly depositorId: string;
  readonly place: number;
  readonly fundYear: number;
  readonly openingFen: number;
  readonly entries: readonly Omit<AccountEntry, 'balanceFen'>[];
}

export interface CoreUnit {
  readonly unitId: number;
  readonly unitAccount: string;
  readonly name: string;
  readonly state: string;
  readonly paidToMonth: string;
  readonly people: number;
  /** SHA-256 of the certificate its users log in with, hex; null: none. */
  readonly certificate: string | null;
}

export interface CoreBatch {
  readonly people: readonly CorePerson[];
  readonly accounts: readonly CoreAccount[];
  readonly years: readonly CoreYear[];
}

/** Something done on a person since the books were written. */
export interface CoreAct {
  readonly reference: string;
  readonly depositorId: string;
  /** From 1, without a gap: two at the same moment want the same place, and one of them has to look again. */
  readonly place: number;
  readonly at: number;
  /** Hash of what was asked for: the same reference with another is refused. */
  readonly askedHash: string;
  /** Sealed JSON of the act. */
  readonly sealed: Uint8Array;
}

/** The synthetic core's own books. To the platform it is another system: nothing but core/ asks this. */
export interface CoreStore {
  personById(depositorId: string): Promise<CorePerson | undefined>;
  personByHash(idHash: string): Promise<CorePerson | undefined>;
  accounts(depositorId: string): Promise<readonly (CoreAccount & Pick<CoreUnit, 'unitAccount' | 'name'>)[]>;
  /** In order of account and year. */
  years(depositorId: string): Promise<readonly CoreYear[]>;
  unitByCertificate(fingerprint: string): Promise<CoreUnit | undefined>;
  addUnits(units: readonly CoreUnit[]): Promise<void>;
  /** Whole or not at all. */
  addBatch(batch: CoreBatch): Promise<void>;
  acts(depositorId: string): Promise<readonly CoreAct[]>;
  act(reference: string): Promise<CoreAct | undefined>;
  /** false: the reference or the place is taken. */
  addAct(act: CoreAct): Promise<boolean>;
  people(): Promise<number>;
}
