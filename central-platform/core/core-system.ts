import type { Account } from '@kiosk/domain/account.ts';

/** A depositor as the core system knows the person. */
export interface Depositor {
  /** The core's own handle, meaningless outside it. */
  readonly depositorId: string;
  readonly name: string;
  readonly idNumber: string;
  /** Phone on record (预留手机号); null: none. */
  readonly phone: string | null;
  /** In order of preference: the account in use first. */
  readonly accounts: readonly Account[];
}

/**
 * The core business system behind the platform, loosely coupled: the platform asks, the core answers or does not. A city
 * writes one adapter of this.
 */
export interface CoreSystem {
  /** By ID number, as it stands on the card. */
  findByIdNumber(idNumber: string): Promise<Depositor | undefined>;
  get(depositorId: string): Promise<Depositor | undefined>;
}
