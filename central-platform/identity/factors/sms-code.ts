import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CodeSent } from '@kiosk/contract/platform/identity.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import type { Messenger } from '../../channels/sms/messenger.ts';
import type { Depositor } from '../../core/core-system.ts';
import type { Challenge, IdentityStore } from '../../store/store.ts';
import type { Vault } from '../../vault.ts';

const CODE_VALID_MS = 5 * 60_000;
const RESEND_AFTER_MS = 60_000;
const TRIES = 3;
const LOCK_MS = 10 * 60_000;

export interface SmsCodeParts {
  readonly clock: Clock;
  readonly store: IdentityStore;
  readonly vault: Vault;
  readonly messenger: Pick<Messenger, 'send'>;
}

export type CodeJudged =
  | { readonly accepted: true; readonly challenge: Challenge }
  | { readonly accepted: false; readonly attemptsLeft: number };

export interface SmsCodes {
  /** Errors: E1203 locked (detail: seconds), E1204 no phone, E3106 another terminal sent one less than a minute ago. */
  send(terminalId: string, depositor: Depositor): Promise<Result<CodeSent>>;
  /** Errors: E1202 expired, used or of another terminal, E1203 the third wrong try, or still locked. */
  judge(terminalId: string, challengeId: string, code: string): Promise<Result<CodeJudged>>;
}

/** Codes to the phone on record. Tries are counted for the person, whatever code or terminal; the web counts with the same. */
export function smsCodes({ clock, store, vault, messenger }: SmsCodeParts): SmsCodes {
  const codeHash = (challengeId: string, code: string) => vault.hash('code', `${challengeId} ${code}`);

  async function locked(personHash: string): Promise<Result<undefined>> {
    const left = (await store.lockedUntil(personHash)) - clock.now();
    return left > 0 ? fail('E1203', seconds(left)) : ok(undefined);
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
    async send(terminalId, { depositorId, idNumber, phone }) {
      if (phone === null) return fail('E1204');
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

    async judge(terminalId, challengeId, code) {
      const challenge = await store.challenge(challengeId);
      if (!challenge || challenge.terminalId !== terminalId) return fail('E1202');
      const { personHash } = challenge;
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
      return ok({ accepted: true, challenge });
    },
  };
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
