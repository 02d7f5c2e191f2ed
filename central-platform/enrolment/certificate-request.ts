import 'reflect-metadata';
import { createPublicKey, verify } from 'node:crypto';
import { enrolmentStatement } from '@kiosk/contract/platform/enrolment.ts';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(globalThis.crypto);

const CURVES = ['P-256', 'P-384'];

/** A PKCS#10 request whose signature holds and whose key is one we sign; undefined: it is not. */
export async function readRequest(pem: string): Promise<x509.Pkcs10CertificateRequest | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    const { namedCurve } = request.publicKey.algorithm as { namedCurve?: string };
    if (namedCurve === undefined || !CURVES.includes(namedCurve)) return undefined;
    return (await request.verify()) ? request : undefined;
  } catch {
    // Whatever a library thinks of bytes that are no request: it is none.
    return undefined;
  }
}

/** The signing key is Ed25519 and whoever asks holds it. */
export function holdsSigningKey(asked: {
  readonly terminalId: string;
  readonly certificateRequestPem: string;
  readonly signingKeyPem: string;
  readonly signatureBase64: string;
}): boolean {
  try {
    const key = createPublicKey(asked.signingKeyPem);
    if (key.asymmetricKeyType !== 'ed25519') return false;
    const statement = enrolmentStatement(asked.terminalId, asked.certificateRequestPem);
    return verify(null, statement, key, Buffer.from(asked.signatureBase64, 'base64'));
  } catch {
    return false;
  }
}
