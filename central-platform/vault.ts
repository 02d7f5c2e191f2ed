import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The keys that derive from the one secret file, each for one purpose. */
export interface Vault {
  /** Key of the verification codes on documents. */
  readonly verificationKey: Uint8Array;
  /** Encrypts what the store keeps about people (AES-256-GCM: iv, ciphertext, tag). `context` binds it to its row. */
  seal(context: string, clear: Uint8Array): Buffer;
  /** Throws when the row was changed, moved to another context, or belongs to another secret. */
  open(context: string, sealed: Uint8Array): Buffer;
  /** Keyed hash for finding without keeping the value. */
  hash(purpose: string, value: string): string;
}

export function createVault(secret: string): Vault {
  if (secret.length < 32) throw new RangeError('the verification secret needs at least 32 characters');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'kiosk-platform-v1', purpose, 32));
  const fieldKey = derive('stored fields');
  const lookupKey = derive('lookup');
  return {
    verificationKey: derive('verification codes'),
    seal(context, clear) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', fieldKey, iv).setAAD(Buffer.from(context));
      return Buffer.concat([iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
    },
    open(context, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', fieldKey, sealed.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      }).setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    },
    hash: (purpose, value) => createHmac('sha256', lookupKey).update(`${purpose}\n${value}`).digest('hex'),
  };
}

export const sealJson = (vault: Vault, context: string, value: unknown): Buffer =>
  vault.seal(context, Buffer.from(JSON.stringify(value)));

export const openJson = (vault: Vault, context: string, sealed: Uint8Array): unknown =>
  JSON.parse(vault.open(context, sealed).toString('utf8'));
