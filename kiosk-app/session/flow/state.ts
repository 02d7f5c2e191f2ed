import type { DeviceStatus, IdCard, SelfTest } from '@kiosk/contract/services/device-host.ts';
import type { Snapshot } from '@kiosk/contract/kernel/service.ts';
import type {
  AccountOverview,
  Catalogue,
  Details,
  DocumentAsk,
  IssuedDocument,
  Period,
} from '@kiosk/contract/platform/api.ts';
import { type Mode, STANDARD_MODE } from '@kiosk/contract/screen/mode.ts';
import type { CaseLine } from '@kiosk/contract/platform/requests.ts';
import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { Language, Outcome, Words } from '@kiosk/contract/services/common.ts';
import type { deviceHost } from '@kiosk/contract/services/device-host.ts';
import type { TerminalIdentity, syncAgent } from '@kiosk/contract/services/sync-agent.ts';
import type { z } from 'zod';
import type { TechnicianStage } from '../../service/stage.ts';
import type { DetailsPart } from './details-parts.ts';
import type { IdentifyStage, Proof, Then } from './identity/place.ts';
import type { PlatformAsk } from './items/item-flow.ts';
import { EMPTY_RECORD, type RecordLines, type SessionRecord } from './record/record.ts';
import type { Became, Draft, RequestSummary, Taken, Wish } from './requests/wish.ts';

export type HostSnapshot = Snapshot<typeof deviceHost>;
export type AgentSnapshot = Snapshot<typeof syncAgent>;
export type { Catalogue, DeviceStatus, IdCard, SelfTest };

/** When an event happened. `mono` (ms, never goes back) measures; `now` (UTC ms) is only shown and recorded. */
export interface Moment {
  readonly now: number;
  readonly mono: number;
}

/** A service item of the catalogue: Q01, P01, B08 … */
export type ItemId = string;
export type CloseReason = ScreenOf<'goodbye'>['reason'];
export type FailureStep = ScreenOf<'failure'>['step'];

/** A code that was sent. It stays good while the person looks at something else. */
export interface Challenge {
  readonly id: string;
  /** Counts the codes sent in this session. */
  readonly number: number;
  readonly phoneMasked: string;
  readonly resendAt: number;
  readonly expiresAt: number;
  readonly attemptsLeft: number | null;
}

/** Whoever laid the card. The only part of the state that is whole and personal; it goes when the session closes. */
export interface Person {
  readonly name: string;
  readonly idNumber: string;
  readonly validTo: string | null;
  /** null: no ID card was read. */
  readonly cardKind: IdCard['kind'] | null;
  /** What the platform holds for proven; null: it was not asked yet. */
  readonly proof: Proof | null;
  /** What this machine saw for itself: the card, and a face while the platform cannot be asked. */
  readonly local: readonly FactorKind[];
  /** Of `proof`, once that is two factors; whoever has one only has none. */
  readonly token: string | null;
  /** The platform said that there is no phone on record. */
  readonly noPhone: boolean;
  /** Whoever acts for the person (代办). */
  readonly agentPerson?: { readonly name: string; readonly idNumber: string };
  readonly challenge: Challenge | null;
  readonly phoneMasked: string | null;
  readonly overview: AccountOverview | null;
}

/** A paper somebody wants: a new one, or one that is out already once more. */
export interface Paper {
  readonly item: ItemId;
  readonly title: Words;
  /** The ID number with its first and last character only. */
  readonly masked: boolean;
  readonly ask: DocumentAsk | { readonly kind: 'reprint'; readonly documentNumber: string };
}

/** What the platform issued, without its bytes: those stay with the effects until they are printed. */
export type Issued = Omit<IssuedDocument, 'pdfBase64'> & {
  readonly title: Words;
  /** Of which months, where it is of some. */
  readonly period: Period | null;
};

/** What a slip says, in meaning. Holds no unmasked personal value. */
export type SlipJob =
  | { readonly kind: 'statement'; readonly document: Issued }
  | {
      readonly kind: 'request';
      readonly requestNumber: string;
      readonly offline: boolean;
      readonly receivedAt: number;
      readonly request: RequestSummary;
      readonly outcome: Became;
      /** Whether it was known here who asks; null: the item asks for nobody. */
      readonly identity: 'complete' | 'pending' | null;
    }
  | {
      readonly kind: 'appointment';
      readonly requestNumber: string;
      readonly receivedAt: number;
      readonly confirmed: boolean;
      /** In the queue of that half day. */
      readonly ticket: string | null;
      readonly topic: Words;
      readonly branch: Words;
      readonly address: Words | null;
      readonly date: string;
      readonly half: Words;
      /** '09:00–12:00'; null: nobody told this machine. */
      readonly hours: string | null;
      readonly bring: readonly Words[];
    }
  /** Where a case stands. */
  | { readonly kind: 'progress'; readonly line: CaseLine }
  /** What a sheet on the screen said. */
  | {
      readonly kind: 'sheet';
      readonly number: string;
      readonly title: Words;
      readonly lead?: Words;
      readonly blocks: readonly Block[];
    }
  /** With which one goes on elsewhere. */
  | { readonly kind: 'resume'; readonly code: string; readonly expiresAt: number }
  /** What was read, printed, left and kept. */
  | ({ readonly kind: 'session'; readonly number: string } & RecordLines);

