import { createCipheriv, createDecipheriv, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** Authenticated encryption as it is used here: a nonce is never used twice with one key. */
export interface Aead {
  readonly keyBytes: number;
  readonly tagBytes: number;
  key(bytes: Uint8Array): AeadKey;
}

export interface AeadKey {
  /** Ciphertext, then the tag. */
  seal(nonce: Uint8Array, clear: Uint8Array | string, additional?: Uint8Array): Buffer;
  /** Throws `AuthenticationError` when the key is another one or a bit was changed. */
  open(nonce: Uint8Array, sealed: Uint8Array, additional?: Uint8Array): Buffer;
}

/** Nobody learns more than this about why something does not open. */
export class AuthenticationError extends Error {
  constructor() {
    super('sealed for another key, or altered');
  }
}

/** All constructions here take a nonce of 96 bits. */
export const NONCE_BYTES = 12;
const NOTHING = new Uint8Array(0);

/** AES-GCM (NIST SP 800-38D) with a tag of 128 bits. */
export const aesGcm = (keyBits: 128 | 256): Aead => ({
  keyBytes: keyBits / 8,
  tagBytes: 16,
  key(bytes) {
    const algorithm = `aes-${keyBits}-gcm` as const;
    // A cipher takes a key in bytes too, but then spends most of its time on finding out that it is not an object (Node 24).
    const secret = createSecretKey(bytes);
    return {
      seal(nonce, clear, additional) {
        const cipher = createCipheriv(algorithm, secret, nonce);
        if (additional) cipher.setAAD(additional);
        const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
        cipher.final();
        return Buffer.concat([body, cipher.getAuthTag()]);
      },
      open(nonce, sealed, additional) {
        if (sealed.length < 16) throw new AuthenticationError();
        const decipher = createDecipheriv(algorithm, secret, nonce, { authTagLength: 16 });
        if (additional) decipher.setAAD(additional);
        decipher.setAuthTag(sealed.subarray(-16));
        try {
          return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
        } catch {
          throw new AuthenticationError();
        }
      },
    };
  },
});

/**
 * SM4 in counter mode (GB/T 32907, GB/T 17964), then HMAC-SM3 (GB/T 32905, GB/T 15852.2) over what was encrypted:
 * OpenSSL 3.5 in Node 24 has no SM4-GCM. The key is 32 bytes, from which HMAC-SM3 makes one for SM4 (over 'encrypt',
 * its first 16 bytes) and one for HMAC (over 'authenticate'); the first counter block is the nonce and 32 zero bits; the
 * tag covers nonce, additional data, ciphertext and both lengths (64 bits each).
 */
export const sm4CtrHmacSm3: Aead = {
  keyBytes: 32,
  tagBytes: 32,
  key(bytes) {
    const derived = (use: string) => createHmac('sm3', bytes).update(use).digest();
    const encryption = createSecretKey(derived('encrypt').subarray(0, 16));
    const authentication = createSecretKey(derived('authenticate'));
    const counter = (nonce: Uint8Array) => Buffer.concat([nonce, Buffer.alloc(16 - NONCE_BYTES)]);
    const tagOf = (nonce: Uint8Array, additional: Uint8Array, body: Uint8Array) => {
      const lengths = Buffer.alloc(16);
      lengths.writeBigUInt64BE(BigInt(additional.length), 0);
      lengths.writeBigUInt64BE(BigInt(body.length), 8);
      return createHmac('sm3', authentication).update(nonce).update(additional).update(body).update(lengths).digest();
    };
    return {
      seal(nonce, clear, additional = NOTHING) {
        const cipher = createCipheriv('sm4-ctr', encryption, counter(nonce));
        const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
        return Buffer.concat([body, tagOf(nonce, additional, body)]);
      },
      open(nonce, sealed, additional = NOTHING) {
        if (sealed.length < 32) throw new AuthenticationError();
        const body = sealed.subarray(0, -32);
        if (!timingSafeEqual(sealed.subarray(-32), tagOf(nonce, additional, body))) throw new AuthenticationError();
        return createDecipheriv('sm4-ctr', encryption, counter(nonce)).update(body);
      },
    };
  },
};
