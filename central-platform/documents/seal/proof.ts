import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The renderer's word for its bytes. The key is a file that the renderer's worker and the seal's process read for themselves;
 * the thread that serves neither reads nor carries it, so that what it is tricked into handing over is not sealed.
 */
export interface ProofKey {
  prove(bytes: Uint8Array): Uint8Array;
  proves(bytes: Uint8Array, proof: Uint8Array): boolean;
}

/** Needs at least 32 random characters; throws otherwise. */
export function proofKey(secret: string): ProofKey {
  if (secret.length < 32) throw new RangeError('the proof key needs at least 32 characters');
  const prove = (bytes: Uint8Array) =>
    createHmac('sha256', secret).update('kiosk-rendered-v1\n').update(bytes).digest();
  return {
    prove,
    proves(bytes, proof) {
      const expected = prove(bytes);
      return proof.length === expected.length && timingSafeEqual(proof, expected);
    },
  };
}

export const readProofKey = (file: string): ProofKey => proofKey(readFileSync(file, 'utf8').trim());
