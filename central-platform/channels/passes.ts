import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { makeResumeCode, parseResumeCode } from '@kiosk/domain/resume-code.ts';
import type { PassPurpose, PassStore } from '../store/pass-store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';
import type { Guard } from './guard.ts';

const MINUTE = 60_000;
/** How long each kind holds, and what it looks like. */
const KINDS = {
  /** Scanned at once, by the phone in the hand. */
  handOver: { lifeMs: 10 * MINUTE, make: () => randomBytes(24).toString('base64url') },
  /** Written on a slip: two days to go on at the counter, by phone or at another machine. */
  resume: { lifeMs: 48 * 60 * MINUTE, make: () => makeResumeCode((count) => randomBytes(count)) },
  /** Scanned by whoever is shown it. */
  show: { lifeMs: 5 * MINUTE, make: () => randomBytes(24).toString('base64url') },
  /** A bar code of digits that a counter's reader knows. */
  card: { lifeMs: MINUTE, make: () => Array.from({ length: 20 }, () => randomInt(10)).join('') },
} as const satisfies Record<PassPurpose, { lifeMs: number; make(): string }>;

export interface TakenPass {
  readonly depositorId: string | null;
  readonly channel: string;
  readonly content: unknown;
  readonly expiresAt: number;
}

/** Short-lived things that stand for others. Only keyed hashes of them are kept. */
export interface Passes {
  issue(
    purpose: PassPurpose,
    of: { readonly depositorId: string | null; readonly channel: string; readonly content: unknown },
  ): Promise<{ readonly code: string; readonly expiresAt: number }>;
  /**
   * Looks without using. One that is bound to a person opens for nobody else. `by`: who is guessing, should it be a guess.
   * Errors: E2602 unknown, expired, used, another person's; E2607 too many of those.
   */
  look(
    purpose: PassPurpose,
    code: string,
    by: { readonly depositorId?: string | undefined; readonly address: string },
  ): Promise<Result<TakenPass>>;
  /** The same, once. */
  take(
    purpose: PassPurpose,
    code: string,
    by: { readonly depositorId?: string | undefined; readonly address: string; readonly channel: string },
  ): Promise<Result<TakenPass>>;
  /** What was given out to a person before ends. */
  end(purpose: PassPurpose, depositorId: string): Promise<void>;
  sweep(): Promise<void>;
}

export function createPasses(parts: {
  readonly clock: Clock;
  readonly store: PassStore;
  readonly vault: Vault;
  readonly guard: Guard;
}): Passes {
  const { clock, store, vault, guard } = parts;
  const hashOf = (purpose: PassPurpose, code: string) => vault.hash(`pass ${purpose}`, code);
  const context = (passHash: string) => `pass ${passHash}`;

  function read(purpose: PassPurpose, code: string): string {
    if (purpose !== 'resume') return code.trim();
    const parsed = parseResumeCode(code);
    return parsed.ok ? parsed.value : '';
  }

  const look: Passes['look'] = async (purpose, code, { depositorId, address }) => {
    const [door, who] =
      depositorId === undefined
        ? (['passes by address', address] as const)
        : (['passes by person', depositorId] as const);
    const wait = await guard.wait(door, who);
    if (wait > 0) return fail('E2607', `${wait} s`);
    const passHash = hashOf(purpose, read(purpose, code));
    const pass = await store.find(passHash);
    const now = clock.now();
    const others = pass && pass.depositorId !== null && depositorId !== undefined && pass.depositorId !== depositorId;
    if (!pass || pass.purpose !== purpose || pass.usedAt !== null || now >= pass.expiresAt || others) {
      const locked = await guard.take(door, who);
      return locked > 0 ? fail('E2607', `${locked} s`) : fail('E2602');
    }
    const { channel, expiresAt } = pass;
    return ok({
      depositorId: pass.depositorId,
      channel,
      expiresAt,
      content: openJson(vault, context(passHash), pass.content),
    });
  };

  return {
    look,
    async issue(purpose, { depositorId, channel, content }) {
      const now = clock.now();
      const { lifeMs, make } = KINDS[purpose];
      for (;;) {
        const code = make();
        const passHash = hashOf(purpose, code);
        const sealed = sealJson(vault, context(passHash), content);
        const expiresAt = now + lifeMs;
        const pass = { passHash, purpose, depositorId, channel, content: sealed, createdAt: now, expiresAt };
        if (await store.add(pass)) return { code, expiresAt };
      }
    },
    async take(purpose, code, by) {
      const found = await look(purpose, code, by);
      if (!found.ok) return found;
      const used = await store.use(hashOf(purpose, read(purpose, code)), by.channel, clock.now());
      return used ? found : fail('E2602');
    },
    end: (purpose, depositorId) => store.end(purpose, depositorId, clock.now()),
    sweep: () => store.sweep(clock.now() - 24 * 60 * MINUTE),
  };
}
