import { ok } from '@kiosk/contract/kernel/result.ts';
import type { SealProvider } from './provider.ts';

/**
 * The renderer draws the red mark, marked as a demonstration, and the bytes carry no signature: where an installation has no
 * seal key. What proves such a paper is its number and verification code against the register.
 */
export const demonstrationSeal: SealProvider = {
  kind: 'visible-demonstration',
  demonstration: true,
  needsField: false,
  seal: async ({ bytes }) => ok({ bytes, mediaType: 'application/pdf', certificate: null }),
  close: async () => {},
};
