import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

export interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and about 0.2 s a try on a kiosk's processor (OWASP password storage: N 2^15, r 8, p 3). */
export const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };

const HASH_BYTES = 32;

/** Off the event loop (libuv's pool), so that a wrong guess never holds up a record. */
export function slowHash(secret: string, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  const { N, r, p } = cost;
  return new Promise((resolve, reject) => {
    // 128·N·r bytes for the table, and as much again as room, is what OpenSSL checks against.
    scrypt(normalised(secret), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

export const newSalt = (): Buffer => randomBytes(16);

export async function matches(secret: string, salt: Uint8Array, hash: Uint8Array, cost: Cost): Promise<boolean> {
  const found = await slowHash(secret, salt, cost);
  return found.length === hash.length && timingSafeEqual(found, hash);
}

/** Secrets are made of groups to be typed on a screen: blanks, hyphens and case do not count. */
const normalised = (secret: string): string => secret.replace(/[\s-]/g, '').toLowerCase();
