import { z } from 'zod';
import { type Aead, aesGcm, sm4CtrHmacSm3 } from './aead.ts';
import type { HpkeAlgorithms } from './hpke.ts';

/**
 * Which algorithms a journal is made with; chosen when it is made and never changed. intl: SHA-256, AES-256-GCM. sm: SM3,
 * SM4-CTR with HMAC-SM3. Both agree on keys over X25519: OpenSSL 3.5 in Node 24 has no key agreement or encryption for an
 * SM2 key that was stored. Heads are signed with the key the terminal was given, Ed25519 or SM2 (signing.ts).
 */
export const SuiteName = z.enum(['intl', 'sm']);
export type SuiteName = z.infer<typeof SuiteName>;

/** Name of the algorithm that sealed personal fields, as it stands in the entry. */
export const SealingAlgorithm = z.enum(['A256GCM', 'SM4CTR-HSM3']);
export type SealingAlgorithm = z.infer<typeof SealingAlgorithm>;

export interface Suite {
  readonly name: SuiteName;
  /** Of salted digests and links. */
  readonly hash: 'sha256' | 'sm3';
  readonly sealing: SealingAlgorithm;
  readonly aead: Aead;
  readonly hpke: HpkeAlgorithms;
  /** First byte of a wrapped data key, so that it says itself how it opens. */
  readonly mark: number;
}

const aes256 = aesGcm(256);

export const intl: Suite = {
  name: 'intl',
  hash: 'sha256',
  sealing: 'A256GCM',
  aead: aes256,
  // DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180, sections 7.1 to 7.3).
  hpke: { kem: 0x0020, kdf: 0x0001, aeadId: 0x0002, hash: 'sha256', aead: aes256 },
  mark: 1,
};

export const sm: Suite = {
  name: 'sm',
  hash: 'sm3',
  sealing: 'SM4CTR-HSM3',
  aead: sm4CtrHmacSm3,
  // The same construction over HKDF-SM3; RFC 9180 has no numbers for these, so they are our own.
  hpke: { kem: 0xfe20, kdf: 0xfe01, aeadId: 0xfe02, hash: 'sm3', aead: sm4CtrHmacSm3 },
  mark: 2,
};

export const SUITES: Readonly<Record<SuiteName, Suite>> = { intl, sm };

export const suiteOfSealing = (algorithm: SealingAlgorithm): Suite =>
  Object.values(SUITES).find((suite) => suite.sealing === algorithm)!;
