import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Language } from '@kiosk/contract/services/common.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { sameName } from '@kiosk/domain/names.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { IdentityStore } from '../store/store.ts';
import type { UserStore, WebSession } from '../store/user-store.ts';
import type { Vault } from '../vault.ts';
import type { SignedIn } from './contract.ts';
import type { Guard } from './guard.ts';
import { type People, personHashOf, phoneHashOf } from './people.ts';
import type { Messenger } from './sms/messenger.ts';

const CODE_VALID_MS = 5 * 60_000;
const RESEND_AFTER_MS = 60_000;
/** The tries and the lock are those of the terminals, in the same counter: who guesses there does not begin anew here. */
const TRIES = 3;
const LOCK_MS = 10 * 60_000;
const SESSION_MS = 30 * 60_000;

export interface Caller {
  readonly channel: string;
  /** Where the call came from; only ever hashed. */
  readonly address: string;
}

export interface ChallengeGiven {
  readonly challengeId: string;
  readonly resendAfterSeconds: number;
  readonly validSeconds: number;
}

/** Registration and sign-in of people on every channel but the terminal. What is unknown is answered like what is known. */
export interface SignIn {
  /** Errors: E1203 locked, E2607 (both with seconds). */
  byPhone(caller: Caller, phone: string, language: Language): Promise<Result<ChallengeGiven>>;
  /** The first time. The code goes to the phone on record, never to one the caller names. Errors: those. */
  register(
    caller: Caller,
    claim: { name: string; idNumber: string },
    language: Language,
  ): Promise<Result<ChallengeGiven>>;
  /** Errors: E1202, E1203, E2601. */
  check(caller: Caller, challengeId: string, code: string, idTail: string | undefined): Promise<Result<SignedIn>>;
  open(channel: string, kind: WebSession['kind'], subject: string): Promise<{ session: string; expiresAt: number }>;
  /** Errors: E2609. */
  who(channel: string, kind: WebSession['kind'], session: string): Promise<Result<string>>;
  end(session: string): Promise<void>;
}

export interface SignInParts {
  readonly clock: Clock;
  readonly store: UserStore;
  readonly tries: Pick<IdentityStore, 'lockedUntil' | 'countTry' | 'clearTries'>;
  readonly core: CoreSystem;
  readonly vault: Vault;
  readonly guard: Guard;
  readonly people: People;
  readonly messenger: Messenger;
}

