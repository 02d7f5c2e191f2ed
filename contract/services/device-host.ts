import { z } from 'zod';
import { defineService } from '../kernel/service.ts';
import { SlipDocument } from '../slip.ts';
import { Code, DateText, Outcome } from './common.ts';
import { DeviceHostState, DeviceStatus, SelfTest, StatusChange, TraceLine } from './device-status.ts';
import { BankCard, CabinetInputs, IdCardExtras, Light, Picture, PinBlock, ScreenKey, Slot } from './devices.ts';

export * from './device-status.ts';

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

/** How a print (or the retaining of a card) ended. `failed`: nothing more will come out by itself; `unknown`: nobody can say, a person decides. */
export const PrintCompletion = z.object({
  outcome: Outcome,
  code: Code.optional(),
  /** Pages (or slips, or cards in the bin) known to be out, also when it failed half-way. */
  printed: z.number().int().nonnegative(),
  /** Sheets of paper of a document, of which one may bear two pages; absent where there are none or nobody counted. */
  sheets: z.number().int().nonnegative().optional(),
});
export type PrintCompletion = z.infer<typeof PrintCompletion>;

export const OperationRecord = z.object({
  operationId: z.string(),
  /** never: this machine never heard of it, so it was not done. */
  state: z.enum(['never', 'started', 'done', 'failed', 'unknown']),
  code: Code.optional(),
  printed: z.number().int().nonnegative().optional(),
  sheets: z.number().int().nonnegative().optional(),
});
export type OperationRecord = z.infer<typeof OperationRecord>;

const operationId = z.string().min(8).max(64);
const deviceId = DeviceStatus.shape.id;
const seq = z.number().int().positive();

