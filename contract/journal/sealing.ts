import {
  constants,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  type KeyLike,
} from 'node:crypto';
import type { Sealed } from './entry.ts';

const TAG_BYTES = 16;
const IV_BYTES = 12;
const WRAPPING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;

/** A data key for one entry: AES-256. */
export const newDataKey = (): Buffer => randomBytes(32);

/** A cipher takes a key in bytes too, but then spends most of its time on finding out that it is not an object (Node 24). */
const secret = (dataKey: Uint8Array) => createSecretKey(dataKey);

/** Encrypts a value as UTF-8 JSON. The 16-byte GCM tag follows the ciphertext, as WebCrypto writes it. */
export function sealJson(dataKey: Uint8Array, value: unknown): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret(dataKey), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { alg: 'A256GCM', ivBase64: iv.toString('base64'), dataBase64: data.toString('base64') };
}

/** The clear value; throws when the key is another one or a bit was changed. The caller checks its shape. */
export function openJson(dataKey: Uint8Array, sealed: Sealed): unknown {
  const data = Buffer.from(sealed.dataBase64, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', secret(dataKey), Buffer.from(sealed.ivBase64, 'base64'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  const clear = Buffer.concat([decipher.update(data.subarray(0, -TAG_BYTES)), decipher.final()]);
  return JSON.parse(clear.toString('utf8'));
}

/** RSA-OAEP with SHA-256. `publicKey` is PEM (SPKI) or a KeyObject. */
export const wrapKey = (publicKey: KeyLike, dataKey: Uint8Array): Buffer =>
  publicEncrypt({ key: publicKey, ...WRAPPING }, dataKey);

/** Throws when it was wrapped for another key. */
export const unwrapKey = (privateKey: KeyLike, wrapped: Uint8Array): Buffer =>
  privateDecrypt({ key: privateKey, ...WRAPPING }, wrapped);
