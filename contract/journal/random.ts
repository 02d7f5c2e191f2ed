import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(8192);
let used = pool.length;

/**
 * Random bytes from the system's generator, drawn in large portions: a call for each salt, key and nonce costs more than
 * using them. What was given out is wiped from the pool.
 */
export function randomBytes(count: number): Buffer {
  if (count > pool.length) throw new RangeError(`at most ${pool.length} random bytes at a time`);
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.allocUnsafeSlow(count);
  pool.copy(bytes, 0, used, used + count);
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

const SALT_BYTES = 16;
const SALTS_TOGETHER = 256;
let salts = Buffer.alloc(0);
let nextSalt = 0;

/** Random bytes that are no secret: a view of a larger portion, which is neither copied nor wiped. */
export function randomSalt(): Buffer {
  if (nextSalt === salts.length) {
    salts = randomFillSync(Buffer.allocUnsafeSlow(SALT_BYTES * SALTS_TOGETHER));
    nextSalt = 0;
  }
  return salts.subarray(nextSalt, (nextSalt += SALT_BYTES));
}
