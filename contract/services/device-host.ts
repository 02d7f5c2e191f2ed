import { z } from 'zod';
import { defineService } from '../kernel/service.ts';
import { SlipDocument } from '../slip.ts';
import { Code, DateText, Instant, Outcome } from './common.ts';

export const DeviceKind = z.enum([
  'idCardReader',
  'slipPrinter',
  'documentPrinter',
  'bankCardReader',
  'pinPad',
  'codeScanner',
  'ioBoard',
]);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** starting: not yet initialised; fault: answers, cannot work until someone helps; offline: does not answer. */
export const DeviceState = z.enum(['starting', 'ready', 'busy', 'fault', 'offline']);
export type DeviceState = z.infer<typeof DeviceState>;

export const DeviceStatus = z.object({
  /** Name from the machine configuration, e.g. `id-reader`. */
  id: z.string(),
  kind: DeviceKind,
  /** Driver name from the driver table, e.g. `sdt-serial`. */
  driver: z.string(),
  state: DeviceState,
  /** Why it is in fault or offline. */
  code: Code.optional(),
  /** Works, but someone should come (paper near end, toner low). */
  warnings: z.array(Code),
  since: Instant,
  /** What the device says about itself (SAM number, printer make and model). */
  identity: z.string().optional(),
  /** Since the device-host was installed: `cardsRead`, `slips`, `sheets`, `resets`. */
  counters: z.record(z.string(), z.number().int()),
});
export type DeviceStatus = z.infer<typeof DeviceStatus>;

/**
 * What the chip of a resident ID card holds, as text (devices facts 1.5). Validity of the number is decided by
 * domain/, not by the driver: a wrong check digit is still an answer of the reader.
 */
export const IdCard = z.object({
  kind: z.enum(['resident', 'hkMacaoTaiwanResident', 'permanentResident2017', 'permanentResident2023']),
  name: z.string(),
  /** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 unstated. */
  sex: z.enum(['0', '1', '2', '9']),
  /** GB/T 3304 nation code, two digits; absent on cards that carry none. */
  nation: z.string().optional(),
  birthDate: DateText,
  address: z.string(),
  idNumber: z.string(),
  issuer: z.string(),
  validFrom: DateText,
  /** null: valid for life (长期). */
  validTo: DateText.nullable(),
});
export type IdCard = z.infer<typeof IdCard>;

/** How a print ended. `failed`: nothing more will come out by itself; `unknown`: nobody can say, a person decides. */
export const PrintCompletion = z.object({
  outcome: Outcome,
  code: Code.optional(),
  /** Pages (or slips) known to be out, also when it failed half-way. */
  printed: z.number().int().nonnegative(),
});
export type PrintCompletion = z.infer<typeof PrintCompletion>;

export const OperationRecord = z.object({
  operationId: z.string(),
  /** never: this machine never heard of it, so it was not done. */
  state: z.enum(['never', 'started', 'done', 'failed', 'unknown']),
  code: Code.optional(),
  printed: z.number().int().nonnegative().optional(),
});
export type OperationRecord = z.infer<typeof OperationRecord>;

export const SelfTest = z.object({
  deviceId: z.string(),
  passed: z.boolean(),
  milliseconds: z.number(),
  steps: z.array(z.object({ name: z.string(), passed: z.boolean(), detail: z.string().optional() })),
});
export type SelfTest = z.infer<typeof SelfTest>;

const operationId = z.string().min(8).max(64);

/** Owns every device. The first byte of an operation leaves only after the operation's ledger entry is on disk. */
export const deviceHost = defineService({
  name: 'device-host',
  snapshot: z.object({
    version: z.string(),
    startedAt: Instant,
    devices: z.array(DeviceStatus),
  }),
  events: {
    /** The ID card that was read has left the field. */
    cardLifted: z.object({ deviceId: z.string() }),
  },
  commands: {
    /**
     * Waits for a card that was not read in this presentation, reads it and answers. Errors: E1101 reader does not
     * answer, E1102 lifted too early, E1103 not readable, E1107 reader faulty, E9001 cancelled, E9002 no card came. A
     * second caller waits for its turn.
     */
    readIdCard: {
      input: z.object({}),
      output: IdCard,
      progress: z.object({ step: z.enum(['found', 'reading']) }),
      deadlineMs: 3_600_000,
    },
    /** Prints one slip once; never repeats it by itself. Refused (an error, nothing moved): E42xx, E9010 busy. */
    printSlip: {
      input: z.object({ operationId, slip: SlipDocument }),
      output: PrintCompletion,
      deadlineMs: 30_000,
    },
    /** Prints one PDF on A4. Refused (an error, nothing moved): E41xx, E9010 busy. */
    printDocument: {
      input: z.object({
        operationId,
        /** Shown at the printer; never personal data. */
        jobName: z.string().max(80),
        pages: z.number().int().positive(),
        pdfBase64: z.base64(),
      }),
      output: PrintCompletion,
      progress: z.object({
        printed: z.number().int().nonnegative(),
        /** The job waits for a person: E4102 paper, E4103 jam, E4104 cover, E4105 toner. */
        stoppedBy: Code.optional(),
      }),
      deadlineMs: 180_000,
    },
    /** Cancels what is still to come of a print; the print's own completion tells what was out by then. */
    cancelOperation: { input: z.object({ operationId }), output: z.object({}), deadlineMs: 5_000 },
    /** What the ledger and the device know of an operation. */
    findOperation: { input: z.object({ operationId }), output: OperationRecord, deadlineMs: 10_000 },
    selfTest: { input: z.object({ deviceId: z.string() }), output: SelfTest, deadlineMs: 30_000 },
  },
});
