import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

// The library's types name the browser's interfaces; Node's objects are the same ones.
type KeyPair = x509.X509CertificateCreateSelfSignedParams['keys'];
x509.cryptoProvider.set(webcrypto as unknown as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR = 3_600_000;

export interface TestCertificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface TestAuthority {
  readonly caFile: string;
  issue(name: string): Promise<TestCertificate>;
}

/** A certificate authority for one test, files in `folder`. */
export async function testAuthority(folder: string, name = 'test-ca'): Promise<TestAuthority> {
  const keys = await newKeys();
  const validity = { notBefore: new Date(Date.now() - HOUR), notAfter: new Date(Date.now() + 24 * HOUR) };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const caFile = join(folder, `${name}.pem`);
  writeFileSync(caFile, authority.toString('pem'));
  let serial = 1;
  return {
    caFile,
    async issue(subject) {
      const own = await newKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: (++serial).toString(16).padStart(2, '0'),
        subject: `CN=${subject}`,
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...validity,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
      });
      const certificateFile = join(folder, `${name}-${subject}.crt`);
      const keyFile = join(folder, `${name}-${subject}.key`);
      writeFileSync(certificateFile, certificate.toString('pem'));
      const der = await webcrypto.subtle.exportKey('pkcs8', own.privateKey as unknown as webcrypto.CryptoKey);
      writeFileSync(keyFile, x509.PemConverter.encode(der, 'PRIVATE KEY'), { mode: 0o600 });
      return { certificateFile, keyFile };
    },
  };
}

async function newKeys(): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as unknown as KeyPair;
}
