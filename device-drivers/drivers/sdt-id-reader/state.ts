import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { CommandName, SdtAnswer } from '../../codec/sdt.ts';
import type { DeviceEvent, DeviceHealth } from '../driver.ts';

/** Milliseconds. */
export const TIMES = {
  /** Between two looks for a card, or for its being lifted. */
  poll: 250,
  /** Without anything else to say, the module is asked for its state this often. */
  heartbeat: 3_000,
  /** Wait before a connection is tried again: doubled from first to most. */
  backOffFirst: 500,
  backOffMost: 10_000,
} as const;

/**
 * How long an answer may take, in ms. Vendors' own programs wait 0.1 to 5 s; at 115200 baud the 1295 bytes of a read are
 * 112 ms on the wire.
 */
export const ANSWER_WITHIN: Readonly<Partial<Record<CommandName, number>>> = {
  readTextPhoto: 3_000,
  readNewAddress: 1_500,
};
export const ANSWER_WITHIN_OTHERWISE = 1_000;

/** A command is sent this often before the reader counts as silent: one answer may be lost to noise. */
export const TRIES = 2;
/** A card that is found but not selected this often while it lies there is not readable (a poll apart: about 2 s). */
export const SELECT_TRIES = 8;

/** Why a command was sent; the answer is understood by it. */
export type Purpose =
  | { readonly is: 'initStatus' | 'initId' | 'heartbeat' | 'find' | 'probeAddress' | 'probeFind' }
  | { readonly is: 'ask'; readonly id: number }
  /** The request that a card is read for; if that was given up meanwhile, what comes is forgotten. */
  | { readonly is: 'select' | 'read'; readonly id: number };

export interface InFlight {
  readonly command: CommandName;
  readonly purpose: Purpose;
  readonly tries: number;
  readonly deadline: number;
}

/** A card that is done with and still lies there. */
export interface Presentation {
  /**
   * How its lifting shows. After a read the reader finds nothing until the card was lifted, so the address item is asked
   * for: an answer, even "no such item", means that the card still lies there. A card that was not read is found again.
   */
  readonly probe: 'probeAddress' | 'probeFind';
  /** Its text was given to someone, who will hear that it was lifted. */
  readonly delivered: boolean;
}

export type Link =
  | { readonly name: 'stopped' }
  | { readonly name: 'opening' }
  | { readonly name: 'initialising' }
  | { readonly name: 'working' }
  /** The connection is in doubt and the second source is being asked. */
  | { readonly name: 'doubting'; readonly why: string; readonly silent: boolean }
  | { readonly name: 'resting'; readonly until: number };

export interface ReaderState {
  readonly link: Link;
  readonly health: DeviceHealth;
  /** Losses and failed attempts in a row. */
  readonly failures: number;
  /** It worked before: working again is a reset that counts. */
  readonly worked: boolean;
  readonly inFlight: InFlight | undefined;
  readonly lastHeard: number;
  readonly nextPoll: number;
  readonly wanted: number | undefined;
  readonly selectTries: number;
  readonly presentation: Presentation | undefined;
  readonly asks: readonly { readonly id: number; readonly command: CommandName }[];
}

export type ReaderEvent =
  | { readonly type: 'start' | 'stop' | 'tick' | 'opened' }
  | { readonly type: 'openFailed' | 'writeFailed' | 'lost'; readonly detail: string }
  /** The second source: is the port itself there. undefined: it cannot tell. */
  | { readonly type: 'presence'; readonly present: boolean | undefined }
  | { readonly type: 'answer'; readonly answer: SdtAnswer }
  | { readonly type: 'readWanted'; readonly id: number }
  | { readonly type: 'readGivenUp'; readonly id: number; readonly code: string }
  /** One command for the self-test, between the others. */
  | { readonly type: 'ask'; readonly id: number; readonly command: CommandName }
  | { readonly type: 'askGivenUp'; readonly id: number; readonly code: string };

export type ReaderCommand =
  | { readonly type: 'open' | 'close' | 'checkPresence' }
  | { readonly type: 'send'; readonly command: CommandName }
  | { readonly type: 'progress'; readonly id: number; readonly step: 'found' | 'reading' }
  | { readonly type: 'settleRead'; readonly id: number; readonly result: Result<IdCard> }
  | { readonly type: 'settleAsk'; readonly id: number; readonly result: Result<SdtAnswer> }
  | { readonly type: 'health'; readonly health: DeviceHealth }
  | { readonly type: 'emit'; readonly event: DeviceEvent }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string; readonly detail: string };

export const INITIAL: ReaderState = {
  link: { name: 'stopped' },
  health: { state: 'starting', warnings: [] },
  failures: 0,
  worked: false,
  inFlight: undefined,
  lastHeard: 0,
  nextPoll: 0,
  wanted: undefined,
  selectTries: 0,
  presentation: undefined,
  asks: [],
};
