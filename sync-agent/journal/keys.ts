import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { writeNewSecret } from './durable-file.ts';
import { fileFailure } from './failure.ts';

/** Holds the terminal's own key. A file today; a TPM or a system credential behind the same three verbs. */
export interface KeyProvider {
  /** Wraps a 32-byte data key so that only this terminal can unwrap it. */
  wrap(dataKey: Uint8Array): Buffer;
  /** Undefined: wrapped by another terminal's key, or altered. */
  unwrap(wrapped: Uint8Array): Buffer | undefined;
  /** The same text gives the same 32 hex characters on this terminal; without the key nobody can search for the text. */
  pseudonym(text: string): string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The key in a file that only the service user can read; made when there is none. Errors: E6101, E6102, E8101 the file
 * is open to others or is not a key.
 */
export function fileKeyProvider(file: string): Result<KeyProvider> {
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
      ? ok(keyProvider(key))
      : fail('E8101', `the terminal key file has ${key.length} bytes, expected ${KEY_BYTES}`);
  } catch (error) {
    const failure = fileFailure(error);
    if (!failure) throw error;
    return fail(failure.code, failure.detail);
  }
}

export function keyProvider(secret: Uint8Array): KeyProvider {
  // One secret, one derived key a use: a key that encrypts is never a key that hashes.
  const wrapping = derivedKey(secret, 'kiosk-data-key-wrap-v1');
  const naming = derivedKey(secret, 'kiosk-pseudonym-v1');
  return {
    wrap(dataKey) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', wrapping, iv);
      return Buffer.concat([iv, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap(wrapped) {
      if (wrapped.length !== IV_BYTES + KEY_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(wrapped.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
    pseudonym: (text) => createHmac('sha256', naming).update(text).digest('hex').slice(0, 32),
  };
}

/** As an object made once: given in bytes, a key costs five times what the encryption of a data key does (Node 24). */
function derivedKey(secret: Uint8Array, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', use, KEY_BYTES)));
}
