import { z } from 'zod';
import { Period } from '../platform/api.ts';
import { DownlinkKind } from '../platform/downlink.ts';
import { FactorKind } from '../platform/identity.ts';
import { Code, Instant, Outcome } from '../services/common.ts';
import { SealingAlgorithm } from './suite/suite.ts';
import { DayClose, DifferenceKind, HeadAt, Link } from '../platform/reconciliation.ts';
import { RequestForm, RequestLevel, RequestPerson } from './request-form.ts';
import { StreamName } from './stream.ts';

export { StreamName };

/**
 * Personal fields of an entry, encrypted with a data key of its own. The body holds only this; the key
 * travels and is stored beside the body, wrapped for the terminal and for the centre, so that destroying the key
 * destroys the person's data while the chain stays whole. `data` is the ciphertext, then the tag (A256GCM: 16 bytes;
 * SM4CTR-HSM3: 32); there is no additional data; the clear text is UTF-8 JSON.
 */
export const Sealed = z.object({ alg: SealingAlgorithm, ivBase64: z.base64(), dataBase64: z.base64() });
export type Sealed = z.infer<typeof Sealed>;

export { RequestForm, RequestPerson, RequestLevel };

const inSession = { sessionId: z.string() };
const operation = { ...inSession, operationId: z.string() };
const release = { version: z.number().int(), keyId: z.string(), sha256: z.string() };

