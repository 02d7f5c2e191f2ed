import 'reflect-metadata';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { enrolmentStatement, type EnrolmentRequest } from '@kiosk/contract/platform/enrolment.ts';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(crypto);

/** A machine that is being set up: makes its keys and asks for a certificate. */
export interface TestMachine {
  readonly signingKey: KeyObject;
  readonly keyPem: string;
  readonly certificateRequestPem: string;
  request(terminalId: string, code: string): EnrolmentRequest;
}

export async function newMachine(curve: 'P-256' | 'P-384' | 'P-521' = 'P-256'): Promise<TestMachine> {
  const algorithm = { name: 'ECDSA', namedCurve: curve, hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=whatever it likes to be',
    keys,
    signingAlgorithm: algorithm,
  });
  const certificateRequestPem = csr.toString('pem');
  const signing = generateKeyPairSync('ed25519');
  return {
    signingKey: signing.privateKey,
    keyPem: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    certificateRequestPem,
    request: (terminalId, code) => ({
      terminalId,
      code,
      certificateRequestPem,
      signingKeyPem: signing.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      signatureBase64: sign(null, enrolmentStatement(terminalId, certificateRequestPem), signing.privateKey).toString(
        'base64',
      ),
    }),
  };
}
