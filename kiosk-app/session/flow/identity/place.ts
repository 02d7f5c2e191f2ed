import type { ActingAgent, FactorKind, IdentityLevel, ProvenFactor } from '@kiosk/contract/platform/identity.ts';
import type { ItemId, Stage } from '../state.ts';

/** What goes on once somebody is identified: an item, where they were, or the menu. */
export type Then = ItemId | Stage | null;

/** What the platform holds for true of the person. Ends with the session. */
export interface Proof {
  readonly token: string;
  readonly factors: readonly ProvenFactor[];
  /** Until this moment (mono) the newest factor is fresh enough for L3. */
  readonly freshUntil: number;
  /** Who acts for the person; null: the person. */
  readonly agent: ActingAgent | null;
  /** As the platform said; a paper alone keeps an agent at L1. */
  readonly level: Exclude<IdentityLevel, 'L0'>;
}

/** Where somebody stands who proves who they are in another way than by a code. */
export type IdentifyPlace =
  /** Ways to choose from. `problem`: why the one before did not work. */
  | { readonly kind: 'ways'; readonly problem: string | null }
  /** The card that was read is proven first; what comes next leans on it. */
  | { readonly kind: 'starting'; readonly factor: FactorKind | 'agent' }
  | {
      readonly kind: 'bankCard';
      /** take: it is at the gate. */
      readonly step: 'insert' | 'reading' | 'terms' | 'pin' | 'checking' | 'take';
      readonly typed: number;
      readonly bankName: string | null;
      readonly error: string | null;
      readonly attemptsLeft: number | null;
      /** Why it did not work, told once the card is taken; null: it did. */
      readonly problem: string | null;
    }
  | { readonly kind: 'appCode'; readonly step: 'show' | 'checking'; readonly error: string | null }
  | { readonly kind: 'idCard'; readonly step: 'lay' | 'reading' | 'checking'; readonly error: string | null }
  /** A screen of its own; nothing is read and no camera looks before it was agreed to. */
  | { readonly kind: 'faceConsent' }
  | {
      readonly kind: 'face';
      readonly step: 'lay' | 'look' | 'compare' | 'checking';
      /** UTC ms. */
      readonly consentAt: number;
      readonly attemptsLeft: number | null;
    }
  /** Nothing of it works: what to do about each. */
  | { readonly kind: 'help'; readonly problem: string | null }
  | { readonly kind: 'agent' }
  | { readonly kind: 'agentCode'; readonly error: string | null; readonly checking: boolean }
  | { readonly kind: 'agentPaper'; readonly step: 'lay' | 'checking'; readonly error: string | null };
export type PlaceOf<K extends IdentifyPlace['kind']> = Extract<IdentifyPlace, { kind: K }>;

export interface IdentifyStage {
  readonly at: 'identify';
  readonly then: Then;
  readonly place: IdentifyPlace;
  /** The question that is open, while one is. */
  readonly call: number | null;
}
