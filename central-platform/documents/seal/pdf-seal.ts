import { createHash, X509Certificate } from 'node:crypto';
import { SignPdf } from '@signpdf/signpdf';
import { Signer } from '@signpdf/utils';
import { type CmsKey, cmsKey, detachedCms } from './cms.ts';
import type { ProofKey } from './proof.ts';
import type { Rendered, Sealed } from './provider.ts';

/** What a seal needs, as text: certificate chain (leaf first) and private key (PKCS 8), both PEM. */
export interface SealCredentials {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Seals one file, or says why not. Where this runs is another matter: process-seal.ts keeps it in a process of its own. */
export type PdfSealer = (rendered: Rendered) => Promise<Sealed | { readonly refused: 'proof' | 'form' }>;

class CmsSigner extends Signer {
  readonly #key: CmsKey;
  constructor(key: CmsKey) {
    super();
    this.#key = key;
  }

  override async sign(pdf: Buffer): Promise<Buffer> {
    return Buffer.from(await detachedCms(this.#key, pdf));
  }
}

/** Throws when key and certificate do not belong together. */
export async function pdfSealer({ certificatePem, keyPem }: SealCredentials, proof: ProofKey): Promise<PdfSealer> {
  const signer = new CmsSigner(await cmsKey(certificatePem, keyPem));
  const certificate = createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('hex');
  return async (rendered) => {
    if (!proof.proves(rendered.bytes, rendered.proof)) return { refused: 'proof' };
    try {
      const bytes = new Uint8Array(await new SignPdf().sign(Buffer.from(rendered.bytes), signer));
      return { bytes, mediaType: 'application/pdf', certificate };
    } catch {
      // No place for a signature in it, or one too small.
      return { refused: 'form' };
    }
  };
}
