import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CodeCheck, CodeSent, PersonClaim } from '@kiosk/contract/platform/api.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { parseIdNumber } from '@kiosk/domain/id-number.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { sameName } from '@kiosk/domain/names.ts';
import type { People } from '../channels/people.ts';
import { TERMINAL_CHANNEL } from '../channels/settings.ts';
import type { Messenger } from '../channels/sms/messenger.ts';
import type { CoreSystem, Depositor } from '../core/core-system.ts';
import type { Challenge, IdentityStore } from '../store/store.ts';
import type { Vault } from '../vault.ts';

const CODE_VALID_MS = 5 * 60_000;
const RESEND_AFTER_MS = 60_000;
const TRIES = 3;
const LOCK_MS = 10 * 60_000;
const TOKEN_VALID_MS = 15 * 60_000;

export interface Identity {
  /**
   * First factor: the person on the card has an account here. Sends the second to the phone on record.
   * Errors: E1104 check digit, E1105 card expired, E1203 locked (detail: seconds), E1204 no phone, E1205 no account under this name
   * and number, E3106 another terminal sent one less than a minute ago (detail: seconds).
   */
  sendCode(terminalId: string, claim: PersonClaim): Promise<Result<CodeSent>>;
  /** Second factor. Errors: E1202 expired, used or of another terminal, E1203 the third wrong try, or still locked. */
  checkCode(terminalId: string, challengeId: string, code: string): Promise<Result<CodeCheck>>;
  /** Whom a token stands for. Errors: E1206 unknown, expired, ended, or of another terminal. */
  depositor(terminalId: string, identityToken: string): Promise<Result<Depositor>>;
  end(identityToken: string): Promise<void>;
}

export interface IdentityParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly store: IdentityStore;
  readonly vault: Vault;
  readonly messenger: Pick<Messenger, 'send'>;
  /** Who is identified here is a user of every channel from then on. */
  readonly people: Pick<People, 'identified'>;
}

export function createIdentity({ clock, core, store, vault, messenger, people }: IdentityParts): Identity {
  const codeHash = (challengeId: string, code: string) => vault.hash('code', `${challengeId} ${code}`);

  async function locked(personHash: string): Promise<Result<undefined>> {
    const left = (await store.lockedUntil(personHash)) - clock.now();
    return left > 0 ? fail('E1203', seconds(left)) : ok(undefined);
  }

  async function matching(claim: PersonClaim): Promise<Result<Depositor & { phone: string }>> {
    const idNumber = parseIdNumber(claim.idNumber);
    if (!idNumber.ok) return fail('E1104', idNumber.error);
    if (claim.validTo !== null && claim.validTo < shanghaiDate(clock.now())) return fail('E1105');
    const found = await core.findByIdNumber(idNumber.value.value);
    if (!found.ok) return found;
    const depositor = found.value;
    // One answer for an unknown number and for another name: neither tells a stranger who has an account.
    if (!depositor || !sameName(depositor.name, claim.name)) return fail('E1205');
    const { phone } = depositor;
    return phone === null ? fail('E1204') : ok({ ...depositor, phone });
  }

  function sent(challenge: Challenge): CodeSent {
    const now = clock.now();
    return {
      challengeId: challenge.challengeId,
      phoneMasked: challenge.phoneMasked,
      resendAfterSeconds: Math.max(0, Math.ceil((challenge.createdAt + RESEND_AFTER_MS - now) / 1000)),
      validSeconds: Math.max(0, Math.floor((challenge.expiresAt - now) / 1000)),
    };
  }

  return {
    async sendCode(terminalId, claim) {
      const person = await matching(claim);
      if (!person.ok) return person;
      const { depositorId, idNumber, phone } = person.value;
      const personHash = vault.hash('person', idNumber);
      const free = await locked(personHash);
      if (!free.ok) return free;

      const now = clock.now();
      const open = await store.openChallenge(personHash);
      if (open && now < open.createdAt + RESEND_AFTER_MS) {
        // Asking again too early is answered with the code that is on its way.
        if (open.terminalId === terminalId) return ok(sent(open));
        return fail('E3106', seconds(open.createdAt + RESEND_AFTER_MS - now));
      }
      const challengeId = newId(now);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const challenge: Challenge = {
        challengeId,
        terminalId,
        personHash,
        depositorId,
        codeHash: codeHash(challengeId, code),
        phoneMasked: maskPhone(phone),
        createdAt: now,
        expiresAt: now + CODE_VALID_MS,
      };
      await store.addChallenge(challenge);
      await messenger.send({
        phone,
        template: 'code.kiosk',
        values: { code, minutes: String(CODE_VALID_MS / 60_000) },
      });
      return ok(sent(challenge));
    },

    async checkCode(terminalId, challengeId, code) {
      const challenge = await store.challenge(challengeId);
      if (!challenge || challenge.terminalId !== terminalId) return fail('E1202');
      const { personHash, depositorId } = challenge;
      const free = await locked(personHash);
      if (!free.ok) return free;
      const now = clock.now();
      if (now >= challenge.expiresAt) return fail('E1202');

      const tries = await store.countTry(personHash, { at: now, tries: TRIES, lockMs: LOCK_MS });
      const right = tries <= TRIES && sameHash(codeHash(challengeId, code), challenge.codeHash);
      if (!right) {
        if (tries >= TRIES) return fail('E1203', seconds(LOCK_MS));
        return ok({ accepted: false, attemptsLeft: TRIES - tries });
      }
      if (!(await store.useChallenge(challengeId))) return fail('E1202');
      await store.clearTries(personHash);
      const depositor = await core.get(depositorId);
      if (!depositor.ok) return depositor;
      if (depositor.value) await people.identified(depositor.value, TERMINAL_CHANNEL);
      const identityToken = randomBytes(32).toString('base64url');
      const expiresAt = now + TOKEN_VALID_MS;
      await store.addToken({ tokenHash: tokenHash(identityToken), terminalId, depositorId, expiresAt });
      return ok({ accepted: true, identityToken, expiresAt });
    },

    async depositor(terminalId, identityToken) {
      const token = await store.token(tokenHash(identityToken));
      if (!token || token.terminalId !== terminalId || clock.now() >= token.expiresAt) return fail('E1206');
      const depositor = await core.get(token.depositorId);
      if (!depositor.ok) return depositor;
      return depositor.value ? ok(depositor.value) : fail('E1205');
    },

    end: (identityToken) => store.endToken(tokenHash(identityToken)),
  };
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

/** The token has 256 random bits: a plain hash keeps it from being read out of the store. */
const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
