import { randomBytes } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { COST, matches, newSalt } from './slow-hash.ts';
import type { TechnicianEntry } from './technician-file.ts';

export interface SignedIn {
  readonly technicianToken: string;
  readonly name: string;
  readonly expiresAt: number;
}

export interface Technicians {
  /** E7101 wrong name or secret, E7102 locked for a while (detail: seconds). */
  signIn(name: string, secret: string): Promise<Result<SignedIn>>;
  /** Whose token it is; undefined: not valid any more. */
  whose(token: string): string | undefined;
  signOut(token: string): string | undefined;
}

const TOKEN_MS = 10 * 60_000;
const TRIES = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;

interface Tries {
  wrong: number;
  lockedUntil: number;
  nextLockMs: number;
}

/**
 * Who may open the service side. Tokens and locks live in memory: they end with the program, and only who already
 * controls the machine can end the program.
 */
export function technicians(entries: readonly TechnicianEntry[], clock: Clock): Technicians {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  /** One row a technician, and one for all names nobody has. */
  const tries = new Map<string, Tries>();
  const tokens = new Map<string, { name: string; until: number }>();
  // Hashed against when nobody has the name, so that a wrong name takes as long as a wrong secret.
  const nobody = { saltBase64: newSalt().toString('base64'), hashBase64: randomBytes(32).toString('base64'), ...COST };
  // One after the other: guesses in parallel would count late and take 32 MB each.
  let turn: Promise<unknown> = Promise.resolve();

  async function check(name: string, secret: string): Promise<Result<SignedIn>> {
    const entry = byName.get(name);
    const row = triesOf(entry ? name : '');
    const now = clock.monotonic();
    if (row.lockedUntil > now) return fail('E7102', String(Math.ceil((row.lockedUntil - now) / 1_000)));

    const { saltBase64, hashBase64, ...cost } = entry ?? nobody;
    const right = await matches(secret, Buffer.from(saltBase64, 'base64'), Buffer.from(hashBase64, 'base64'), cost);
    if (!entry || !right) {
      countWrong(row);
      return fail('E7101');
    }
    tries.delete(name);
    const technicianToken = randomBytes(32).toString('base64url');
    tokens.set(technicianToken, { name, until: clock.monotonic() + TOKEN_MS });
    return ok({ technicianToken, name, expiresAt: clock.now() + TOKEN_MS });
  }

  function triesOf(key: string): Tries {
    const known = tries.get(key);
    if (known) return known;
    const fresh = { wrong: 0, lockedUntil: 0, nextLockMs: FIRST_LOCK_MS };
    tries.set(key, fresh);
    return fresh;
  }

  function countWrong(row: Tries): void {
    row.wrong++;
    if (row.wrong % TRIES !== 0) return;
    row.lockedUntil = clock.monotonic() + row.nextLockMs;
    row.nextLockMs = Math.min(row.nextLockMs * 2, LONGEST_LOCK_MS);
  }

  return {
    signIn(name, secret) {
      const mine = turn.then(() => check(name, secret));
      turn = mine.catch(() => undefined);
      return mine;
    },
    whose(token) {
      const found = tokens.get(token);
      if (found && found.until > clock.monotonic()) return found.name;
      tokens.delete(token);
      return undefined;
    },
    signOut(token) {
      const name = this.whose(token);
      tokens.delete(token);
      return name;
    },
  };
}
