import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { PadKey, PinBlock } from '@kiosk/contract/services/devices.ts';
import type { PadAnswer } from '../../codec/zt598.ts';
import type { PadRequest } from '../../codec/zt598-commands.ts';
import type { KeyMeaning } from '../../codec/zt598-keys.ts';
import type { DeviceEvent, DeviceHealth } from '../driver.ts';
import { type LinkCommand, type LinkEvent, type LinkState, type LinkTimes, NO_LINK } from '../line/link.ts';

/** What the reducer has to know of this machine's pad; from the driver's options. */
export interface PadSetup {
  readonly layout: Readonly<Record<number, KeyMeaning>>;
  /** Where the PIN keys are. */
  readonly pinSlots: Readonly<Record<PinBlock['format'], number>>;
  /** User id of the pad, hex: the second secret beside a key's own. */
  readonly uid: string;
  readonly backspace: boolean;
  readonly times: LinkTimes & {
    /** How long an answer may take, in ms. Pads of this family answer in well under a second, key loading included. */
    readonly answer: number;
    readonly heartbeat: number;
    /** After a command had to be repeated, its two answers may both come: nothing is sent for so long, in ms. */
    readonly quiet: number;
  };
}

/** A command is sent this often before the pad counts as silent. */
export const TRIES = 2;

/** One exchange of a job. The steps of an authentication need what the one before answered. */
export type PadStep =
  | { readonly is: 'send'; readonly request: PadRequest }
  | { readonly is: 'authKey'; readonly slot: number }
  | { readonly is: 'authProof' };

export interface PinWish {
  readonly format: PinBlock['format'];
  /** The twelve digits of the card number that the block takes. */
  readonly panDigits: string;
  readonly minDigits: number;
  readonly maxDigits: number;
}

export type JobKind =
  | { readonly is: 'init' }
  | { readonly is: 'heartbeat' }
  /** Steps of the self-test or of key management; answers the last step's data. */
  | { readonly is: 'ask' }
  | {
      readonly is: 'pin';
      readonly wish: PinWish;
      readonly phase: 'opening' | 'typing' | 'reading';
      readonly count: number;
    }
  | { readonly is: 'keys'; readonly phase: 'opening' | 'listening' }
  /** Its caller has been answered; the keyboard is being switched off. */
  | { readonly is: 'closing' };

/** While one of these runs, a keyboard may be on. */
export type KeyboardKind = Extract<JobKind, { is: 'pin' | 'keys' }>;
/** What somebody may ask for. */
export type WantedKind = KeyboardKind | Extract<JobKind, { is: 'ask' }>;

export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly steps: readonly PadStep[];
  /** Data of the last answer. */
  readonly last: string;
}

export interface InFlight {
  readonly request: PadRequest;
  /** Its job was ended meanwhile: only the line waits for the answer. */
  readonly orphan?: boolean;
  readonly tries: number;
  readonly deadline: number;
}

export interface PadState {
  readonly setup: PadSetup;
  readonly link: LinkState;
  readonly health: DeviceHealth;
  readonly job: Job | undefined;
  readonly waiting: readonly Job[];
  readonly inFlight: InFlight | undefined;
  readonly lastHeard: number;
  readonly quietUntil: number;
  /** The pad said that a key is missing, or lost all of them: no PIN before a PIN key was loaded. */
  readonly keysMissing: boolean;
}

export const initialState = (setup: PadSetup): PadState => ({
  setup,
  link: NO_LINK,
  health: { state: 'starting', warnings: [] },
  job: undefined,
  waiting: [],
  inFlight: undefined,
  lastHeard: 0,
  quietUntil: 0,
  keysMissing: false,
});

export type Settled =
  | { readonly is: 'block'; readonly block: PinBlock }
  | { readonly is: 'data'; readonly data: string }
  | { readonly is: 'nothing' };

export type PadEvent =
  | LinkEvent
  | { readonly type: 'stop' | 'tick' }
  | { readonly type: 'answer'; readonly answer: PadAnswer }
  /** A byte outside the frames. */
  | { readonly type: 'byte'; readonly byte: number }
  | { readonly type: 'wanted'; readonly id: number; readonly kind: WantedKind; readonly steps: readonly PadStep[] }
  | { readonly type: 'givenUp'; readonly id: number; readonly code: string }
  /** A PIN key was loaded and its check value is right. */
  | { readonly type: 'pinKeyLoaded' };

export type PadCommand =
  | LinkCommand
  | { readonly type: 'send'; readonly request: PadRequest }
  | { readonly type: 'digits'; readonly id: number; readonly count: number }
  | { readonly type: 'key'; readonly id: number; readonly key: PadKey }
  | { readonly type: 'settle'; readonly id: number; readonly result: Result<Settled> }
  | { readonly type: 'health'; readonly health: DeviceHealth }
  | { readonly type: 'emit'; readonly event: DeviceEvent }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string; readonly detail: string };
