import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from '@kiosk/contract/journal/random.ts';
import { AuthenticationError, NONCE_BYTES } from '@kiosk/contract/journal/suite/aead.ts';
import { type Suite, intl } from '@kiosk/contract/journal/suite/suite.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { writeNewSecret } from '../file/durable-file.ts';
import { fileFailure } from '../file/failure.ts';

/** Holds the terminal's own key. A file today; a TPM or a system credential behind the same three verbs. */
export interface KeyProvider {
  /** Wraps a data key so that only this terminal can unwrap it. */
  wrap(dataKey: Uint8Array): Buffer;
  /** Undefined: wrapped by another terminal's key, or altered. */
  unwrap(wrapped: Uint8Array): Buffer | undefined;
  /** The same text gives the same 32 hex characters on this terminal; without the key nobody can search for the text. */
  pseudonym(text: string): string;
}

const KEY_BYTES = 32;

/**
 * The key in a file that only the service user can read; made when there is none. Errors: E6101, E6102, E8101 the file
 * is open to others or is not a key.
 */
export function fileKeyProvider(file: string, suite: Suite = intl): Result<KeyProvider> {
  try {
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeNewSecret(file, randomBytes(KEY_BYTES));
    }
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      return fail('E8101', 'the terminal key file is readable by others (expected mode 0600)');
    }
    const key = readFileSync(file);
    return key.length === KEY_BYTES
      ? ok(keyProvider(key, suite))
      : fail('E8101', `the terminal key file has ${key.length} bytes, expected ${KEY_BYTES}`);
  } catch (error) {
    const failure = fileFailure(error);
    if (!failure) throw error;
    return fail(failure.code, failure.detail);
  }
}

/** `suite`: the algorithms it wraps and names with. */
export function keyProvider(secret: Uint8Array, suite: Suite = intl): KeyProvider {
  // One secret, one derived key a use: a key that encrypts is never a key that hashes.
  const derived = (use: string, bytes: number) => Buffer.from(hkdfSync(suite.hash, secret, '', use, bytes));
  const wrapping = suite.aead.key(derived('kiosk-data-key-wrap-v1', suite.aead.keyBytes));
  const naming = createSecretKey(derived('kiosk-pseudonym-v1', KEY_BYTES));
  return {
    wrap(dataKey) {
      const nonce = randomBytes(NONCE_BYTES);
      return Buffer.concat([nonce, wrapping.seal(nonce, dataKey)]);
    },
    unwrap(wrapped) {
      if (wrapped.length <= NONCE_BYTES) return undefined;
      try {
        return wrapping.open(wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES));
      } catch (error) {
        if (error instanceof AuthenticationError) return undefined;
        throw error;
      }
    },
    pseudonym: (text) => createHmac(suite.hash, naming).update(text).digest('hex').slice(0, 32),
  };
}
