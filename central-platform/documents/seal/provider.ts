import type { Result } from '@kiosk/contract/kernel/result.ts';

/** What the renderer made, with its word for it. */
export interface Rendered {
  readonly bytes: Uint8Array;
  /** HMAC of the bytes by the key that renderer and seal share (proof.ts): bytes from anywhere else have none. */
  readonly proof: Uint8Array;
}

export interface Sealed {
  readonly bytes: Uint8Array;
  /** PDF, or OFD (GB/T 33190) where a city's seal service turns one into the other. */
  readonly mediaType: 'application/pdf' | 'application/ofd';
  /** SHA-256 of the certificate that sealed, hex; null: nothing was signed. Kept in the register. */
  readonly certificate: string | null;
}

/**
 * Puts the centre's seal on what the platform itself rendered, and on nothing else. The key of a provider lies outside the
 * program that talks to terminals.
 *
 * What every provider must do is written as a suite, `seal.suite.ts`; a city's provider runs it as it stands.
 * - `pdf-signature`: CMS in the PDF (PAdES, ETSI.CAdES.detached), the reference.
 * - `gbt-38540`: an electronic seal of GB/T 38540 (SES_Signature over SM3 with SM2). In a PDF it stands in the place of the CMS
 *   with a sub-filter of its own; in an OFD it is the file Signs/Sign_n/SignedValue.dat, and `mediaType` says that the answer is one.
 * - `visible-demonstration`: a red mark and no signature; the register alone proves the paper.
 */
export interface SealProvider {
  readonly kind: 'visible-demonstration' | 'pdf-signature' | 'gbt-38540';
  /** The paper says that its seal is not a centre's. */
  readonly demonstration: boolean;
  /** The renderer leaves a place for a signature in the file. */
  readonly needsField: boolean;
  /** Errors: E5205 no proof, or a proof of other bytes; E5206 the seal service does not answer or cannot seal. */
  seal(rendered: Rendered): Promise<Result<Sealed>>;
  close(): Promise<void>;
}
