import { z } from 'zod';
import { Code, Instant, Outcome } from './common.ts';
import { CabinetInputs, Capabilities } from './devices.ts';

export const DeviceKind = z.enum([
  'idCardReader',
  'slipPrinter',
  'documentPrinter',
  'bankCardReader',
  'pinPad',
  'codeScanner',
  'ioBoard',
  'vendorPlugin',
]);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** starting: not yet initialised; fault: answers, cannot work until someone helps; offline: does not answer. */
export const DeviceState = z.enum(['starting', 'ready', 'busy', 'fault', 'offline']);
export type DeviceState = z.infer<typeof DeviceState>;

/** Something that is used up and brought again. Levels are the words of XFS4IoT for paper and toner. */
export const Supply = z.object({
  kind: z.enum(['paper', 'toner', 'retainedCards', 'other']),
  /** What the device calls it: `Tray 1`, `Black`. */
  name: z.string().max(60).optional(),
  /** `retainedCards`: room in the bin of retained cards. */
  level: z.enum(['full', 'low', 'out', 'unknown']),
  percent: z.number().int().min(0).max(100).optional(),
});
export type Supply = z.infer<typeof Supply>;

export const DeviceStatus = z.object({
  /** Name from the machine configuration, e.g. `id-reader`. */
  id: z.string(),
  kind: DeviceKind,
  /** Driver name from the driver table, e.g. `sdt-serial`. */
  driver: z.string(),
  state: DeviceState,
  /** Why it is in fault or offline. */
  code: Code.optional(),
  /** Works, but someone should come (paper near end, toner low, cabinet door open). */
  warnings: z.array(Code),
  since: Instant,
  /** What the device says about itself (SAM number, printer make and model). */
  identity: z.string().optional(),
  supplies: z.array(Supply).optional(),
  capabilities: Capabilities.optional(),
  /**
   * Since the device-host was installed: `cardsRead`, `cardsRetained`, `slips`, `sheets` (of paper, of which one may bear two
   * pages), `resets`, `driverFaults`.
   */
  counters: z.record(z.string(), z.number().int()),
});
export type DeviceStatus = z.infer<typeof DeviceStatus>;

/** A card that a reader took into its bin by its own policy, and how that ended. */
export const Capture = z.object({
  operationId: z.string(),
  deviceId: z.string(),
  at: Instant,
  /** Not taken out of the gate in time; found inside when the reader or the program started. */
  why: z.enum(['notTaken', 'leftInside']),
  outcome: Outcome,
  code: Code.optional(),
});
export type Capture = z.infer<typeof Capture>;

export const DeviceHostState = z.object({
  version: z.string(),
  startedAt: Instant,
  devices: z.array(DeviceStatus),
  /** What the I/O board sees; absent on a machine without one. */
  cabinet: CabinetInputs.optional(),
  /** Cards taken by policy that are not in the journal yet: the sync-agent records each and says so. */
  captures: z.array(Capture).optional(),
  /** Number of the last event of this run, 0 before the first: who saw a smaller one last has missed some. */
  lastEvent: z.number().int().nonnegative(),
});
export type DeviceHostState = z.infer<typeof DeviceHostState>;

/** One line of a device's history, kept across restarts. */
export const StatusChange = z.object({
  at: Instant,
  state: DeviceState.exclude(['busy']),
  code: Code.optional(),
});
export type StatusChange = z.infer<typeof StatusChange>;

/** One step of a self-test. Its name's words and why it is made stand in contract/services/self-test-words.ts. */
export const SelfTestStep = z.object({
  name: z.string(),
  passed: z.boolean(),
  milliseconds: z.number().optional(),
  /** The evidence: what was seen. Never personal data. */
  detail: z.string().optional(),
  /** What to do about a step that did not pass: the technician's words of this code. */
  code: Code.optional(),
});
export type SelfTestStep = z.infer<typeof SelfTestStep>;

export const SelfTest = z.object({
  deviceId: z.string(),
  passed: z.boolean(),
  milliseconds: z.number(),
  steps: z.array(SelfTestStep),
});
export type SelfTest = z.infer<typeof SelfTest>;

/** What went over the line, in hex; a personal byte reads `··`. */
export const TraceLine = z.object({
  at: Instant,
  direction: z.enum(['out', 'in']),
  hex: z.string(),
  /** Longer than the line shows; bytes left out. */
  more: z.number().int().optional(),
});
export type TraceLine = z.infer<typeof TraceLine>;
