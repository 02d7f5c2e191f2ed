import 'reflect-metadata';
import { X509Certificate, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

x509.cryptoProvider.set(globalThis.crypto);

/** A new P-256 key for TLS, PKCS 8 PEM. */
export function newTlsKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A PKCS#10 request with this key's public half, signed with it. The platform grants the number and nothing else. */
export async function certificateRequest(terminalId: string, keyPem: string): Promise<string> {
  const key = createPrivateKey(keyPem);
  const jwk = key.export({ format: 'jwk' });
  const { kty, crv, x, y } = jwk as { kty: string; crv: string; x: string; y: string };
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), ALGORITHM, false, ['sign']),
    crypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, true, ['verify']),
  ]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${terminalId}`,
    keys: { privateKey, publicKey },
    signingAlgorithm: ALGORITHM,
  });
  return `${request.toString('pem')}\n`;
}

/** Certificate and key are PEM and belong together; false for whatever is no PEM at all. */
export function belongTogether(certificatePem: string | Buffer, keyPem: string | Buffer): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    // Half a file, another file, a file of zeros: none of them is a pair.
    return false;
  }
}
