import { z } from 'zod';
import { EntryData, RequestForm, RequestLevel, RequestPerson, StreamName } from '../journal/entry.ts';
import { BundleBlock, BundleHeader } from '../journal/bundle.ts';
import { defineService } from '../kernel/service.ts';
import { Catalogue } from '../platform/api.ts';
import { CommandOutcome, DownlinkVersions, RefusedDownlink } from '../platform/downlink.ts';
import { Caps, Channel, Notice } from '../platform/parameters.ts';
import { DayClose, Difference, HeadAt } from '../platform/reconciliation.ts';
import { Code, DateText, Fen, Instant, Words } from './common.ts';
import { passedCommands } from './passed.ts';

export const QueueState = z.object({
  /** Entries not yet acknowledged by the platform. */
  pending: z.number().int(),
  oldestAt: Instant.nullable(),
  /** Stored by the platform but refused as business. */
  quarantined: z.number().int(),
  /** Alarm (E62xx): terminal and platform disagree about this stream; it is not sent until a person has looked. */
  stopped: Code.optional(),
});
export type QueueState = z.infer<typeof QueueState>;

export const LinkState = z.object({
  state: z.enum(['online', 'offline']),
  since: Instant,
  /** Why it is offline (E31xx). */
  code: Code.optional(),
  roundTripMs: z.number().optional(),
  certificateExpiresAt: Instant.optional(),
  /** When it took another one's place. */
  certificateRenewedAt: Instant.optional(),
  /** Why the last try to renew it came to nothing. */
  certificateCode: Code.optional(),
});
export type LinkState = z.infer<typeof LinkState>;

export const TerminalIdentity = z.object({
  terminalId: z.string().regex(/^\d{6}$/),
  centreId: z.string().regex(/^\d{8}$/),
  centreName: Words,
  hallName: Words,
});
export type TerminalIdentity = z.infer<typeof TerminalIdentity>;

/** What the centre decided about this terminal and is in force here. */
export const Configuration = z.object({
  /** Versions in force. No parameters ever (0): the safe defaults hold. */
  versions: DownlinkVersions,
  channel: Channel,
  /** Those to be shown now, emergencies first. */
  notices: z.array(Notice),
  caps: Caps,
  use: z.object({ waiting: z.number().int(), waitingAmountFen: Fen, oldestAt: Instant.nullable() }),
  refused: RefusedDownlink.nullable(),
  /** Newest first. */
  commands: z.array(CommandOutcome),
});
export type Configuration = z.infer<typeof Configuration>;

