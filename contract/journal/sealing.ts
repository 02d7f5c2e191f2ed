import type { KeyObject } from 'node:crypto';
import type { Sealed } from './entry.ts';
import { randomBytes } from './random.ts';
import { AuthenticationError, NONCE_BYTES } from './suite/aead.ts';
import { ENCAPSULATED_BYTES, type HpkeContext, hpkeReceive, hpkeSend } from './suite/hpke.ts';
import { SUITES, type Suite, suiteOfSealing } from './suite/suite.ts';

/** A data key for one entry. */
export const newDataKey = (suite: Suite): Buffer => randomBytes(suite.aead.keyBytes);

/** Encrypts a value as UTF-8 JSON. The tag follows the ciphertext, as WebCrypto writes it. */
export function sealJson(suite: Suite, dataKey: Uint8Array, value: unknown): Sealed {
  const iv = randomBytes(NONCE_BYTES);
  const data = suite.aead.key(dataKey).seal(iv, JSON.stringify(value));
  return { alg: suite.sealing, ivBase64: iv.toString('base64'), dataBase64: data.toString('base64') };
}

/** The clear value; throws `AuthenticationError` when the key is another one or a bit was changed. The caller checks its shape. */
export function openJson(dataKey: Uint8Array, sealed: Sealed): unknown {
  const { aead } = suiteOfSealing(sealed.alg);
  if (dataKey.length !== aead.keyBytes) throw new AuthenticationError();
  const iv = Buffer.from(sealed.ivBase64, 'base64');
  if (iv.length !== NONCE_BYTES) throw new AuthenticationError();
  return JSON.parse(aead.key(dataKey).open(iv, Buffer.from(sealed.dataBase64, 'base64')).toString('utf8'));
}

/**
 * Wraps data keys for the centre: one HPKE agreement (RFC 9180) with its X25519 key serves the keys of a day, so that an
 * entry costs one encryption and no agreement. A wrapped key is whole in itself, 1 + 32 + 8 + n bytes: the suite's mark,
 * the sender's ephemeral public key, the number of the message (big-endian), the key encrypted with its tag.
 */
export interface KeyWrapper {
  wrap(dataKey: Uint8Array): Buffer;
}

const INFO = Buffer.from('kiosk-journal-data-key-v1');
const NUMBER_BYTES = 8;
const HEAD_BYTES = 1 + ENCAPSULATED_BYTES + NUMBER_BYTES;

/** `centreKey`: X25519 public key of the centre. `ephemeral` is for vectors only. */
export function keyWrapper(suite: Suite, centreKey: KeyObject, ephemeral?: KeyObject): KeyWrapper {
  const { encapsulated, seal } = hpkeSend(suite.hpke, centreKey, INFO, ephemeral);
  let number = 0n;
  return {
    wrap(dataKey) {
      const head = Buffer.alloc(HEAD_BYTES);
      head[0] = suite.mark;
      encapsulated.copy(head, 1);
      head.writeBigUInt64BE(number, 1 + ENCAPSULATED_BYTES);
      return Buffer.concat([head, seal(number++, dataKey)]);
    },
  };
}

/** With the centre's private key. Throws `AuthenticationError` when it was wrapped for another key or altered. */
export function unwrapKey(centreKey: KeyObject, wrapped: Uint8Array): Buffer {
  const suite = Object.values(SUITES).find(({ mark }) => mark === wrapped[0]);
  if (!suite || wrapped.length !== HEAD_BYTES + suite.aead.keyBytes + suite.aead.tagBytes) {
    throw new AuthenticationError();
  }
  const number = Buffer.from(wrapped.subarray(HEAD_BYTES - NUMBER_BYTES, HEAD_BYTES)).readBigUInt64BE();
  return receive(suite, centreKey, wrapped).open(number, wrapped.subarray(HEAD_BYTES));
}

function receive(suite: Suite, centreKey: KeyObject, wrapped: Uint8Array): HpkeContext {
  try {
    return hpkeReceive(suite.hpke, centreKey, wrapped.subarray(1, 1 + ENCAPSULATED_BYTES), INFO);
  } catch {
    // An ephemeral key that no sender makes.
    throw new AuthenticationError();
  }
}
