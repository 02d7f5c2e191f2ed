import { createPublicKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type EnrolmentRequest, IssuedCertificate, type RenewalRequest } from '@kiosk/contract/platform/enrolment.ts';
import type { EnrolmentCode } from '../store/enrolment-store.ts';
import type { Store, Terminal } from '../store/store.ts';
import type { Vault } from '../vault.ts';
import type { EnrolmentAuthority } from './authority.ts';
import { holdsSigningKey, readRequest } from './certificate-request.ts';
import { newEnrolmentCode, typedCode } from './code.ts';

const DAY_MS = 86_400_000;
const TRIES = 5;
/** The answer was lost: so long the same machine may ask for it again. */
const AGAIN_MS = 10 * 60_000;
/** The clock of a machine that is just being set up may be behind. */
const BACKDATED_MS = 3_600_000;

export const REVOCATION_REASONS = ['retired', 'lost', 'stolen', 'keyCompromised', 'maintenance'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export interface EnrolmentOffice {
  /** A code for a terminal's number, told once. What was open for it before is cancelled. */
  createCode(terminalId: string, by: string): Promise<{ readonly code: string; readonly expiresAt: number }>;
  cancelCodes(terminalId: string, by: string): Promise<void>;
  /** The latest codes, without the codes. */
  codes(): Promise<readonly EnrolmentCode[]>;
  /**
   * Errors: E3111 the code is not one for this terminal now, E3112 the request is not acceptable, E3114 the authority does not answer.
   * The same code with the same two keys is answered with the same certificate for ten minutes: the first answer may have been lost.
   * The terminal is registered and admitted with the key it showed; certificates it had before are refused from here on.
   */
  enrol(request: EnrolmentRequest): Promise<Result<IssuedCertificate>>;
  /** Errors: E3112, E3114. */
  renew(terminal: Terminal, request: RenewalRequest): Promise<Result<IssuedCertificate>>;
  /** Refused from here on with E3108; on other processes within seconds. False: no such terminal. */
  revoke(terminalId: string, reason: RevocationReason, by: string): Promise<boolean>;
  readmit(terminalId: string, by: string): Promise<boolean>;
}

export interface EnrolmentParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly vault: Vault;
  /** undefined: certificates come from elsewhere, and none is issued here. */
  readonly authority: EnrolmentAuthority | undefined;
  readonly certificateDays: number;
  readonly codeHours: number;
  /** This terminal is another one now: whoever remembers it has to look again. */
  readonly changed: (terminalId: string) => void;
}

