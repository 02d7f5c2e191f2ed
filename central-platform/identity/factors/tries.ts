import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { IdentityStore } from '../../store/store.ts';
import type { Vault } from '../../vault.ts';

const TRIES = 3;
const LOCK_MS = 10 * 60_000;

/** Three tries of a way for a person, a card or a phone, whatever terminal they are made at; then it rests for ten minutes. */
export interface Tries {
  /** Error: E1208 (detail: seconds). */
  open(kind: FactorKind, subject: string): Promise<Result<void>>;
  /** Counts before it is judged. How many are left if this one fails. */
  count(kind: FactorKind, subject: string): Promise<number>;
  clear(kind: FactorKind, subject: string): Promise<void>;
}

export function createTries(parts: {
  readonly clock: Clock;
  readonly store: Pick<IdentityStore, 'lockedUntil' | 'countTry' | 'clearTries'>;
  readonly vault: Vault;
}): Tries {
  const { clock, store, vault } = parts;
  const key = (kind: FactorKind, subject: string) => vault.hash(`tries ${kind}`, subject);
  return {
    async open(kind, subject) {
      const left = (await store.lockedUntil(key(kind, subject))) - clock.now();
      return left > 0 ? fail('E1208', `${Math.ceil(left / 1000)} s`) : ok();
    },
    async count(kind, subject) {
      const rule = { at: clock.now(), tries: TRIES, lockMs: LOCK_MS };
      return Math.max(0, TRIES - (await store.countTry(key(kind, subject), rule)));
    },
    clear: (kind, subject) => store.clearTries(key(kind, subject)),
  };
}
