import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(globalThis.crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;
const YEARS_10 = 3650 * DAY;

/** As the certificate library names them: Node's own declarations and the browser's differ by a word. */
type Keys = x509.X509CertificateCreateSelfSignedParams['keys'];

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: Keys;
}

/** File names of a certificate and its private key, both PEM. */
export interface Pair {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A certificate authority of this installation's own; its key stays in `folder` and signs only what is made here. */
export async function createAuthority(folder: string, name: string): Promise<Authority & Pair> {
  const keys = await generate();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + YEARS_10),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys, ...(await store(folder, 'ca', certificate, keys)) };
}

/** A leaf certificate: `server` for the platform on loopback, `client` for a terminal named by its number, `seal` for documents. */
export async function issue(
  authority: Authority,
  folder: string,
  file: string,
  options: { readonly commonName: string; readonly use: 'server' | 'client' | 'seal'; readonly days: number },
): Promise<Pair> {
  const keys = await generate();
  const server = options.use === 'server';
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${options.commonName}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + options.days * DAY),
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | (options.use === 'seal' ? x509.KeyUsageFlags.nonRepudiation : 0),
        true,
      ),
      ...(options.use === 'seal'
        ? []
        : [
            new x509.ExtendedKeyUsageExtension([
              server ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth,
            ]),
          ]),
      ...(server
        ? [
            new x509.SubjectAlternativeNameExtension([
              { type: 'dns', value: 'localhost' },
              { type: 'ip', value: '127.0.0.1' },
            ]),
          ]
        : []),
    ],
  });
  return store(folder, file, certificate, keys);
}

async function store(folder: string, file: string, certificate: x509.X509Certificate, keys: Keys): Promise<Pair> {
  const certificateFile = join(folder, `${file}.crt`);
  const keyFile = join(folder, `${file}.key`);
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  writeFileSync(certificateFile, certificate.toString('pem') + '\n');
  writeFileSync(keyFile, x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') + '\n', { mode: 0o600 });
  return { certificateFile, keyFile };
}

const generate = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<Keys>;
const serial = () =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^[89a-f]/, '7');
