import { createPublicKey, type KeyObject } from 'node:crypto';

/** More terminals than a centre has; what is beyond them is read again. */
const MOST = 20_000;

/**
 * Keys as the store keeps them, read once. By the text itself: a terminal that gets another key has another text, so that nothing here can be
 * out of date. Reading one takes a tenth of what a batch of one costs to verify (bench/fleet/signatures.ts).
 */
export function signingKeys(most = MOST): (pem: string) => KeyObject {
  const read = new Map<string, KeyObject>();
  return (pem) => {
    const there = read.get(pem);
    if (there) return there;
    const key = createPublicKey(pem);
    // The oldest goes: a Map keeps the order in which keys came.
    if (read.size >= most) read.delete(read.keys().next().value!);
    read.set(pem, key);
    return key;
  };
}
