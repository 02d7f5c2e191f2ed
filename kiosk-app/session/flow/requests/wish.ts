import type { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import type { Fact } from '@kiosk/contract/screen/blocks.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { ItemId } from '../state.ts';

/** What somebody is about to ask the centre for: as it is shown, signed, sealed, sent and printed. */
export interface Wish {
  readonly item: ItemId;
  readonly form: RequestForm;
  /** What is sealed, besides whose request it is: the session adds that. */
  readonly person: RequestPerson;
  /** What it says of itself in a few words, on the slip and above the number. */
  readonly line: Words;
  /** What the person reads before it is sent, masked. */
  readonly facts: readonly Fact[];
  /** What the signature stands under; null: a touch is enough. */
  readonly statement: Words | null;
  /** Two fresh factors, noted by the platform before it is sent (L3, and consents). */
  readonly confirmed: boolean;
  /** The answer comes to a phone: another number than the one on record can be typed. */
  readonly reply: boolean;
}

/** A wish on its way. The same operation is taken once, whatever gets lost. */
export interface Draft {
  readonly wish: Wish;
  readonly operationId: string;
}

/** A request as it is shown and printed once it has its number. Nothing unmasked. */
export interface RequestSummary {
  readonly item: ItemId;
  readonly itemName: Words;
  readonly line: Words;
  readonly facts: readonly Fact[];
  /** Items that are done with it, by the same signature. */
  readonly parts: readonly string[];
  /** Masked; null: the number on the slip is what one asks with. */
  readonly replyTo: string | null;
}

/** It is in the journal, under its number. */
export interface Taken {
  readonly requestNumber: string;
  readonly offline: boolean;
}

/** What became of it so far; null: nobody could be asked. */
export type Became = RequestOutcome | null;
