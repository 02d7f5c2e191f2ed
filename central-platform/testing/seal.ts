import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { SealFiles } from '../documents/seal/process-seal.ts';

x509.cryptoProvider.set(crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const PURPOSE = x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation;

export interface TestSeal extends SealFiles {
  /** The authority that stands behind the seal, PEM. */
  readonly authorityFile: string;
}

/** A seal that lives as long as a test, with files as an installation has them. */
export async function createTestSeal(folder: string, centreName: string): Promise<TestSeal> {
  const generate = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const [top, own] = await Promise.all([generate(), generate()]);
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Test seal authority',
    keys: top,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: `CN=${centreName}`,
    issuer: authority.subject,
    publicKey: own.publicKey,
    signingKey: top.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.KeyUsagesExtension(PURPOSE, true)],
  });
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', own.privateKey);
  return {
    keyFile: file('seal.key', `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`),
    certificateFile: file('seal.crt', `${certificate.toString('pem')}\n`),
    proofKeyFile: file('seal-proof.key', randomBytes(32).toString('hex')),
    authorityFile: file('seal-authority.crt', `${authority.toString('pem')}\n`),
  };
}