/** Owns every device. The first byte of an operation leaves only after the operation's ledger entry is on disk. */
export const deviceHost = defineService({
  name: 'device-host',
  snapshot: DeviceHostState,
  /** Numbered in one row from 1, anew with every start of the program (`startedAt` of the snapshot tells). */
  events: {
    /** The ID card that was read has left the field. */
    cardLifted: z.object({ seq, deviceId }),
    statusChanged: z.object({ seq, deviceId, change: StatusChange }),
    /** Door, tamper switch or presence. */
    cabinetChanged: z.object({ seq, cabinet: CabinetInputs }),
  },
  commands: {
    /**
     * Waits for a card that was not read in this presentation, reads it and answers. Errors: E1101 reader does not
     * answer, E1102 lifted too early, E1103 not readable, E1107 reader faulty, E9001 cancelled, E9002 no card came. A
     * second caller waits for its turn.
     */
    readIdCard: {
      input: z.object({
        /** What is wanted beside the text; what a reader or a card cannot give is absent from the answer. */
        extras: z.array(IdCardExtras.keyof()).default([]),
      }),
      output: IdCard.extend({ extras: IdCardExtras.optional() }),
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

    /**
     * Waits for a bank card, takes it in where the reader has a motor, reads chip or else stripe. A second caller of any
     * command of this reader waits for its turn. Errors: E1301, E1302 pulled out, E1303 not readable, E9001, E9002.
     */
    readBankCard: {
      input: z.object({}),
      output: BankCard,
      progress: z.object({ step: z.enum(['inserted', 'reading']) }),
      deadlineMs: 300_000,
    },
    /** Brings the card to the gate and waits until it is taken. Errors: E1301, E1304 not taken, E1305 jammed. */
    ejectCard: { input: z.object({}), output: z.object({}), deadlineMs: 60_000 },
    /**
     * Takes a card that was not taken into the bin, once. Refused (an error, nothing moved): E1301, E1306 bin full.
     * `unknown` with E1307: nobody can say where the card is.
     */
    retainCard: { input: z.object({ operationId }), output: PrintCompletion, deadlineMs: 30_000 },

    /** A card taken by policy is in the journal now and leaves the snapshot. */
    acknowledgeCapture: { input: z.object({ operationId }), output: z.object({}), deadlineMs: 5_000 },

    /**
     * The pad collects the PIN and encrypts it; only how many digits were typed is told. Waits for its turn at the pad.
     * Errors: E1401, E1402 no key, E1403 tampered, E1404 cancelled at the pad, E9001, E9002.
     */
    enterPin: {
      input: z.object({
        format: PinBlock.shape.format,
        cardNumber: BankCard.shape.number,
        minDigits: z.number().int().min(4).max(12).default(6),
        maxDigits: z.number().int().min(4).max(12).default(6),
      }),
      output: PinBlock,
      progress: z.object({ digits: z.number().int().nonnegative() }),
      deadlineMs: 60_000,
    },
    /**
     * Keys that drive the screen, as progress, until it is cancelled. While a PIN is entered or the pad is tested it
     * rests, and goes on by itself. Of several callers the newest hears the keys. Errors: E1401, E1403, E9001.
     */
    readKeys: {
      input: z.object({}),
      output: z.object({}),
      progress: z.object({ key: ScreenKey }),
      deadlineMs: 3_600_000,
    },
    /** Waits for one code. Errors: E1501, E1502 not a code we take, E9001, E9002. */
    scanCode: { input: z.object({}), output: z.object({ text: z.string().max(2_048) }), deadlineMs: 3_600_000 },
    /** Guide light of a slot. Error: E1601. */
    setLight: { input: z.object({ slot: Slot, light: Light }), output: z.object({}), deadlineMs: 2_000 },
    /** Error: E1601. */
    sound: { input: z.object({ pattern: z.enum(['attention', 'off']) }), output: z.object({}), deadlineMs: 2_000 },

    /** Picture of an ID card from its chip's 1,024 bytes, by a vendor's library. Errors: E1701 none that can, or it failed. */
    decodePhoto: {
      input: z.object({ wlt: z.base64().length(1_368) }),
      output: Picture,
      deadlineMs: 10_000,
    },
    /**
     * Waits for the face of one person who is there, and takes a picture of it, by a vendor's library with its camera. The
     * picture is in the answer and nowhere else. Errors: E1701, E9001, E9002.
     */
    captureFace: { input: z.object({}), output: Picture, deadlineMs: 30_000 },
    /** How alike two pictures are, 0 to 1, by a vendor's library. Error: E1701. */
    compareFaces: {
      input: z.object({ photo: Picture, live: Picture }),
      output: z.object({ score: z.number().min(0).max(1) }),
      deadlineMs: 10_000,
    },
    /** How alike a template of a chip and a sensor's data are, 0 to 1, by a vendor's library. Error: E1701. */
    compareFingerprints: {
      input: z.object({ template: z.base64().max(4_096), live: z.base64().max(480_000) }),
      output: z.object({ score: z.number().min(0).max(1) }),
      deadlineMs: 10_000,
    },

    /** Several devices may be tested at the same time. Errors: E9005 no such device, E9010 at work. */
    selfTest: { input: z.object({ deviceId }), output: SelfTest, deadlineMs: 30_000 },
    /** The last changes of a device's state, newest first, as far back as they are kept. Error: E9005. */
    deviceHistory: {
      input: z.object({ deviceId }),
      output: z.object({ changes: z.array(StatusChange) }),
      deadlineMs: 5_000,
    },
    /** Starts to keep the last lines that go to and from a device in memory, or forgets them. Error: E9005. */
    setTrace: { input: z.object({ deviceId, on: z.boolean() }), output: z.object({}), deadlineMs: 5_000 },
    /** What is kept of the trace, as progress; with `follow` also what comes, until it is cancelled. Error: E9005. */
    readTrace: {
      input: z.object({ deviceId, follow: z.boolean() }),
      output: z.object({}),
      progress: TraceLine,
      deadlineMs: 3_600_000,
    },
  },
});
