import { readFileSync } from 'node:fs';
import { pdfSealer } from './pdf-seal.ts';
import { readProofKey } from './proof.ts';
import type { Rendered, Sealed } from './provider.ts';

export interface SealRequest extends Rendered {
  readonly id: number;
}
export type SealReply =
  { readonly id: number; readonly sealed: Sealed } | { readonly id: number; readonly refused: 'proof' | 'form' };

/**
 * The process that holds the seal: `seal-process.ts KEYFILE CERTIFICATEFILE PROOFKEYFILE`. The only one that reads the seal's
 * key; it speaks over the channel it was forked with and ends with it. A city runs it under an account of its own, or puts its
 * seal service in this place.
 */
const [keyFile = '', certificateFile = '', proofKeyFile = ''] = process.argv.slice(2);
const seal = await pdfSealer(
  { keyPem: readFileSync(keyFile, 'utf8'), certificatePem: readFileSync(certificateFile, 'utf8') },
  readProofKey(proofKeyFile),
);

process.on('message', ({ id, bytes, proof }: SealRequest) => {
  void seal({ bytes, proof }).then((answer) => {
    const reply: SealReply = 'refused' in answer ? { id, refused: answer.refused } : { id, sealed: answer };
    if (process.connected) process.send!(reply);
  });
});
process.on('disconnect', () => process.exit(0));
