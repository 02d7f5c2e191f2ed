import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** RFC 7914; about a tenth of a second and 32 MB a try on one core. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const BYTES = 32;
const LEAST = 12;

const derived = (secret: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(secret.normalize('NFKC'), salt, BYTES, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** `scrypt$N$r$p$salt$hash`, so that a higher cost can come later. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derived(secret, salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** In constant time once the hash is read. A member who does not exist costs the same as one who does. */
export async function isSecret(secret: string, hash: string | undefined): Promise<boolean> {
  const [, , , , salt, key] = (hash ?? '').split('$');
  const expected = Buffer.from(key ?? '', 'base64url');
  const found = await derived(secret, Buffer.from(salt ?? '', 'base64url'));
  return expected.length === BYTES && timingSafeEqual(found, expected);
}

const COMMON = ['password', 'qwerty', '123456', '111111', '888888', 'admin', 'gjj', 'gongjijin', 'letmein', 'welcome'];

/** Why nobody may have this secret; undefined: they may. */
export function weakness(secret: string, login: string): string | undefined {
  const plain = secret.normalize('NFKC').toLowerCase();
  if ([...plain].length < LEAST) return `shorter than ${LEAST} characters`;
  if (plain.includes(login.toLowerCase())) return 'contains the login';
  if (new Set(plain).size < 6) return 'too few different characters';
  const rest = COMMON.reduce((text, word) => text.replaceAll(word, ''), plain).replace(/\d/g, '');
  if (rest.length < 4) return 'made of common words and digits';
  return undefined;
}

/** One that a person types once and then changes: 20 letters and digits that are not mistaken for one another. */
export function newSecret(random: (bytes: number) => Uint8Array = randomBytes): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const picked: string[] = [];
  while (picked.length < 20) {
    for (const byte of random(32)) if (byte < 248 && picked.length < 20) picked.push(letters[byte % letters.length]!);
  }
  return picked.join('').replace(/.{5}(?=.)/g, '$&-');
}