/** How journal, platform and device counters compare. */
export const Reconciliation = z.object({
  /** The business day that runs; null: none was begun yet. */
  openDay: DateText.nullable(),
  /** The last heads that the platform compared. */
  heads: z.object({ at: Instant, heads: z.array(HeadAt), equal: z.boolean() }).nullable(),
  /** Newest first. */
  closes: z.array(
    z.object({
      number: z.number().int(),
      day: DateText,
      at: Instant,
      answeredAt: Instant.nullable(),
      result: z.enum(['waiting', 'equal', 'differs']),
      moved: DayClose.shape.moved,
    }),
  ),
  /** Closes that the platform has not compared yet. */
  waiting: z.number().int(),
  /** Every case that nobody has decided yet, as the platform said last. */
  cases: z.array(Difference),
  /** What kept the last exchange from its end. */
  code: Code.optional(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** An entry as a technician may see it. */
export const EntryLine = z.object({
  stream: StreamName,
  seq: z.number().int(),
  /** Terminal's wall clock. */
  at: Instant,
  type: z.string(),
  /** The code it tells of, if it does. */
  code: Code.optional(),
});
export type EntryLine = z.infer<typeof EntryLine>;

const sessionId = z.string();
const technicianToken = z.string();

/** The only writer of the journal and the only one that talks to the platform. */
export const syncAgent = defineService({
  name: 'sync-agent',
  snapshot: z.object({
    version: z.string(),
    startedAt: Instant,
    terminal: TerminalIdentity,
    /** false: the journal takes nothing more (`journal.code` says why) and the kiosk is out of service. */
    accepting: z.boolean(),
    journal: z.object({
      code: Code.optional(),
      sqliteVersion: z.string(),
      /** When the last good copy was made (null: there is none), and that the last try failed if it did (E6401). */
      backup: z.object({ at: Instant.nullable(), code: Code.optional() }).optional(),
    }),
    link: LinkState,
    queue: z.record(StreamName, QueueState),
    /** Intents of a former run that are still open. */
    unsettled: z.number().int(),
    /** The last catalogue that came, items the parameters stop closed in it; null until the first one ever. */
    catalogue: Catalogue.nullable(),
    configuration: Configuration,
    /** In short; the whole of it by `reconcile`. */
    reconciliation: z
      .object({ headsAt: Instant.nullable(), waiting: z.number().int(), cases: z.number().int() })
      .optional(),
  }),
  events: {},
  commands: {
    /** Durable when it answers. `request.submitted` has its own command. Errors: E61xx journal stopped. */
    record: {
      input: z.object({ data: EntryData }),
      output: z.object({ stream: StreamName, seq: z.number().int() }),
      deadlineMs: 5_000,
    },
    /**
     * Takes a request, online or offline, gives it its number and makes it durable. The same operationId gives the same
     * number again. Errors: E2101 item stopped, E2102 channel stopped, E22xx an offline limit, E61xx.
     */
    submitRequest: {
      input: z.object({
        sessionId,
        operationId: z.string(),
        level: RequestLevel,
        form: RequestForm,
        person: RequestPerson.optional(),
      }),
      output: z.object({ requestNumber: z.string(), offline: z.boolean() }),
      deadlineMs: 5_000,
    },
    /** Keyed hash of a person for audit entries; the key never leaves the agent. */
    pseudonym: {
      input: z.object({ idNumber: z.string() }),
      output: z.object({ person: z.string() }),
      deadlineMs: 2_000,
    },

    ...passedCommands,

    // Technician
    /** Errors: E7101 wrong name or secret, E7102 locked for a while (detail: seconds). */
    signIn: {
      input: z.object({ name: z.string().max(40), secret: z.string().max(200), by: z.enum(['screen', 'cli']) }),
      output: z.object({ technicianToken, name: z.string(), expiresAt: Instant }),
      deadlineMs: 10_000,
    },
    signOut: { input: z.object({ technicianToken }), output: z.object({}), deadlineMs: 2_000 },
    /** Journals that a technician ran a self-test; E7103 when the token is not valid any more. */
    recordSelfTest: {
      input: z.object({
        technicianToken,
        deviceId: z.string(),
        passed: z.boolean(),
        /** Paper that a trial print took: without it the printer's counter would say more than the journal. */
        sheets: z.number().int().nonnegative().optional(),
        slips: z.number().int().nonnegative().optional(),
      }),
      output: z.object({}),
      deadlineMs: 5_000,
    },
    /** Walks every stream's chain from the first entry. E7103. */
    verifyJournal: {
      input: z.object({ technicianToken }),
      output: z.object({
        streams: z.array(
          z.object({
            stream: StreamName,
            entries: z.number().int(),
            head: z.string(),
            /** First sequence that does not verify; null: all do. */
            brokenAt: z.number().int().nullable(),
          }),
        ),
      }),
      deadlineMs: 120_000,
    },
    /** Entries before `beforeSeq` (absent: from the end), newest first: what kind and when, nothing of anybody. E7103. */
    listEntries: {
      input: z.object({
        technicianToken,
        stream: StreamName,
        beforeSeq: z.number().int().optional(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.object({ entries: z.array(EntryLine) }),
      deadlineMs: 10_000,
    },
    /** What a bundle made now would hold: everything, or only what the platform has not acknowledged. E7103. */
    planExport: {
      input: z.object({ technicianToken, waitingOnly: z.boolean() }),
      output: BundleHeader,
      deadlineMs: 10_000,
    },
    /** The next signed stretch of a stream after `afterSeq` and up to `upToSeq`, as a line of a bundle. E7103. */
    exportBlock: {
      input: z.object({
        technicianToken,
        stream: StreamName,
        afterSeq: z.number().int(),
        upToSeq: z.number().int(),
      }),
      output: z.object({ block: BundleBlock.nullable() }),
      deadlineMs: 20_000,
    },
    /** Vouches for a bundle that the technician wrote, and journals that it was made. E7103. */
    sealBundle: {
      input: z.object({
        technicianToken,
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        entries: z.number().int(),
      }),
      output: z.object({ signatureBase64: z.base64() }),
      deadlineMs: 10_000,
    },
    /** Copies the journal to its backup folder now. E6401, E7103. */
    backUpJournal: {
      input: z.object({ technicianToken }),
      output: z.object({ file: z.string(), at: Instant, bytes: z.number().int() }),
      deadlineMs: 120_000,
    },
    /**
     * Makes a journal that the platform knows more of (an old disk image) one with it again: what is missing comes back
     * from the platform, what was recorded meanwhile follows behind. A copy of the file as it was is kept. E31xx, E7103.
     */
    rejoinJournal: {
      input: z.object({ technicianToken }),
      output: z.object({
        streams: z.array(
          z.object({
            stream: StreamName,
            forkedAt: z.number().int(),
            pulled: z.number().int(),
            moved: z.number().int(),
          }),
        ),
      }),
      deadlineMs: 600_000,
    },
    /**
     * Last heads, last closes, open cases. `now`: heads are compared at once, and what can be sent is sent, first. A
     * difference stays until a person at the centre has decided. E31xx, E61xx, E7103.
     */
    reconcile: {
      input: z.object({ technicianToken, now: z.boolean() }),
      output: Reconciliation,
      deadlineMs: 120_000,
    },
    /** Name, TCP, TLS, HTTP, one after the other, and where it stopped. E7103. */
    testLink: {
      input: z.object({ technicianToken }),
      output: z.object({
        steps: z.array(
          z.object({ name: z.string(), passed: z.boolean(), milliseconds: z.number(), detail: z.string().optional() }),
        ),
      }),
      deadlineMs: 20_000,
    },
  },
});
