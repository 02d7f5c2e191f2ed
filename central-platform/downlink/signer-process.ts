import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Statement, keyIdOf, signedBytes } from '@kiosk/contract/platform/downlink.ts';

/** The longest time a signature may hold; a statement that asks for more is not ours. */
const LONGEST_MS = 400 * 86_400_000;

export interface SignerRequest {
  readonly id: number;
  readonly statementBase64: string;
}
export type SignerReply =
  | { readonly id: number; readonly keyId: string; readonly signatureBase64: string }
  | { readonly id: number; readonly refused: string };

/**
 * The process that holds the configuration key: `signer-process.ts KEYFILE`. Speaks over the channel it was forked with
 * and ends with it. Signs statements of this contract only, with the prefix that makes them nothing else.
 */
const [keyFile] = process.argv.slice(2);
const key = createPrivateKey(readFileSync(keyFile ?? '', 'utf8'));
if (key.asymmetricKeyType !== 'ed25519') throw new Error('the configuration key is not an Ed25519 key');
const keyId = keyIdOf(createPublicKey(key));

function answer({ id, statementBase64 }: SignerRequest): SignerReply {
  const bytes = Buffer.from(statementBase64, 'base64');
  const refused = objection(bytes);
  if (refused !== undefined) return { id, refused };
  return { id, keyId, signatureBase64: sign(null, signedBytes(bytes), key).toString('base64') };
}

function objection(bytes: Buffer): string | undefined {
  try {
    const { notBefore, expires } = Statement.parse(JSON.parse(bytes.toString('utf8')));
    return expires - notBefore <= LONGEST_MS ? undefined : 'valid for too long';
  } catch {
    return 'not a statement';
  }
}

process.on('message', (request: SignerRequest) => process.send!(answer(request)));
process.on('disconnect', () => process.exit(0));
