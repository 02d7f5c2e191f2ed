import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { GuardRule, GuardStore } from '../store/guard-store.ts';
import type { Vault } from '../vault.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Who may try what how often. One table for every door, so that no door is forgotten. */
export const GUARD_RULES = {
  /** Codes asked for by one address: a hall's line serves many people. */
  'codes by address': { most: 60, windowMs: 10 * MINUTE, lockMs: 10 * MINUTE },
  /** One code a minute to one phone. */
  'code again': { most: 1, windowMs: MINUTE, lockMs: MINUTE },
  /** Codes to one phone, or for one person. */
  'codes by subject': { most: 5, windowMs: HOUR, lockMs: HOUR },
  /** Numbers of cases and documents that a person asked for and that are not theirs. */
  'numbers by person': { most: 10, windowMs: HOUR, lockMs: HOUR },
  /** Verification codes of one document, from anywhere. */
  'verification by document': { most: 10, windowMs: HOUR, lockMs: HOUR },
  'verification by address': { most: 120, windowMs: HOUR, lockMs: HOUR },
  /** Codes of passes that were no codes: resume, hand-over, e-card, shown documents. */
  'passes by person': { most: 5, windowMs: 10 * MINUTE, lockMs: 30 * MINUTE },
  'passes by address': { most: 60, windowMs: 10 * MINUTE, lockMs: 10 * MINUTE },
  /** Codes and the like. Notices have a share of their own, so that a busy day at the centre locks nobody out. */
  'messages by phone': { most: 20, windowMs: 24 * HOUR, lockMs: 24 * HOUR },
  'notices by phone': { most: 10, windowMs: 24 * HOUR, lockMs: 24 * HOUR },
  'questions by address': { most: 60, windowMs: MINUTE, lockMs: MINUTE },
  /** Card numbers that a person had checked by the bank. */
  'cards by person': { most: 10, windowMs: HOUR, lockMs: HOUR },
  'papers by person': { most: 40, windowMs: 24 * HOUR, lockMs: 24 * HOUR },
  'unit challenges': { most: 20, windowMs: 10 * MINUTE, lockMs: 10 * MINUTE },
} as const satisfies Record<string, GuardRule>;
export type GuardPurpose = keyof typeof GUARD_RULES;

/**
 * One guard for every door that can be guessed at. Counters lie in the store, so that any number of processes share them, under keyed
 * hashes, so that the table tells nobody who tried.
 */
export interface Guard {
  /** Counts a try. 0: go on; otherwise whole seconds until the next one is worth anything. */
  take(purpose: GuardPurpose, subject: string): Promise<number>;
  /** Without counting. */
  wait(purpose: GuardPurpose, subject: string): Promise<number>;
  clear(purpose: GuardPurpose, subject: string): Promise<void>;
}

export function createGuard({ clock, store, vault }: { clock: Clock; store: GuardStore; vault: Vault }): Guard {
  const key = (purpose: GuardPurpose, subject: string) => vault.hash(`guard ${purpose}`, subject);
  const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
  return {
    async take(purpose, subject) {
      const now = clock.now();
      const rule = GUARD_RULES[purpose];
      const { tries, endsAt } = await store.count(key(purpose, subject), rule, now);
      return tries > rule.most ? seconds(endsAt - now) : 0;
    },
    async wait(purpose, subject) {
      const now = clock.now();
      const open = await store.look(key(purpose, subject), now);
      return open && open.tries > GUARD_RULES[purpose].most ? seconds(open.endsAt - now) : 0;
    },
    clear: (purpose, subject) => store.clear(key(purpose, subject)),
  };
}
