import { type KeyObject, sign, verify } from 'node:crypto';

/**
 * Ed25519, or SM2 with SM3 (GB/T 32918.2) by the kind of key. Node's SM2 signs with an empty signer id and not with the
 * customary 1234567812345678, so both sides have to be ours. Node calls a stored SM2 key's type undefined; one that was
 * just generated, and never written and read as PEM, would sign plain ECDSA over that curve and is refused here.
 */
function digestFor({ asymmetricKeyType }: KeyObject): null | 'sm3' {
  if (asymmetricKeyType === 'ed25519') return null;
  if (asymmetricKeyType === undefined) return 'sm3';
  throw new TypeError(`heads are signed with Ed25519 or a stored SM2 key, not with ${asymmetricKeyType}`);
}

export const signStatement = (privateKey: KeyObject, statement: Uint8Array): Buffer =>
  sign(digestFor(privateKey), statement, privateKey);

export const verifyStatement = (publicKey: KeyObject, statement: Uint8Array, signature: Uint8Array): boolean =>
  verify(digestFor(publicKey), statement, publicKey, signature);

export const canSign = (key: KeyObject): boolean => key.asymmetricKeyType === 'ed25519' || isSm2(key);

/** Node knows the curve of a stored SM2 key only when it is asked for the details of an `ec` one; this is what is left to see. */
const isSm2 = ({ asymmetricKeyType }: KeyObject): boolean => asymmetricKeyType === undefined;
