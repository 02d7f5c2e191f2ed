import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority {
  readonly ca: string;
  /** PKCS 8 PEM, for an enrolment authority. */
  readonly keyPem: string;
  issue(
    commonName: string,
    use: 'server' | 'client',
    validity?: { readonly from: number; readonly to: number },
  ): Promise<Credentials>;
}

/** A certificate authority that lives as long as a test. Validity is given in days from now: TLS looks at the real clock. */
export async function createTestAuthority(name: string): Promise<TestAuthority> {
  const at = (days: number) => new Date(Date.now() + days * DAY_MS);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: at(-2),
    notAfter: at(2),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  return {
    ca: authority.toString('pem'),
    keyPem: await pkcs8(keys.privateKey),
    async issue(commonName, use, validity = { from: -1, to: 1 }) {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer: authority.subject,
        notBefore: at(validity.from),
        notAfter: at(validity.to),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.ExtendedKeyUsageExtension([use === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2']),
          ...(use === 'server' ? [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])] : []),
        ],
      });
      return { cert: certificate.toString('pem'), key: await pkcs8(own.privateKey) };
    },
  };
}

async function pkcs8(key: CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