export type Job =
  { readonly kind: 'document'; readonly document: Issued } | { readonly kind: 'slip'; readonly slip: SlipJob };

/**
 * One print under the write-ahead rule: intending (the journal is asked to keep the intent), moving (the device works),
 * asking and waiting (the answer was lost: the device-host is asked what it knows), settled.
 */
export interface Operation {
  readonly id: string;
  readonly job: Job;
  readonly phase: 'intending' | 'moving' | 'asking' | 'waiting' | 'settled';
  readonly call: number;
  readonly cancelled: boolean;
  readonly printed: number;
  readonly stoppedBy: string | null;
  readonly outcome: Outcome | null;
  readonly code: string | null;
  /** Moment (mono) until which a device-host that went away is waited for. */
  readonly waitUntil: number | null;
  /** Not before this moment (mono) is the device-host asked again. */
  readonly askAt: number;
}

/** What `retry` on a failure screen does. */
export type Retry =
  | { readonly kind: 'card' }
  | { readonly kind: 'sendCode'; readonly then: Then }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'open'; readonly item: ItemId }
  | { readonly kind: 'details'; readonly period: Period }
  | { readonly kind: 'issue'; readonly paper: Paper; readonly operationId: string; readonly back: Stage }
  | { readonly kind: 'ask'; readonly ask: PlatformAsk; readonly operationId: string | null; readonly back: ItemStage }
  | { readonly kind: 'print'; readonly document: Issued }
  | { readonly kind: 'submit'; readonly draft: Draft; readonly back: ItemStage };

/** A request has its number. */
interface AcceptedStage {
  readonly at: 'accepted';
  readonly requestNumber: string;
  readonly offline: boolean;
  readonly request: RequestSummary;
  readonly outcome: Became;
  readonly slip: string | null;
}

export type Stage =
  | { readonly at: 'reserve' }
  | { readonly at: 'attract' }
  | { readonly at: 'reading'; readonly step: 'found' | 'reading' }
  | { readonly at: 'sendingCode'; readonly call: number; readonly then: Then }
  | {
      readonly at: 'enterCode';
      readonly then: Then;
      /** The call that checks the code, while one does. */
      readonly call: number | null;
      readonly error: string | null;
    }
  /** The other ways (identity/). */
  | IdentifyStage
  | { readonly at: 'menu' }
  | { readonly at: 'loadingAccount'; readonly call: number; readonly item: ItemId }
  | { readonly at: 'account'; readonly revealUntil: number | null }
  | { readonly at: 'period'; readonly purpose: 'details' | 'print' }
  | { readonly at: 'loadingDetails'; readonly call: number; readonly period: Period }
  | { readonly at: 'details'; readonly details: Details; readonly part: DetailsPart; readonly page: number }
  /** Inside a service item (items/). `place` is the flow's own; `trail`: where it was before, oldest first. */
  | {
      readonly at: 'item';
      readonly item: ItemId;
      readonly place: unknown;
      readonly trail: readonly unknown[];
      /** The call that waits for a code at the scanner, while one does. */
      readonly scan?: number;
      /** The operation that prints this place's sheet as a slip. */
      readonly slip?: string;
      /** Where one comes back to from the first place; absent: the menu. */
      readonly from?: ItemStage;
    }
  /** The platform is asked for a service item. `back`: where its flow stands meanwhile. */
  | {
      readonly at: 'asking';
      readonly call: number;
      readonly ask: PlatformAsk;
      /** Of a question that is answered once, however often it is asked. */
      readonly operationId: string | null;
      readonly back: ItemStage;
    }
  | {
      readonly at: 'issuing';
      readonly call: number;
      readonly operationId: string;
      readonly paper: Paper;
      /** Where one comes back to. */
      readonly back: Stage;
    }
  | {
      readonly at: 'printing';
      readonly operationId: string;
      readonly document: Issued;
      /** The person asked to end meanwhile: close once the printer has settled. */
      readonly ending: boolean;
      /** A request that the paper belongs to: there one goes on. */
      readonly back?: AcceptedStage;
    }
  | {
      readonly at: 'printed';
      readonly document: Issued;
      readonly slip: string | null;
      readonly back?: AcceptedStage;
    }
  /** A request as it would be sent (requests/). `back`: where its flow stands. */
  | {
      readonly at: 'confirm';
      readonly wish: Wish;
      readonly back: ItemStage;
      /** Another phone for the answer is being typed. */
      readonly typing: 'phone' | null;
      /** What was drawn is no signature. */
      readonly unsigned?: boolean;
    }
  | {
      readonly at: 'submitting';
      readonly call: number;
      /** confirming: the platform notes two fresh factors. deciding: it has its number, and is waited for. */
      readonly phase: 'confirming' | 'sending' | 'deciding';
      readonly draft: Draft;
      readonly back: ItemStage;
      readonly taken: Taken | null;
      /** How often the platform was asked what became of it. */
      readonly asked: number;
    }
  | AcceptedStage
  | {
      readonly at: 'failure';
      readonly code: string;
      readonly step: FailureStep;
      readonly printed: number | null;
      readonly pages: number | null;
      readonly number: string | null;
      readonly retry: Retry | null;
      /** A program of this machine went away: goes on by itself when it is back. */
      readonly lost: boolean;
    }
  | { readonly at: 'rate'; readonly score: 'dissatisfied' | null }
  /** `rated`: it comes after the rating, where the same was offered. */
  | { readonly at: 'goodbye'; readonly reason: CloseReason; readonly since: number; readonly rated: boolean }
  | { readonly at: 'over' }
  | TechnicianStage;
