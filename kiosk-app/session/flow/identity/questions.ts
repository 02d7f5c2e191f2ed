import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { FactorKind, PersonClaim } from '@kiosk/contract/platform/identity.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';

/**
 * What the factors ask of devices and platform. Numbers of cards, PIN blocks, scanned codes and pictures of faces are not in it:
 * they stay with the effects, from the device until the platform has them (../../identity-effects.ts).
 */
export interface IdentityAnswers {
  readBankCard: Record<string, never>;
  /** May its PIN be checked here. */
  bankCardTerms: { readonly bankName: string };
  enterPin: { readonly digits: number };
  ejectCard: Record<string, never>;
  scanAppCode: Record<string, never>;
  layCard: IdCard;
  matchFace: { readonly score: number };
  prove: PlatformAnswer<'prove'>;
  actFor: PlatformAnswer<'actFor'>;
}
export type IdentityQuestion = keyof IdentityAnswers;

/** What a device is asked without saying more. */
type Plain = { readonly [Q in IdentityQuestion]: { readonly do: Q; readonly call: number } };

export type IdentityAsk =
  | Plain['readBankCard' | 'enterPin' | 'ejectCard' | 'scanAppCode' | 'layCard']
  | { readonly do: 'bankCardTerms'; readonly call: number; readonly token: string | null }
  /** The person of `idNumber` lays the card once more, looks into the camera, and both are compared. */
  | { readonly do: 'matchFace'; readonly call: number; readonly idNumber: string }
  | {
      readonly do: 'prove';
      readonly call: number;
      readonly token: string | null;
      readonly factor: FactorKind;
      /** Of the ID card. */
      readonly card: PersonClaim | null;
      /** Of the face. */
      readonly consentAt: number | null;
    }
  | {
      readonly do: 'actFor';
      readonly call: number;
      readonly token: string;
      readonly authority:
        { readonly kind: 'eConsent'; readonly code: string } | { readonly kind: 'paper'; readonly card: PersonClaim };
    };

export type IdentityTell =
  /** The bank card that is inside comes back, whatever becomes of the session. */
  | { readonly do: 'returnCard' }
  /** What the effects hold of cards, codes and faces. */
  | { readonly do: 'forgetFactors' };

/** How far a device is with what it was asked. */
export interface IdentityProgress {
  readonly type: 'identityProgress';
  readonly call: number;
  readonly step: 'inserted' | 'reading' | 'found' | 'look' | 'compare' | 'typed';
  /** Digits of a PIN so far. */
  readonly typed?: number;
}
