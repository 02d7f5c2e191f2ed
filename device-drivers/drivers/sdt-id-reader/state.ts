import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import type { IdCardExtras } from '@kiosk/contract/services/devices.ts';
import type { CommandName, SdtAnswer, Speed } from '../../codec/sdt.ts';
import type { DeviceEvent, DeviceHealth, IdCardRead } from '../driver.ts';
import type { Settings } from './settings.ts';

/** A command is sent this often before the reader counts as silent: one answer may be lost to noise. */
export const TRIES = 2;
/** A card that is found but not selected this often while it lies there is not readable (a poll apart: about 2 s). */
export const SELECT_TRIES = 8;

/** Why a command was sent; the answer is understood by it. */
export type Purpose =
  | { readonly is: 'initStatus' | 'initReset' | 'initId' | 'heartbeat' | 'find' | 'probeAddress' | 'probeFind' }
  /** The module is told to speak at the speed of the settings. */
  | { readonly is: 'switchSpeed' }
  | { readonly is: 'ask'; readonly id: number }
  /** The request that a card is read for; if that was given up meanwhile, what comes is forgotten. */
  | { readonly is: 'select' | 'read'; readonly id: number }
  /** The text is here; only the appended address is still missing. */
  | { readonly is: 'address'; readonly id: number; readonly card: IdCard; readonly extras: IdCardExtras };

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

/** What somebody waits for. */
export interface Wish {
  readonly id: number;
  readonly extras: ReadonlySet<keyof IdCardExtras>;
}

export interface ReaderState {
  readonly settings: Settings;
  readonly link: Link;
  readonly health: DeviceHealth;
  /** Losses and failed attempts in a row. */
  readonly failures: number;
  /** It worked before: working again is a reset that counts. */
  readonly worked: boolean;
  readonly inFlight: InFlight | undefined;
  readonly lastHeard: number;
  readonly nextPoll: number;
  readonly wanted: Wish | undefined;
  readonly selectTries: number;
  readonly presentation: Presentation | undefined;
  /** Speed the port is or will next be opened at; undefined where a line has none. */
  readonly speed: Speed | undefined;
  /** Speeds that are still to be tried in this search, after `speed`. */
  readonly untried: readonly Speed[];
  /** A module that was told to change its speed once in this life is not told again: it may not obey. */
  readonly switched: boolean;
  /** The module was reset because it refused to work; once a connection. */
  readonly wasReset: boolean;
  /** It said that it knows no command for fingerprints. */
  readonly noFingerprints: boolean;
  readonly asks: readonly { readonly id: number; readonly command: CommandName }[];
}

export type ReaderEvent =
  | { readonly type: 'start' | 'stop' | 'tick' | 'opened' }
  /** The bus says that a device of this kind was just plugged in. */
  | { readonly type: 'appeared' }
  | { readonly type: 'openFailed' | 'writeFailed' | 'lost'; readonly detail: string }
  /** The second source: is the port itself there. undefined: it cannot tell. */
  | { readonly type: 'presence'; readonly present: boolean | undefined }
  | { readonly type: 'answer'; readonly answer: SdtAnswer }
  | { readonly type: 'readWanted'; readonly id: number; readonly extras?: readonly (keyof IdCardExtras)[] }
  | { readonly type: 'readGivenUp'; readonly id: number; readonly code: string }
  /** One command for the self-test, between the others. */
  | { readonly type: 'ask'; readonly id: number; readonly command: CommandName }
  | { readonly type: 'askGivenUp'; readonly id: number; readonly code: string };

export type ReaderCommand =
  | { readonly type: 'close' | 'checkPresence' }
  | { readonly type: 'open'; readonly speed: Speed | undefined }
  | { readonly type: 'send'; readonly command: CommandName; readonly speed?: Speed }
  | { readonly type: 'progress'; readonly id: number; readonly step: 'found' | 'reading' }
  | { readonly type: 'settleRead'; readonly id: number; readonly result: Result<IdCardRead> }
  | { readonly type: 'settleAsk'; readonly id: number; readonly result: Result<SdtAnswer> }
  | { readonly type: 'health'; readonly health: DeviceHealth }
  | { readonly type: 'emit'; readonly event: DeviceEvent }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string; readonly detail: string };

export function initialState(settings: Settings): ReaderState {
  return {
    settings,
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
    speed: settings.speed,
    untried: [],
    switched: false,
    wasReset: false,
    noFingerprints: false,
    asks: [],
  };
}
