import { type KeyPairKeyObjectResult, generateKeyPairSync, sign } from 'node:crypto';
import {
  type Audience,
  type DownlinkKind,
  type Envelope,
  keyIdOf,
  signedBytes,
} from '@kiosk/contract/platform/downlink.ts';

/** The centre's configuration key of the tests. */
export const configurationKey = generateKeyPairSync('ed25519');

export interface Said {
  readonly kind: DownlinkKind;
  readonly version: number;
  readonly content: unknown;
  readonly audience: Audience;
  readonly signedBy: KeyPairKeyObjectResult;
  readonly notBefore: number;
  readonly expires: number;
}

/** An envelope as a centre makes it, or as somebody would like to: every part can be another. */
export function signedEnvelope(of: Pick<Said, 'kind' | 'version' | 'content' | 'audience'> & Partial<Said>): Envelope {
  const { signedBy = configurationKey, ...said } = of;
  const now = Date.now();
  const statement = { v: 1, issuedAt: now, notBefore: now - 1_000, expires: now + 400 * 86_400_000, ...said };
  const bytes = Buffer.from(JSON.stringify(statement));
  return {
    keyId: keyIdOf(signedBy.publicKey),
    statementBase64: bytes.toString('base64'),
    signatureBase64: sign(null, signedBytes(bytes), signedBy.privateKey).toString('base64'),
  };
}