export type ItemStage = Extract<Stage, { at: 'item' }>;
export type StageName = Stage['at'];
export type StageOf<N extends StageName> = Extract<Stage, { at: N }>;

/** The question whether anybody is still there, and why it is asked. */
export interface Asked {
  readonly why: 'idle' | 'cap';
  readonly since: number;
}

export interface State {
  readonly sessionId: string;
  readonly identity: z.infer<typeof TerminalIdentity>;
  readonly version: string;
  readonly time: Moment;
  readonly stage: Stage;
  readonly language: Language;
  readonly mode: Mode;
  readonly agent: AgentSnapshot | undefined;
  readonly host: HostSnapshot | undefined;
  /** The call that waits for a card, while one does. */
  readonly reading: number | null;
  /** Not before this moment (mono) is the reader armed again. */
  readonly armAt: number;
  /** The call that asks for the person's pseudonym. */
  readonly naming: number | null;
  readonly person: Person | null;
  /** A bank card is inside the reader, by our asking. */
  readonly cardIn: boolean;
  /** Why the platform is not asked again before a moment (mono) although the line may be up (E31xx). */
  readonly degraded: { readonly code: string; readonly until: number } | null;
  readonly operations: Readonly<Record<string, Operation>>;
  /** `session.opened` is in the journal. */
  readonly opened: boolean;
  /** Something was carried out that can be rated. */
  readonly served: boolean;
  /** The item that was opened last, for whoever is called to help. */
  readonly lastItem: ItemId | null;
  /** What was done with the person's data so far: kinds and numbers, so that it may outlive the person. */
  readonly record: SessionRecord;
  readonly lastTouch: number;
  readonly asked: Asked | null;
  /** The channel was stopped: the session ends at this moment (mono). */
  readonly leaveBy: number | null;
  readonly capAt: number;
  readonly capExtensions: number;
  readonly nextCall: number;
  readonly nextOperation: number;
}

/** Session time limits in ms (house plan, People). */
export const LIMITS = {
  idle: 60_000,
  answer: 30_000,
  /** A technician has the cabinet open and the hands full. */
  technicianIdle: 300_000,
  cap: 15 * 60_000,
  capExtension: 5 * 60_000,
  capExtensions: 10,
  reveal: 15_000,
  goodbye: 4_000,
  /** So long when there is a slip to choose. */
  goodbyeOffer: 8_000,
  /** Whoever was in the middle of something reads why it ended and where to go. */
  goodbyeStopped: 12_000,
  /** What came out can be looked at this long once the channel is stopped. */
  lastLook: 20_000,
  /** After the platform failed to send a code, its items are closed for this long. */
  degraded: 30_000,
  /** A goodbye waits this long at most for a slip that is still being printed. */
  settling: 60_000,
  rearm: 2_000,
  /** How long a device-host that went away during a print is waited for before the outcome is called unknown. */
  hostReturn: 20_000,
  /** Between two questions about the same operation. */
  askAgain: 1_000,
} as const;

export function initialState(options: {
  readonly sessionId: string;
  readonly identity: z.infer<typeof TerminalIdentity>;
  readonly version: string;
  readonly time: Moment;
}): State {
  return {
    ...options,
    stage: { at: 'reserve' },
    language: 'zh',
    mode: STANDARD_MODE,
    agent: undefined,
    host: undefined,
    reading: null,
    armAt: 0,
    naming: null,
    person: null,
    cardIn: false,
    degraded: null,
    operations: {},
    opened: false,
    served: false,
    lastItem: null,
    record: EMPTY_RECORD,
    lastTouch: options.time.mono,
    asked: null,
    leaveBy: null,
    capAt: Infinity,
    capExtensions: 0,
    nextCall: 1,
    nextOperation: 1,
  };
}
