import { X509Certificate, createHash, randomBytes, verify } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { CoreSystem, Unit } from '../core/core-system.ts';
import type { UserStore } from '../store/user-store.ts';
import type { Vault } from '../vault.ts';
import type { Guard } from './guard.ts';
import type { Caller } from './sign-in.ts';

const VALID_MS = 2 * 60_000;

/**
 * A unit's clerk signs in with the certificate of a USB key (U 盾): the key signs a text that was never seen before. Every kind of key is
 * taken that Node verifies. Nothing is said about a certificate before its key has proved itself.
 */
export interface UnitSignIn {
  challenge(
    caller: Caller,
    certificatePem: string,
  ): Promise<Result<{ challengeId: string; text: string; validSeconds: number }>>;
  /** The unit and what its session stands for. Errors: E2610. */
  check(
    caller: Caller,
    proof: { readonly challengeId: string; readonly certificatePem: string; readonly signatureBase64: string },
  ): Promise<Result<{ readonly unit: Unit; readonly fingerprint: string }>>;
  /** Errors: E2610 its certificate was taken from it meanwhile. */
  unit(fingerprint: string): Promise<Result<Unit>>;
}

export interface UnitParts {
  readonly clock: Clock;
  readonly store: UserStore;
  readonly core: Pick<CoreSystem, 'unitByCertificate'>;
  readonly vault: Vault;
  readonly guard: Guard;
  /** Issuers of units' certificates, PEM. None: only certificates the core itself names are taken. */
  readonly issuers: readonly string[];
}

export function createUnitSignIn(parts: UnitParts): UnitSignIn {
  const { clock, store, core, vault, guard } = parts;
  const issuers = parts.issuers.map((pem) => new X509Certificate(pem));
  const textOf = (challengeId: string, channel: string, nonce: string) =>
    `kiosk-unit-sign-in-v1\nchannel ${channel}\nchallenge ${challengeId}\nnonce ${nonce}\n`;
  /** The nonce comes from the number and our key, so that nothing of it has to be kept. */
  const nonceOf = (challengeId: string, salt: string) => vault.hash('unit nonce', `${challengeId} ${salt}`);

  const unit: UnitSignIn['unit'] = async (fingerprint) => {
    const found = await core.unitByCertificate(fingerprint);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail('E2610', 'no unit has it');
  };

  return {
    unit,
    async challenge(caller, certificatePem) {
      const wait = await guard.take('unit challenges', caller.address);
      if (wait > 0) return fail('E2607', `${wait} s`);
      const now = clock.now();
      const challengeId = newId(now);
      const salt = randomBytes(16).toString('hex');
      await store.addChallenge({
        challengeId,
        purpose: 'unit',
        channel: caller.channel,
        subjectHash: pemHash(certificatePem),
        candidates: [],
        codeHash: salt,
        createdAt: now,
        expiresAt: now + VALID_MS,
      });
      const text = textOf(challengeId, caller.channel, nonceOf(challengeId, salt));
      return ok({ challengeId, text, validSeconds: VALID_MS / 1000 });
    },
    async check(caller, { challengeId, certificatePem, signatureBase64 }) {
      const challenge = await store.challenge(challengeId);
      const now = clock.now();
      if (challenge?.purpose !== 'unit' || challenge.channel !== caller.channel) return fail('E2610', 'challenge');
      // Once, whatever comes of it.
      if (!(await store.useChallenge(challengeId)) || now >= challenge.expiresAt) return fail('E2610', 'challenge');
      if (challenge.subjectHash !== pemHash(certificatePem)) return fail('E2610', 'another certificate');
      const certificate = readCertificate(certificatePem);
      if (!certificate) return fail('E2610', 'no certificate');
      const text = Buffer.from(textOf(challengeId, caller.channel, nonceOf(challengeId, challenge.codeHash)));
      if (!signed(certificate, text, Buffer.from(signatureBase64, 'base64'))) return fail('E2610', 'signature');
      if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo))
        return fail('E2610', 'dates');
      const trusted = issuers.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
      if (issuers.length > 0 && !trusted) return fail('E2610', 'issuer');
      const fingerprint = createHash('sha256').update(certificate.raw).digest('hex');
      const found = await unit(fingerprint);
      return found.ok ? ok({ unit: found.value, fingerprint }) : found;
    },
  };
}

const pemHash = (pem: string): string => createHash('sha256').update(pem.replace(/\s+/g, '')).digest('hex');

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function signed(certificate: X509Certificate, text: Buffer, signature: Buffer): boolean {
  try {
    const { publicKey } = certificate;
    const ed = publicKey.asymmetricKeyType === 'ed25519' || publicKey.asymmetricKeyType === 'ed448';
    return verify(ed ? null : 'sha256', text, publicKey, signature);
  } catch {
    return false;
  }
}