/** Everything the journal can say. Version 1; new kinds are added, old ones never change. */
export const EntryData = z.discriminatedUnion('type', [
  // business
  z.object({
    type: z.literal('request.submitted'),
    ...operation,
    requestNumber: z.string(),
    level: RequestLevel,
    /** The link was down: identity and the request are decided later by the platform. */
    offline: z.boolean(),
    form: RequestForm,
    person: Sealed.optional(),
  }),
  z.object({
    type: z.literal('operation.intended'),
    ...operation,
    kind: z.enum(['printDocument', 'printSlip']),
    documentNumber: z.string().optional(),
    slipNumber: z.string().optional(),
    pages: z.number().int().optional(),
  }),
  z.object({
    type: z.literal('operation.settled'),
    ...operation,
    outcome: Outcome,
    code: Code.optional(),
    printed: z.number().int().optional(),
    /** Sheets of paper, where the printer tells; a sheet may bear two pages. */
    sheets: z.number().int().nonnegative().optional(),
    /** Settled after a restart by asking the device-host, not by the session that intended it. */
    reconciled: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('service.rated'),
    ...inSession,
    score: z.enum(['satisfied', 'fair', 'dissatisfied']),
    reason: z.enum(['policy', 'attitude', 'process', 'advice', 'device']).optional(),
  }),
  // audit
  z.object({ type: z.literal('session.opened'), ...inSession, mode: z.enum(['depositor', 'technician']) }),
  z.object({
    type: z.literal('session.closed'),
    ...inSession,
    /** stopped: the centre stopped the channel. */
    reason: z.enum(['finished', 'ended', 'idle', 'cap', 'failed', 'lost', 'stopped']),
  }),
  /** `person` is a keyed hash: the same person in this terminal's records, nobody outside them. */
  z.object({ type: z.literal('identity.cardRead'), ...inSession, person: z.string(), cardKind: z.string() }),
  z.object({ type: z.literal('identity.cardRefused'), ...inSession, code: Code }),
  z.object({ type: z.literal('identity.codeSent'), ...inSession }),
  z.object({ type: z.literal('identity.codeChecked'), ...inSession, accepted: z.boolean() }),
  /** One factor was tried. The code by SMS has its own entries as well. */
  z.object({ type: z.literal('identity.proven'), ...inSession, factor: FactorKind, accepted: z.boolean() }),
  /** Agreed to on a screen of its own. */
  z.object({ type: z.literal('identity.consented'), ...inSession, to: z.enum(['face']) }),
  /** An agent goes on for somebody else; `agent`: first character of the name. */
  z.object({
    type: z.literal('identity.acting'),
    ...inSession,
    authority: z.enum(['eConsent', 'paper']),
    agent: z.string().max(8),
  }),
  z.object({ type: z.literal('query.answered'), ...inSession, item: z.string(), period: Period.optional() }),
  z.object({ type: z.literal('field.revealed'), ...inSession, field: z.enum(['accountNumber']) }),
  z.object({
    type: z.literal('document.issued'),
    ...operation,
    documentNumber: z.string(),
    sha256: z.string(),
    pages: z.number().int(),
  }),
  z.object({ type: z.literal('session.failure'), ...inSession, code: Code, step: z.string() }),
  z.object({ type: z.literal('technician.signedIn'), technician: z.string(), by: z.enum(['screen', 'cli']) }),
  z.object({ type: z.literal('technician.refused'), by: z.enum(['screen', 'cli']), code: Code }),
  z.object({ type: z.literal('technician.signedOut'), technician: z.string() }),
  z.object({
    type: z.literal('device.tested'),
    technician: z.string(),
    deviceId: z.string(),
    passed: z.boolean(),
    /** Paper that a trial print took. */
    sheets: z.number().int().nonnegative().optional(),
    slips: z.number().int().nonnegative().optional(),
  }),
  /** A reader took a card into its bin by its own policy; whose it was is not known to it. */
  z.object({
    type: z.literal('card.captured'),
    deviceId: z.string(),
    operationId: z.string(),
    why: z.enum(['notTaken', 'leftInside']),
    outcome: Outcome,
    code: Code.optional(),
    /** When it was taken, UTC ms; the entry may be written later. */
    takenAt: Instant,
  }),
  z.object({ type: z.literal('program.started'), program: z.string(), version: z.string() }),
  z.object({ type: z.literal('link.changed'), state: z.enum(['online', 'offline']), code: Code.optional() }),
  z.object({ type: z.literal('clock.stepped'), byMs: z.number().int() }),
  /** The terminal renewed its TLS certificate by itself. `serialNumber` as tools print it. */
  z.object({ type: z.literal('certificate.renewed'), serialNumber: z.string(), validTo: Instant }),
  /** The journal had stopped for this reason, was opened and checked anew, and takes entries again. */
  z.object({ type: z.literal('journal.resumed'), code: Code }),
  /** `sha256`: of the signed bytes that came down, which the platform keeps. */
  z.object({ type: z.literal('catalogue.applied'), ...release }),
  z.object({
    type: z.literal('parameters.applied'),
    ...release,
    channel: z.enum(['open', 'stopped']),
    stoppedItems: z.array(z.string()),
  }),
  /** Something came down that is not taken; kind and version as far as they are known, which proves nothing. */
  z.object({
    type: z.literal('downlink.refused'),
    code: Code,
    sha256: z.string(),
    kind: DownlinkKind.optional(),
    version: z.number().int().optional(),
  }),
  /** Durable before the command is carried out, so that it never is twice. */
  z.object({ type: z.literal('command.received'), ...release, name: z.string() }),
  z.object({
    type: z.literal('command.settled'),
    version: z.number().int(),
    name: z.string(),
    outcome: Outcome,
    code: Code.optional(),
  }),
  /** Retention: entries and data keys up to here are about to leave this terminal; the platform has them. */
  z.object({
    type: z.literal('journal.retired'),
    stream: StreamName,
    entriesUpTo: z.number().int(),
    keysUpTo: z.number().int(),
  }),
  /** A technician made a bundle of the journal. */
  z.object({
    type: z.literal('journal.exported'),
    technician: z.string(),
    entries: z.number().int(),
    sha256: z.string(),
  }),
  /**
   * A journal that came from a backup or an old disk image, made one again with what the platform kept: up to `forkedAt`
   * both were the same, `pulled` entries came back from the platform, and `moved` entries of its own follow them under new
   * sequence numbers.
   */
  z.object({
    type: z.literal('journal.rejoined'),
    stream: StreamName,
    forkedAt: z.number().int(),
    pulled: z.number().int(),
    moved: z.number().int(),
  }),
  /** The terminal vouched for these heads and the platform compared them with what it keeps. */
  z.object({ type: z.literal('heads.reported'), heads: z.array(HeadAt), equal: z.boolean() }),
  /** A business day is closed: from here on its windows and sums do not change, whatever becomes of them. */
  z.object({ type: z.literal('day.closed'), close: DayClose }),
  z.object({
    type: z.literal('day.compared'),
    number: z.number().int(),
    equal: z.boolean(),
    differs: z.array(z.object({ kind: DifferenceKind, subject: z.string(), caseId: z.string() })),
  }),
  /** The first sequence at which this journal and the platform's differ, found by so many questions. */
  z.object({
    type: z.literal('heads.parted'),
    stream: StreamName,
    firstSeq: z.number().int().positive(),
    own: Link,
    platform: Link.nullable(),
    probes: z.number().int().nonnegative(),
  }),
  // telemetry
  /** Too much waits: so many step timings were not recorded since `since`. They never had a sequence number. */
  z.object({ type: z.literal('telemetry.thinned'), entries: z.number().int(), since: Instant }),
  z.object({ type: z.literal('device.changed'), deviceId: z.string(), state: z.string(), code: Code.optional() }),
  z.object({ type: z.literal('step.timed'), ...inSession, step: z.string(), milliseconds: z.number() }),
]);
export type EntryData = z.infer<typeof EntryData>;
export type EntryType = EntryData['type'];

const BUSINESS: readonly EntryType[] = [
  'request.submitted',
  'operation.intended',
  'operation.settled',
  'service.rated',
];
const TELEMETRY: readonly EntryType[] = ['device.changed', 'step.timed', 'telemetry.thinned'];

export function streamOf(type: EntryType): StreamName {
  if (BUSINESS.includes(type)) return 'business';
  return TELEMETRY.includes(type) ? 'telemetry' : 'audit';
}

/** The stored body: UTF-8 JSON of this. `at` is the terminal's wall clock, for people; order is the sequence. */
export const EntryBody = z.object({ v: z.literal(1), at: Instant, data: EntryData });
export type EntryBody = z.infer<typeof EntryBody>;
