import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { FactorKind, FactorProof, ProvenFactor } from '@kiosk/contract/platform/identity.ts';
import type { Depositor } from '../../core/core-system.ts';

/** What is known when a factor is checked. */
export interface Before {
  readonly terminalId: string;
  /** Whom the factors so far stand for; undefined: this one is the first. */
  readonly person: Depositor | undefined;
  readonly factors: readonly ProvenFactor[];
}

export type Judged =
  | { readonly accepted: true; readonly person: Depositor }
  /** 0: this way is locked for a while. */
  | { readonly accepted: false; readonly attemptsLeft: number };

/**
 * One way to prove who somebody is. A city adds one by writing it and naming it in the room's list; no other file asks which
 * ones there are. A factor of another person than the ones before it is E1209, never another identity.
 */
export interface Factor<K extends FactorKind = FactorKind> {
  readonly kind: K;
  judge(proof: Extract<FactorProof, { kind: K }>, before: Before): Promise<Result<Judged>>;
}

export const accepted = (person: Depositor): Judged => ({ accepted: true, person });
