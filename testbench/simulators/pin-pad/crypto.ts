import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * What a bank's pad computes inside: PIN blocks, check values, MACs. Only simulators and test vectors need it; in a hall
 * no program of ours ever has a key or a PIN.
 */
export type Cipher = '3des' | 'sm4';

const blockSize = (cipher: Cipher) => (cipher === 'sm4' ? 16 : 8);

function nameOf(cipher: Cipher, key: Uint8Array): string {
  if (cipher === 'sm4') return 'sm4-ecb';
  return key.length === 24 ? 'des-ede3-ecb' : 'des-ede-ecb';
}

/** Single DES is 3DES with one key throughout. */
const full = (key: Uint8Array) => (key.length === 8 ? Buffer.concat([key, key]) : key);

export function encrypt(cipher: Cipher, key: Uint8Array, data: Uint8Array): Buffer {
  const ecb = createCipheriv(nameOf(cipher, full(key)), full(key), null).setAutoPadding(false);
  return Buffer.concat([ecb.update(data), ecb.final()]);
}

export function decrypt(cipher: Cipher, key: Uint8Array, data: Uint8Array): Buffer {
  const ecb = createDecipheriv(nameOf(cipher, full(key)), full(key), null).setAutoPadding(false);
  return Buffer.concat([ecb.update(data), ecb.final()]);
}

/** Zeros under the key; all of the first block, of which letters print the first bytes. */
export function checkValue(cipher: Cipher, key: Uint8Array): Buffer {
  return encrypt(cipher, key, new Uint8Array(blockSize(cipher)));
}

/** ISO 9564-1 format 0, or its domestic variant of 16 bytes for SM4, before encryption. `panDigits`: see the codec. */
export function plainBlock(cipher: Cipher, pin: string, panDigits: string): Buffer {
  const size = blockSize(cipher);
  const length = pin.length.toString(16).toUpperCase();
  const pinField = Buffer.from(`0${length}${pin}`.padEnd(size * 2, 'F'), 'hex');
  const panField = Buffer.from(panDigits.padStart(size * 2, '0'), 'hex');
  return xor(pinField, panField);
}

export function pinBlock(cipher: Cipher, key: Uint8Array, pin: string, panDigits: string): Buffer {
  return encrypt(cipher, key, plainBlock(cipher, pin, panDigits));
}

/** CBC over whole blocks, of which only the last one is kept. */
export function cbcMac(
  cipher: Cipher,
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array = new Uint8Array(blockSize(cipher)),
): Buffer {
  let chain: Uint8Array = iv;
  for (let at = 0; at < data.length; at += blockSize(cipher)) {
    chain = encrypt(cipher, key, xor(chain, data.subarray(at, at + blockSize(cipher))));
  }
  return Buffer.from(chain);
}

/** ANSI X9.19, ISO 9797-1 algorithm 3, of data that is padded already: single DES, and 3DES over the last block. */
export function retailMac(key: Uint8Array, data: Uint8Array): Buffer {
  const chain = cbcMac('3des', key.subarray(0, 8), data.subarray(0, -8));
  return encrypt('3des', key, xor(chain, data.subarray(-8)));
}

export function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
}
