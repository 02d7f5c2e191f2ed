import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { StaffMember, StaffSession, StaffStore } from '../store/staff-store.ts';
import type { SecurityStore } from '../store/store.ts';
import { hashSecret, isSecret, weakness } from './secrets.ts';

/** Wrong tries in a row before the account rests, and for how long. */
const TRIES = 5;
const LOCK_MS = 15 * 60_000;
/** However busy: at the end of a long day one signs in again. */
const LONGEST_MS = 10 * 3_600_000;

export interface Caller {
  readonly member: StaffMember;
  readonly session: StaffSession;
  /** UTC ms at which it ends without another request. */
  readonly endsAt: number;
}

export interface Sessions {
  /** Errors: E2502, E2503. `token` goes into the cookie and is kept nowhere. */
  signIn(login: string, secret: string): Promise<Result<Caller & { readonly token: string }>>;
  /** Whose cookie this is, if it still is; counts as a sign of life. */
  caller(token: string | undefined): Promise<Caller | undefined>;
  csrf(caller: Caller, token: unknown): boolean;
  signOut(caller: Caller): Promise<void>;
  /** Errors: E2502 the old one, E2510 the new one. */
  changeSecret(caller: Caller, old: string, fresh: string): Promise<Result<Caller>>;
}

export interface SessionParts {
  readonly clock: Clock;
  readonly store: StaffStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly security: Pick<SecurityStore, 'record'>;
  readonly idleMs: number;
}

export function createSessions({ clock, store, audit, security, idleMs }: SessionParts): Sessions {
  const acted = (actor: string, action: string) =>
    audit.append({ at: clock.now(), actor, action, subject: actor, detail: {} });

  async function lock(login: string): Promise<Result<never>> {
    const at = clock.now();
    await store.change(login, { lockedUntil: at + LOCK_MS });
    await store.clearTries(login);
    await security.record({ at, code: 'E2503', terminalId: null, detail: `console account ${login}` });
    await acted(login, 'staff.locked');
    return fail('E2503', `${LOCK_MS / 1000} s`);
  }

  const endOf = ({ createdAt, lastUsedAt }: StaffSession) => Math.min(lastUsedAt + idleMs, createdAt + LONGEST_MS);

  return {
    async signIn(login, secret) {
      const at = clock.now();
      const known = await store.get(login);
      if (known && known.lockedUntil > at) return fail('E2503', `${Math.ceil((known.lockedUntil - at) / 1000)} s`);
      const tries = known ? await store.countTry(login) : 0;
      if (tries > TRIES) return lock(login);
      const right = await isSecret(secret, known?.secret);
      if (!known || !right || known.state !== 'active') {
        if (known) await acted(login, 'staff.refused');
        return tries === TRIES ? lock(login) : fail('E2502');
      }
      await store.clearTries(login);
      await store.change(login, { lastSignInAt: at });
      await store.sweepSessions(at - LONGEST_MS);
      const token = randomBytes(32).toString('base64url');
      const session: StaffSession = {
        ...{ tokenHash: hashOf(token), login, createdAt: at, lastUsedAt: at },
        csrfToken: randomBytes(24).toString('base64url'),
      };
      await store.addSession(session);
      await acted(login, 'staff.signedIn');
      return ok({ member: known, session, endsAt: endOf(session), token });
    },
    async caller(token) {
      if (token === undefined) return undefined;
      const session = await store.session(hashOf(token));
      if (!session) return undefined;
      const at = clock.now();
      const member = await store.get(session.login);
      if (at >= endOf(session) || member?.state !== 'active') {
        await store.endSession(session.tokenHash);
        return undefined;
      }
      // Once a minute is enough to know that somebody is there.
      if (at - session.lastUsedAt > 60_000) await store.touch(session.tokenHash, at);
      return { member, session, endsAt: endOf({ ...session, lastUsedAt: at }) };
    },
    csrf({ session }, token) {
      const given = Buffer.from(typeof token === 'string' ? token : '');
      const expected = Buffer.from(session.csrfToken);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
    async signOut({ session, member }) {
      await store.endSession(session.tokenHash);
      await acted(member.login, 'staff.signedOut');
    },
    async changeSecret(caller, old, fresh) {
      const { login, secret } = caller.member;
      // Whoever sits at an open page may not try out the old one either.
      if ((await store.countTry(login)) > TRIES) return lock(login);
      if (!(await isSecret(old, secret))) return fail('E2502');
      await store.clearTries(login);
      const weak = old === fresh ? 'the same as before' : weakness(fresh, login);
      if (weak !== undefined) return fail('E2510', weak);
      await store.change(login, { secret: await hashSecret(fresh), mustChange: false });
      await store.endSessionsOf(login, caller.session.tokenHash);
      await acted(login, 'staff.secretChanged');
      return ok({ ...caller, member: { ...caller.member, mustChange: false } });
    },
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
