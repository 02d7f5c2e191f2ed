import { z } from 'zod';
import { Instant } from '../services/common.ts';

/** PEM, one block; a P-384 request has about 500 bytes. */
const Pem = z.string().min(64).max(4_000);
const TerminalNumber = z.string().regex(/^\d{6}$/);

/**
 * POST /v1/enrolment, over TLS without a client certificate: a new machine, or one that lost its key, shows the one-time
 * code of its number. One answer for every code that does not fit.
 */
export const EnrolmentRequest = z.object({
  terminalId: TerminalNumber,
  /** As the centre told it; spaces, hyphens and small letters do not matter. */
  code: z.string().min(1).max(40),
  /** PKCS#10; its key is P-256 or P-384, and it is signed with it. What it asks for beside its key is not granted. */
  certificateRequestPem: Pem,
  /** Ed25519, SPKI: the key that signs this machine's journal. */
  signingKeyPem: Pem,
  /** Ed25519 over `enrolmentStatement`, made with the signing key. */
  signatureBase64: z.base64().max(200),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

/** POST /v1/certificate, with the certificate that still holds: the next one. The signing key stays. */
export const RenewalRequest = z.object({ certificateRequestPem: Pem });
export type RenewalRequest = z.infer<typeof RenewalRequest>;

export const IssuedCertificate = z.object({
  terminalId: TerminalNumber,
  certificatePem: z.string(),
  /** Hexadecimal, as tools print it. */
  serialNumber: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  /** From here on the terminal asks for the next one. */
  renewFrom: Instant,
});
export type IssuedCertificate = z.infer<typeof IssuedCertificate>;

export const enrolmentRoutes = {
  enrol: { method: 'POST', path: '/v1/enrolment', request: EnrolmentRequest, answer: IssuedCertificate },
  renewCertificate: { method: 'POST', path: '/v1/certificate', request: RenewalRequest, answer: IssuedCertificate },
} as const;

/** What the signing key signs: it and the certificate's key are of one machine, of this number. */
export function enrolmentStatement(terminalId: string, certificateRequestPem: string): Buffer {
  return Buffer.from(`kiosk-enrolment-v1\n${terminalId}\n${certificateRequestPem.trim()}\n`);
}
