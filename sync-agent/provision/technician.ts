import { randomInt } from 'node:crypto';
import { COST, type Cost, newSalt, slowHash } from '../policy/slow-hash.ts';
import type { TechnicianEntry } from '../policy/technician-file.ts';

/** Without the letters that look like digits (i, l, o) and without u: what a person reads off a slip of paper. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A secret of 80 random bits in groups to be typed: 'k7m2-9qxd-…'. Show it once; only its hash is kept. */
export function newSecret(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The entry of a technician for the terminal's `techniciansFile`: `{ "technicians": [entry, …] }`. */
export async function createTechnician(name: string, secret: string, cost: Cost = COST): Promise<TechnicianEntry> {
  const salt = newSalt();
  const hash = await slowHash(secret, salt, cost);
  return { name, saltBase64: salt.toString('base64'), hashBase64: hash.toString('base64'), ...cost };
}
