import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type {
  DeviceKind,
  DeviceStatus,
  IdCard,
  PrintCompletion,
  SelfTest,
} from '@kiosk/contract/services/device-host.ts';
import type { SlipDocument } from '@kiosk/contract/slip.ts';
import type { Log } from '../log.ts';

/**
 * What a driver knows of its device. The host makes the contract's DeviceStatus of it: it adds the names from the
 * configuration, the time of the last change, the counters, and `busy` while a print runs.
 */
export type DeviceHealth = Pick<DeviceStatus, 'code' | 'identity' | 'warnings'> & {
  readonly state: Exclude<DeviceStatus['state'], 'busy'>;
};

/** `counted` adds to a counter that the host keeps for the life of the machine. */
export type DeviceEvent =
  | { readonly type: 'cardLifted' }
  | { readonly type: 'counted'; readonly counter: 'cardsRead' | 'slips' | 'sheets' | 'resets'; readonly by: number };

export interface DriverDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Called with every change of health. */
  readonly onStatus: (health: DeviceHealth) => void;
  readonly onEvent: (event: DeviceEvent) => void;
}

export type SelfTestStep = SelfTest['steps'][number];

/**
 * What every device can do. The host calls one operation of a device at a time; only the self-test of a card reader may
 * come while it waits for a card.
 */
export interface Device {
  /** Connects and initialises in the background, for ever: a device that is not there yet is only `offline`. */
  start(): void;
  status(): DeviceHealth;
  /** Goes through what can be checked without a person; passes when every step passes. */
  selfTest(options: { readonly signal: AbortSignal }): Promise<readonly SelfTestStep[]>;
  /** Lets go of the port. Running operations end first, with what is known of them. */
  stop(): Promise<void>;
}

export interface IdCardReaderDevice extends Device {
  /**
   * Waits for a card that was not read in this presentation, reads its text and forgets its picture. Ends with the
   * signal's reason when that aborts (E9001 cancelled, E9002 out of time). Errors: E1101, E1102, E1103, E1107.
   */
  readIdCard(options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: { readonly step: 'found' | 'reading' }) => void;
  }): Promise<Result<IdCard>>;
}

/**
 * Printing ends in one of two ways. An error: refused before the first byte left, nothing will come out. A completion:
 * bytes left, and it says what became of them. Aborting the signal stops what is still to come.
 */
export interface SlipPrinterDevice extends Device {
  print(slip: SlipDocument, options: { readonly signal: AbortSignal }): Promise<Result<PrintCompletion>>;
}

export interface DocumentJob {
  readonly operationId: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Shown at the printer; never personal data. */
  readonly jobName: string;
}

export interface PrintProgress {
  readonly printed: number;
  /** The job waits for a person: E4102 paper, E4103 jam, E4104 cover, E4105 toner. */
  readonly stoppedBy?: string | undefined;
}

/** What a printer still knows of a job. notFound proves nothing: printers forget. */
export type JobFinding =
  | { readonly state: 'ended'; readonly completion: PrintCompletion }
  | { readonly state: 'underway'; readonly printed: number }
  | { readonly state: 'notFound' };

export interface DocumentPrinterDevice extends Device {
  print(
    job: DocumentJob,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress: (progress: PrintProgress) => void;
      /** The printer's own name of the job, as soon as it has one; the host keeps it for `findJob`. */
      readonly onJob: (jobRef: string) => void;
    },
  ): Promise<Result<PrintCompletion>>;
  /** Asks the printer for a job of an earlier run, by its own name of it or else by the operation. Error: E4101. */
  findJob(
    job: { readonly operationId: string; readonly jobRef?: string | undefined },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<JobFinding>>;
}

export interface DeviceOfKind {
  readonly idCardReader: IdCardReaderDevice;
  readonly slipPrinter: SlipPrinterDevice;
  readonly documentPrinter: DocumentPrinterDevice;
}

/** A driver is a value in the table of drivers (table.ts). */
export interface Driver<K extends DeviceKind> {
  /** As the machine configuration names it. */
  readonly name: string;
  readonly kind: K;
  /** Touches no hardware yet. Error: E8101 with what is wrong in the port or the options. */
  create(config: DeviceConfig, deps: DriverDeps): Result<DeviceOfKind[K]>;
}

export type AnyDriver = { readonly [K in DeviceKind]: Driver<K> }[DeviceKind];
