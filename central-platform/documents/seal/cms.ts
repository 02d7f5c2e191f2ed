import { createHash, createPrivateKey, webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

const SHA_256 = 'SHA-256';
const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as Crypto });

export interface CmsKey {
  /** Chain of the certificate that seals, that one first. */
  readonly certificates: readonly pkijs.Certificate[];
  readonly key: CryptoKey;
}

/** `certificatePem` may hold the chain, leaf first. Keys: RSA, or ECDSA on P-256. Throws when the two do not belong together. */
export async function cmsKey(certificatePem: string, keyPem: string): Promise<CmsKey> {
  const certificates = pemBlocks(certificatePem).map((der) => pkijs.Certificate.fromBER(der));
  const keyObject = createPrivateKey(keyPem);
  const algorithm =
    keyObject.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: SHA_256 };
  const pkcs8 = keyObject.export({ type: 'pkcs8', format: 'der' });
  const key = await engine.importKey('pkcs8', bufferOf(pkcs8), algorithm, false, ['sign']);
  const [leaf] = certificates;
  if (!leaf) throw new Error('the seal has no certificate');
  const published = await leaf.getPublicKey(undefined, engine);
  const probe = new Uint8Array([1]);
  const signing = { name: algorithm.name, hash: SHA_256 };
  if (!(await engine.verify(signing, published, await engine.sign(signing, key, probe), probe))) {
    throw new Error('key and certificate of the seal do not belong together');
  }
  return { certificates, key };
}

/**
 * A detached CMS over `content` as PAdES asks (ETSI EN 319 142-1, baseline B): SHA-256, the signing certificate named in a
 * signed attribute, and no signing time there, which stands in the PDF.
 */
export async function detachedCms({ certificates, key }: CmsKey, content: Uint8Array): Promise<Uint8Array> {
  const [leaf] = certificates as [pkijs.Certificate];
  const attribute = (type: string, value: object) => new pkijs.Attribute({ type, values: [value] });
  const certificateHash = digest(new Uint8Array(leaf.toSchema().toBER()));
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates: [...certificates],
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: leaf.issuer, serialNumber: leaf.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute(OID.contentType, new asn1.ObjectIdentifier({ value: OID.data })),
            attribute(OID.messageDigest, new asn1.OctetString({ valueHex: digest(content) })),
            // RFC 5035: SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }; SHA-256 is the default.
            attribute(
              OID.signingCertificateV2,
              sequence(sequence(sequence(new asn1.OctetString({ valueHex: certificateHash })))),
            ),
          ],
        }),
      }),
    ],
  });
  await signed.sign(key, 0, SHA_256, bufferOf(content), engine);
  const content_ = new pkijs.ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) });
  return new Uint8Array(content_.toSchema().toBER());
}

const sequence = (value: asn1.BaseBlock): asn1.Sequence => new asn1.Sequence({ value: [value] });

function digest(bytes: Uint8Array): ArrayBuffer {
  return bufferOf(createHash('sha256').update(bytes).digest());
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function pemBlocks(pem: string): Uint8Array<ArrayBuffer>[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(
    ([, base64]) => new Uint8Array(Buffer.from(base64!, 'base64')),
  );
}