export function createSignIn(parts: SignInParts): SignIn {
  const { clock, store, tries, core, vault, guard, people, messenger } = parts;
  const codeHash = (challengeId: string, code: string) => vault.hash('web code', `${challengeId} ${code}`);

  async function locked(subjectHash: string): Promise<Result<undefined>> {
    const left = (await tries.lockedUntil(subjectHash)) - clock.now();
    return left > 0 ? fail('E1203', seconds(left)) : ok(undefined);
  }

  /** Everything here is the same whether anybody is known by the subject: rows, answer, and limits. Only the message is not sent. */
  async function give(
    caller: Caller,
    purpose: 'login' | 'register',
    subjectHash: string,
    known: readonly (Depositor & { readonly phone: string })[],
    language: Language,
  ): Promise<Result<ChallengeGiven>> {
    const free = await locked(subjectHash);
    if (!free.ok) return free;
    const waits = [
      await guard.take('codes by address', caller.address),
      await guard.take('code again', subjectHash),
      await guard.take('codes by subject', subjectHash),
    ];
    const wait = Math.max(...waits);
    if (wait > 0) return fail('E2607', `${wait} s`);
    const now = clock.now();
    const challengeId = newId(now);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await store.addChallenge({
      challengeId,
      purpose,
      channel: caller.channel,
      subjectHash,
      candidates: known.map(({ depositorId }) => depositorId),
      codeHash: codeHash(challengeId, code),
      createdAt: now,
      expiresAt: now + CODE_VALID_MS,
    });
    const [first] = known;
    if (first) {
      const template = purpose === 'login' ? 'code.login' : 'code.register';
      // Not awaited: how long a message takes must not tell that there was one.
      void messenger.send({ phone: first.phone, template, values: { code, minutes: '5' }, language });
    }
    return ok({ challengeId, resendAfterSeconds: RESEND_AFTER_MS / 1000, validSeconds: CODE_VALID_MS / 1000 });
  }

  async function open(channel: string, kind: WebSession['kind'], subject: string) {
    const session = randomBytes(32).toString('base64url');
    const createdAt = clock.now();
    const expiresAt = createdAt + SESSION_MS;
    await store.addSession({ tokenHash: tokenHash(session), channel, kind, subject, createdAt, expiresAt });
    return { session, expiresAt };
  }

  return {
    open,
    async byPhone(caller, phone, language) {
      const known = await people.ofPhone(phone);
      if (!known.ok) return known;
      const [one, ...others] = known.value;
      // One person of a phone shares the count of wrong codes with the terminals.
      const subject = one && others.length === 0 ? personHashOf(vault, one.idNumber) : phoneHashOf(vault, phone);
      return give(caller, 'login', subject, known.value, language);
    },
    async register(caller, { name, idNumber }, language) {
      const parsed = parseIdNumber(idNumber);
      const number = parsed.ok ? parsed.value.value : idNumber;
      const asked = parsed.ok ? await core.findByIdNumber(number) : undefined;
      if (asked && !asked.ok) return asked;
      const found = asked?.value;
      const phone = found && sameName(found.name, name) ? found.phone : null;
      const known = found && phone !== null ? [{ ...found, phone }] : [];
      return give(caller, 'register', personHashOf(vault, number), known, language);
    },
    async check(caller, challengeId, code, idTail) {
      const challenge = await store.challenge(challengeId);
      const now = clock.now();
      if (!challenge || challenge.purpose === 'unit' || challenge.channel !== caller.channel) return fail('E1202');
      const free = await locked(challenge.subjectHash);
      if (!free.ok) return free;
      if (now >= challenge.expiresAt) return fail('E1202');
      // Counted before it is judged, so that tries at the same moment cannot share one.
      const count = await tries.countTry(challenge.subjectHash, { at: now, tries: TRIES, lockMs: LOCK_MS });
      const wrong = (): Result<SignedIn> =>
        count >= TRIES ? fail('E1203', seconds(LOCK_MS)) : ok({ accepted: false, attemptsLeft: TRIES - count });
      const right = count <= TRIES && sameHash(codeHash(challengeId, code), challenge.codeHash);
      if (!right || challenge.candidates.length === 0) return wrong();
      const asked = await Promise.all(challenge.candidates.map((id) => core.get(id)));
      const silent = asked.find((one) => !one.ok);
      if (silent) return silent;
      const found = asked.flatMap((one) => (one.ok && one.value ? [one.value] : []));
      if (found.length > 1 && idTail === undefined) {
        await tries.clearTries(challenge.subjectHash);
        return fail('E2601');
      }
      const [depositor, ...others] = found.filter(
        ({ idNumber }) => found.length === 1 || idNumber.endsWith(String(idTail).toUpperCase()),
      );
      if (!depositor || others.length > 0 || (idTail?.length ?? 4) !== 4) return wrong();
      if (!(await store.useChallenge(challengeId))) return fail('E1202');
      await tries.clearTries(challenge.subjectHash);
      const user = await people.identified(depositor, caller.channel);
      if (!user) return fail('E1204');
      const session = await open(caller.channel, 'person', depositor.depositorId);
      return ok({ accepted: true, ...session, name: maskName(depositor.name), registeredBy: user.registeredBy });
    },
    async who(channel, kind, session) {
      const known = await store.session(tokenHash(session));
      const good = known?.channel === channel && known.kind === kind && clock.now() < known.expiresAt;
      return good ? ok(known.subject) : fail('E2609');
    },
    end: (session) => store.endSession(tokenHash(session)),
  };
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
/** 256 random bits: a plain hash keeps it from being read out of the store. */
const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
