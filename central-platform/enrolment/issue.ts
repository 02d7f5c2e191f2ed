import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { readRequest } from './certificate-request.ts';

x509.cryptoProvider.set(globalThis.crypto);

/** The longest a certificate of a terminal may hold; an order that asks for more is not ours. */
const LONGEST_MS = 800 * 86_400_000;

export interface CertificateOrder {
  readonly certificateRequestPem: string;
  /** Six digits: becomes the common name, whatever the request says. */
  readonly terminalId: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

export type Issue = (
  order: CertificateOrder,
) => Promise<{ readonly certificatePem: string } | { readonly refused: string }>;

/** Signs client certificates for terminals and nothing else, with the authority's key (PKCS 8 PEM, P-256 or P-384). */
export async function createIssuer(keyPem: string, certificatePem: string): Promise<Issue> {
  const authority = new x509.X509Certificate(certificatePem);
  const { namedCurve } = authority.publicKey.algorithm as { namedCurve?: string };
  const curve = namedCurve === 'P-384' ? 'P-384' : 'P-256';
  const der = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: curve }, false, ['sign']);
  const signingAlgorithm = { name: 'ECDSA', hash: curve === 'P-384' ? 'SHA-384' : 'SHA-256' };

  return async ({ certificateRequestPem, terminalId, serialNumber, notBefore, notAfter }) => {
    if (!/^\d{6}$/.test(terminalId) || !/^[0-9a-f]{32}$/.test(serialNumber)) return { refused: 'no terminal' };
    if (!(notAfter > notBefore) || notAfter - notBefore > LONGEST_MS) return { refused: 'validity' };
    const request = await readRequest(certificateRequestPem);
    if (!request) return { refused: 'request' };
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber,
      subject: `CN=${terminalId}`,
      issuer: authority.subject,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      publicKey: request.publicKey,
      signingKey,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      ],
    });
    return { certificatePem: `${certificate.toString('pem')}\n` };
  };
}
