import type { DeviceConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type {
  Capture,
  DeviceKind,
  DeviceStatus,
  IdCard,
  PrintCompletion,
  SelfTestStep,
} from '@kiosk/contract/services/device-host.ts';
import type {
  BankCard,
  CabinetInputs,
  Capabilities,
  CardPosition,
  IdCardExtras,
  Light,
  PadKey,
  PinBlock,
  Slot,
} from '@kiosk/contract/services/devices.ts';
import type { SlipDocument } from '@kiosk/contract/slip.ts';
import type { Log } from '../log.ts';
import type { VendorCapabilities } from '../plugin/capabilities.ts';
import type { Capability } from '../plugin/messages.ts';
import type { Trace } from '../trace.ts';

/**
 * What a driver knows of its device. The host makes the contract's DeviceStatus of it: it adds the names from the
 * configuration, the time of the last change, the counters, and `busy` while a print runs.
 */
export type DeviceHealth = Pick<DeviceStatus, 'code' | 'identity' | 'warnings' | 'supplies' | 'capabilities'> & {
  readonly state: Exclude<DeviceStatus['state'], 'busy'>;
};

/** `counted` adds to a counter that the host keeps for the life of the machine. */
export type DeviceEvent =
  | { readonly type: 'cardLifted' }
  /** Door, tamper switch or presence changed on the I/O board; the pad was opened. */
  | { readonly type: 'cabinetChanged' }
  | {
      readonly type: 'counted';
      readonly counter: 'cardsRead' | 'cardsRetained' | 'slips' | 'sheets' | 'pins' | 'codes' | 'resets';
      readonly by: number;
    };

/** Not taken out of the gate in time; found inside at the start. */
export type CaptureReason = Capture['why'];

export interface DriverDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Called with every change of health. */
  readonly onStatus: (health: DeviceHealth) => void;
  readonly onEvent: (event: DeviceEvent) => void;
  /**
   * The driver is about to take a card into the bin by its own policy. The host has it on disk when this returns; what is
   * returned is told how it ended. Error: E610x, and then the card must stay where it is.
   */
  readonly capturing?: (why: CaptureReason) => Result<(completion: PrintCompletion) => void>;
  /** Hears what goes over the line, with the bytes that are personal marked by who knows them: the driver. */
  readonly trace?: Trace | undefined;
}

export type { SelfTestStep };

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

/** An ID card, with what was asked for beside its text. What a reader or a card cannot give is absent. */
export type IdCardRead = IdCard & { readonly extras?: IdCardExtras };

export interface IdCardReaderDevice extends Device {
  /**
   * Waits for a card that was not read in this presentation and reads its text; picture, fingerprints and the rest leave
   * the driver only when `extras` names them. Ends with the signal's reason when that aborts (E9001 cancelled, E9002 out
   * of time). Errors: E1101, E1102, E1103, E1107.
   */
  readIdCard(options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: { readonly step: 'found' | 'reading' }) => void;
    readonly extras?: readonly (keyof IdCardExtras)[];
  }): Promise<Result<IdCardRead>>;
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

/** One card from insertion to the end of its visit. Every wait ends with the signal's reason when that aborts. */
export interface BankCardReaderDevice extends Device {
  /**
   * Waits for a card, takes it in where the reader has a motor, and reads chip, else stripe. Errors: E1301 reader does
   * not answer, E1302 pulled out too early, E1303 neither chip nor stripe readable.
   */
  readBankCard(options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: { readonly step: 'inserted' | 'reading' }) => void;
  }): Promise<Result<BankCard>>;
  /** Brings the card to the gate and waits until it is taken. Error: E1304 not taken (abort), E1305 jammed. */
  eject(options: { readonly signal: AbortSignal }): Promise<Result<void>>;
  /** Takes the card into the bin. An operation: the host notes it before the motor turns. Error: E1305, E1306 bin full. */
  retain(options: { readonly signal: AbortSignal }): Promise<Result<PrintCompletion>>;
  position(): CardPosition;
}

export interface PinEntryOptions {
  readonly signal: AbortSignal;
  readonly format: PinBlock['format'];
  /** Whole card number; the pad needs twelve digits of it for the block. */
  readonly cardNumber: string;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** Only how many; never which. */
  readonly onDigits: (count: number) => void;
}

export interface PinPadDevice extends Device {
  /** Errors: E1401 pad does not answer, E1402 no key loaded, E1403 tampered, E1404 cancelled by the person, E9001, E9002. */
  enterPin(options: PinEntryOptions): Promise<Result<PinBlock>>;
  /** Clear keys for driving the screen, until aborted. Errors as above. */
  readKeys(options: { readonly signal: AbortSignal; readonly onKey: (key: PadKey) => void }): Promise<Result<void>>;
}

export interface CodeScannerDevice extends Device {
  /** One code, cleaned and bounded. Errors: E1501 does not answer, E1502 not a code we take. */
  scan(options: { readonly signal: AbortSignal }): Promise<Result<string>>;
}

export interface IoBoardDevice extends Device {
  setLight(slot: Slot, light: Light): Promise<Result<void>>;
  sound(pattern: 'attention' | 'off'): Promise<Result<void>>;
  inputs(): CabinetInputs;
}

/** A vendor's library in a process of its own, which the driver starts and, when it fails, starts again. */
export interface VendorPluginDevice extends Device, VendorCapabilities {
  offers(capability: Capability): boolean;
}

export interface DeviceOfKind {
  readonly vendorPlugin: VendorPluginDevice;
  readonly bankCardReader: BankCardReaderDevice;
  readonly pinPad: PinPadDevice;
  readonly codeScanner: CodeScannerDevice;
  readonly ioBoard: IoBoardDevice;
  readonly idCardReader: IdCardReaderDevice;
  readonly slipPrinter: SlipPrinterDevice;
  readonly documentPrinter: DocumentPrinterDevice;
}

/** A driver is a value in the table of drivers (table.ts). */
export interface Driver<K extends DeviceKind> {
  /** As the machine configuration names it. */
  readonly name: string;
  readonly kind: K;
  readonly capabilities?: Capabilities;
  /** Touches no hardware yet. Error: E8101 with what is wrong in the port or the options. */
  create(config: DeviceConfig, deps: DriverDeps): Result<DeviceOfKind[K]>;
}

export type AnyDriver = { readonly [K in DeviceKind]: Driver<K> }[DeviceKind];
