import { z } from 'zod';
import { EntryData, RequestForm, RequestPerson, StreamName } from '../journal/entry.ts';
import { defineService } from '../kernel/service.ts';
import {
  AccountOverview,
  Catalogue,
  CodeCheck,
  CodeSent,
  Details,
  IssuedDocument,
  Period,
  PersonClaim,
} from '../platform/api.ts';
import { CommandOutcome, DownlinkKind, DownlinkVersions } from '../platform/downlink.ts';
import { Caps, Channel, Notice } from '../platform/parameters.ts';
import { Code, Fen, Instant, Words } from './common.ts';

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
  /** The last thing that came down and was not taken. */
  refused: z.object({ code: Code, at: Instant, kind: DownlinkKind.optional() }).nullable(),
  /** Newest first. */
  commands: z.array(CommandOutcome),
});
export type Configuration = z.infer<typeof Configuration>;

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
    journal: z.object({ code: Code.optional(), sqliteVersion: z.string() }),
    link: LinkState,
    queue: z.record(StreamName, QueueState),
    /** Intents of a former run that are still open. */
    unsettled: z.number().int(),
    /** The last catalogue that came, items the parameters stop closed in it; null until the first one ever. */
    catalogue: Catalogue.nullable(),
    configuration: Configuration,
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
        level: z.enum(['L0', 'L1', 'L2']),
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

    // Interactive calls: to the platform and back, ahead of the drain, never journaled. Errors: E31xx and the platform's own.
    sendCode: { input: PersonClaim, output: CodeSent, deadlineMs: 10_000 },
    checkCode: {
      input: z.object({ challengeId: z.string(), code: z.string().max(12) }),
      output: CodeCheck,
      deadlineMs: 10_000,
    },
    endIdentity: { input: z.object({ identityToken: z.string() }), output: z.object({}), deadlineMs: 5_000 },
    account: { input: z.object({ identityToken: z.string() }), output: AccountOverview, deadlineMs: 10_000 },
    details: { input: z.object({ identityToken: z.string(), period: Period }), output: Details, deadlineMs: 15_000 },
    issueStatement: {
      input: z.object({
        identityToken: z.string(),
        operationId: z.string(),
        period: Period,
        maskIdNumber: z.boolean(),
      }),
      output: IssuedDocument,
      deadlineMs: 20_000,
    },

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
      input: z.object({ technicianToken, deviceId: z.string(), passed: z.boolean() }),
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