export function createEnrolment(parts: EnrolmentParts): EnrolmentOffice {
  const { clock, store, vault, authority, certificateDays, codeHours, changed } = parts;
  const codeHash = (terminalId: string, code: string) =>
    vault.hash('enrolment code', `${terminalId} ${typedCode(code)}`);

  /** Signed, and not yet known to anybody. Error: E3114. */
  async function sign(terminalId: string, certificateRequestPem: string): Promise<Result<IssuedCertificate>> {
    const now = clock.now();
    const notBefore = now - BACKDATED_MS;
    const notAfter = now + certificateDays * DAY_MS;
    // The first bit is clear: a serial number is a positive integer and must not grow by a byte.
    const serial = randomBytes(16);
    serial[0] = (serial[0]! & 0x3f) | 0x40;
    const serialNumber = serial.toString('hex');
    const issued = await authority?.issue({ certificateRequestPem, terminalId, serialNumber, notBefore, notAfter });
    if (!issued) return fail('E3114');
    const { certificatePem } = issued;
    // The last sixth of its life; two months of a year.
    const renewFrom = notAfter - Math.floor((certificateDays * DAY_MS) / 6);
    return ok({ terminalId, certificatePem, serialNumber, notBefore, notAfter, renewFrom });
  }

  async function note(certificate: IssuedCertificate, origin: 'enrolment' | 'renewal'): Promise<void> {
    const { terminalId, serialNumber, notBefore, notAfter } = certificate;
    const issuedAt = clock.now();
    await store.enrolment.addCertificate({ serialNumber, terminalId, origin, issuedAt, notBefore, notAfter });
    changed(terminalId);
  }

  /** The terminal is this certificate and this signing key from here on. Done again after a process ended half-way. */
  async function admit(issued: IssuedCertificate, signingKeyPem: string): Promise<Result<IssuedCertificate>> {
    const { terminalId } = issued;
    const at = clock.now();
    const before = await store.terminals.register(terminalId, signingKeyPem, at);
    await store.terminals.setState(terminalId, 'admitted');
    if (before && before.signingKeyPem !== signingKeyPem) {
      await store.security.record({ at, code: 'E3105', terminalId, detail: 'signing key was replaced' });
    }
    await note(issued, 'enrolment');
    return ok(issued);
  }

  /** What this code was answered with when it was used with these keys; undefined: it was not, or that is over. */
  async function answeredAlready(
    terminalId: string,
    hash: string,
    keysHash: string,
  ): Promise<IssuedCertificate | undefined> {
    const now = clock.now();
    const used = await store.enrolment.repeatCode(terminalId, now - AGAIN_MS, TRIES);
    if (!used || used.answer === null || used.keysHash === null) return undefined;
    if (!same(hash, used.codeHash) || !same(keysHash, used.keysHash)) return undefined;
    const issued = IssuedCertificate.parse(JSON.parse(used.answer));
    // Revoked since, or in use with a newer one: the answer of then would bring back what is over.
    const revoked = await store.enrolment.revocation(terminalId);
    if (revoked && revoked.at >= used.usedAt) return undefined;
    const newer = await store.enrolment.certificates(terminalId);
    if (newer.some(({ serialNumber, issuedAt }) => serialNumber !== issued.serialNumber && issuedAt > used.usedAt)) {
      return undefined;
    }
    const detail = { codeId: used.codeId, serialNumber: issued.serialNumber };
    await store.audit.append({ at: now, actor: 'system', action: 'enrolment.repeated', subject: terminalId, detail });
    return issued;
  }

  async function setState(terminalId: string, state: Terminal['state'], detail: string): Promise<boolean> {
    const there = await store.terminals.setState(terminalId, state);
    changed(terminalId);
    if (there) await store.security.record({ at: clock.now(), code: 'E3108', terminalId, detail });
    return there;
  }

  return {
    async createCode(terminalId, by) {
      const code = newEnrolmentCode();
      const now = clock.now();
      const expiresAt = now + codeHours * 3_600_000;
      const codeId = newId(now);
      await store.enrolment.addCode({
        codeId,
        terminalId,
        codeHash: codeHash(terminalId, code),
        createdBy: by,
        createdAt: now,
        expiresAt,
      });
      await store.audit.append({
        at: now,
        actor: by,
        action: 'enrolment.code',
        subject: terminalId,
        detail: { codeId },
      });
      return { code, expiresAt };
    },
    async cancelCodes(terminalId, by) {
      await store.enrolment.cancelCodes(terminalId, clock.now());
      await store.audit.append({
        at: clock.now(),
        actor: by,
        action: 'enrolment.cancelled',
        subject: terminalId,
        detail: {},
      });
    },
    codes: () => store.enrolment.codes(200),
    async enrol(asked) {
      const { terminalId, code, certificateRequestPem, signingKeyPem } = asked;
      const wanted = await readRequest(certificateRequestPem);
      // Looked at before the code, so that a technician's slip with a file costs no try.
      if (!wanted || !holdsSigningKey(asked)) return fail('E3112');
      if (!authority) return fail('E3114');
      const now = clock.now();
      const open = await store.enrolment.tryCode(terminalId, now, TRIES);
      const keysHash = vault.hash('enrolment keys', `${wanted.publicKey.toString('pem')}\n${publicPem(signingKeyPem)}`);
      if (!open) {
        const again = await answeredAlready(terminalId, codeHash(terminalId, code), keysHash);
        if (again) return admit(again, signingKeyPem);
      }
      const right = open !== undefined && same(codeHash(terminalId, code), open.codeHash);
      // Signed before the code is used up: an authority that does not answer costs nobody a code.
      const issued = right ? await sign(terminalId, certificateRequestPem) : fail('E3111');
      if (!issued.ok && issued.error.code !== 'E3111') return issued;
      const used = issued.ok && { keysHash, answer: JSON.stringify(issued.value) };
      if (!issued.ok || !used || !open || !(await store.enrolment.useCode(open.codeId, now, used))) {
        await store.security.record({
          at: now,
          code: 'E3111',
          terminalId,
          detail: open ? 'wrong code' : 'no open code',
        });
        return fail('E3111');
      }
      const admitted = await admit(issued.value, signingKeyPem);
      const detail = { codeId: open.codeId, serialNumber: issued.value.serialNumber };
      await store.audit.append({ at: now, actor: 'system', action: 'enrolment.used', subject: terminalId, detail });
      return admitted;
    },
    async renew({ terminalId }, { certificateRequestPem }) {
      if (!(await readRequest(certificateRequestPem))) return fail('E3112');
      const issued = await sign(terminalId, certificateRequestPem);
      if (issued.ok) await note(issued.value, 'renewal');
      return issued;
    },
    async revoke(terminalId, reason, by) {
      const at = clock.now();
      await store.enrolment.cancelCodes(terminalId, at);
      await store.enrolment.noteRevocation({ terminalId, reason, by, at });
      if (!(await setState(terminalId, 'revoked', `revoked: ${reason}`))) return false;
      await store.audit.append({ at, actor: by, action: 'terminal.revoked', subject: terminalId, detail: { reason } });
      return true;
    },
    async readmit(terminalId, by) {
      if (!(await setState(terminalId, 'admitted', 'admitted again'))) return false;
      await store.audit.append({
        at: clock.now(),
        actor: by,
        action: 'terminal.admitted',
        subject: terminalId,
        detail: {},
      });
      return true;
    },
  };
}

/** One way of writing a key that may come written in several. */
const publicPem = (pem: string): string => String(createPublicKey(pem).export({ type: 'spki', format: 'pem' }));
const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
