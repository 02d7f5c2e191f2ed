import { type KeyObject, createHmac, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { type Aead, type AeadKey, NONCE_BYTES } from './aead.ts';

/** Numbers of the algorithms, as RFC 9180 section 7 gives them out, and the algorithms themselves. */
export interface HpkeAlgorithms {
  readonly kem: number;
  readonly kdf: number;
  readonly aeadId: number;
  readonly hash: 'sha256' | 'sm3';
  readonly aead: Aead;
}

/** One agreement with a recipient: any number of messages, each with its own number. */
export interface HpkeContext {
  seal(number: bigint, clear: Uint8Array, additional?: Uint8Array): Buffer;
  /** Throws `AuthenticationError`. */
  open(number: bigint, sealed: Uint8Array, additional?: Uint8Array): Buffer;
}

/** Bytes of the sender's ephemeral public key as it travels. */
export const ENCAPSULATED_BYTES = 32;
const HASH_BYTES = 32;
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

/** The public half of either half. */
const rawPublicKey = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key)
    .export({ type: 'spki', format: 'der' })
    .subarray(-ENCAPSULATED_BYTES);

const publicKeyOf = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_X25519, raw]), format: 'der', type: 'spki' });

/**
 * Hybrid public key encryption, RFC 9180, base mode, over X25519: the sender makes a key pair of its own for the
 * agreement and sends the public half along. `info` binds the agreement to its purpose. `ephemeral` is for vectors only.
 */
export function hpkeSend(
  algorithms: HpkeAlgorithms,
  recipient: KeyObject,
  info: Uint8Array,
  ephemeral: KeyObject = generateKeyPairSync('x25519').privateKey,
): HpkeContext & { readonly encapsulated: Buffer } {
  const encapsulated = rawPublicKey(ephemeral);
  const shared = diffieHellman({ privateKey: ephemeral, publicKey: recipient });
  return { encapsulated, ...schedule(algorithms, shared, encapsulated, rawPublicKey(recipient), info) };
}

/** The recipient's side. Throws when `encapsulated` is no point that anybody would send (all zero result). */
export function hpkeReceive(
  algorithms: HpkeAlgorithms,
  recipient: KeyObject,
  encapsulated: Uint8Array,
  info: Uint8Array,
): HpkeContext {
  const shared = diffieHellman({ privateKey: recipient, publicKey: publicKeyOf(encapsulated) });
  return schedule(algorithms, shared, encapsulated, rawPublicKey(recipient), info);
}

function context(key: AeadKey, baseNonce: Buffer): HpkeContext {
  const nonce = (number: bigint) => {
    const bytes = Buffer.from(baseNonce);
    bytes.writeBigUInt64BE(bytes.readBigUInt64BE(NONCE_BYTES - 8) ^ number, NONCE_BYTES - 8);
    return bytes;
  };
  return {
    seal: (number, clear, additional) => key.seal(nonce(number), clear, additional),
    open: (number, sealed, additional) => key.open(nonce(number), sealed, additional),
  };
}

const EMPTY = Buffer.alloc(0);
const VERSION = Buffer.from('HPKE-v1');
const uint16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);

function schedule(
  { kem, kdf, aeadId, hash, aead }: HpkeAlgorithms,
  dh: Buffer,
  encapsulated: Uint8Array,
  recipient: Uint8Array,
  info: Uint8Array,
): HpkeContext {
  const kemSuite = Buffer.concat([Buffer.from('KEM'), uint16(kem)]);
  const suite = Buffer.concat([Buffer.from('HPKE'), uint16(kem), uint16(kdf), uint16(aeadId)]);
  const hmac = (key: Uint8Array, ...parts: Uint8Array[]) => {
    const mac = createHmac(hash, key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const extract = (id: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array) =>
    hmac(salt, VERSION, id, Buffer.from(label), ikm);
  const expand = (id: Buffer, prk: Uint8Array, label: string, about: Uint8Array, length: number) => {
    const labelled = Buffer.concat([uint16(length), VERSION, id, Buffer.from(label), about]);
    const blocks: Buffer[] = [];
    for (let i = 1; blocks.length * HASH_BYTES < length; i++) {
      blocks.push(hmac(prk, blocks.at(-1) ?? EMPTY, labelled, Buffer.from([i])));
    }
    return Buffer.concat(blocks).subarray(0, length);
  };

  const ephemeralAndRecipient = Buffer.concat([encapsulated, recipient]);
  const prk = extract(kemSuite, EMPTY, 'eae_prk', dh);
  const shared = expand(kemSuite, prk, 'shared_secret', ephemeralAndRecipient, HASH_BYTES);
  const pskId = extract(suite, EMPTY, 'psk_id_hash', EMPTY);
  const about = Buffer.concat([Buffer.from([0]), pskId, extract(suite, EMPTY, 'info_hash', info)]);
  const secret = extract(suite, shared, 'secret', EMPTY);
  const key = expand(suite, secret, 'key', about, aead.keyBytes);
  const baseNonce = expand(suite, secret, 'base_nonce', about, NONCE_BYTES);
  return context(aead.key(key), baseNonce);
}
