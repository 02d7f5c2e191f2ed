/**
 * Puts the centre's seal on what the platform itself rendered, and on nothing else: no bytes that came from outside ever reach it.
 *
 * The first provider is a visible demonstration seal: the renderer draws the red mark, marked as a demonstration, and the bytes carry no
 * cryptographic signature. What proves such a paper is its number and verification code against the register. A signing provider
 * (CMS in the PDF, a city's seal service) takes the same place.
 */
export interface SealProvider {
  readonly kind: 'visible-demonstration' | 'signature';
  /** The paper says that its seal is not a centre's. */
  readonly demonstration: boolean;
  seal(rendered: Uint8Array): Promise<Uint8Array>;
}

export const demonstrationSeal: SealProvider = {
  kind: 'visible-demonstration',
  demonstration: true,
  seal: async (rendered) => rendered,
};
