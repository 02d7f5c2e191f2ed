import { type KeyObject, createHash, verify } from 'node:crypto';
import { z } from 'zod';
import { type Result, fail, ok } from '../kernel/result.ts';
import { Code, Instant, Outcome } from '../services/common.ts';
import { Notice } from './parameters.ts';

/**
 * What the centre sends down. catalogue and parameters replace what was there before; a command is carried out at most
 * once. Each kind counts its own versions upwards for ever.
 */
export const DownlinkKind = z.enum(['catalogue', 'parameters', 'command']);
export type DownlinkKind = z.infer<typeof DownlinkKind>;

/** Where a terminal or the platform stands, by kind; 0: nothing yet. */
export const DownlinkVersions = z.record(DownlinkKind, z.number().int().nonnegative());
export type DownlinkVersions = z.infer<typeof DownlinkVersions>;

/** All terminals of a centre, or one. */
export const Audience = z.union([
  z.strictObject({ centreId: z.string().regex(/^\d{8}$/) }),
  z.strictObject({ terminalId: z.string().regex(/^\d{6}$/) }),
]);
export type Audience = z.infer<typeof Audience>;

/** What is signed: UTF-8 JSON of this, exactly these bytes. `content` has the shape of its kind. */
export const Statement = z.object({
  v: z.literal(1),
  kind: DownlinkKind,
  version: z.number().int().positive(),
  audience: Audience,
  issuedAt: Instant,
  /** Taken between these two instants only. What was taken in time stays good after `expires`. */
  notBefore: Instant,
  expires: Instant,
  content: z.unknown(),
});
export type Statement = z.infer<typeof Statement>;

/** On its way and on the terminal's disk: the signed bytes are never re-serialised. */
export const Envelope = z.object({
  /** First 16 hex of SHA-256 over the public key (SPKI DER). */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  statementBase64: z.base64(),
  /** Ed25519 over `signedBytes`. */
  signatureBase64: z.base64(),
});
export type Envelope = z.infer<typeof Envelope>;

/** What a terminal can be told to do. Each has its outcome in the audit stream and in the next heartbeat. */
export const RemoteCommand = z.discriminatedUnion('name', [
  /** The device's own test, as a technician runs it. */
  z.object({ name: z.literal('selfTest'), deviceId: z.string().max(32) }),
  /** Walks every chain of the journal from the first entry. */
  z.object({ name: z.literal('verifyJournal') }),
  /** Compares the heads of every stream with the platform's again, and sends what it lacks. */
  z.object({ name: z.literal('reconcileNow') }),
  /** A notice beside those of the parameters; the next one replaces it, and it survives a restart. */
  z.object({ name: z.literal('showNotice'), notice: Notice }),
]);
export type RemoteCommand = z.infer<typeof RemoteCommand>;

/** `unknown`: the program ended while it was carried out; it is not tried again. */
export const CommandOutcome = z.object({
  version: z.number().int().positive(),
  name: z.string(),
  outcome: Outcome,
  code: Code.optional(),
});
export type CommandOutcome = z.infer<typeof CommandOutcome>;

/** The last thing that came down and was not taken (E2301 … E2305). */
export const RefusedDownlink = z.object({ code: Code, at: Instant, kind: DownlinkKind.optional() });
export type RefusedDownlink = z.infer<typeof RefusedDownlink>;

/** A key the terminal trusts, by its id. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** A signature over a configuration can never be one over something else. */
export function signedBytes(statement: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('kiosk-downlink-v1\n'), statement]);
}

export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** SHA-256 of the signed bytes, hex: what both journals name an envelope by. */
export function envelopeDigest({ statementBase64 }: Envelope): string {
  return createHash('sha256').update(Buffer.from(statementBase64, 'base64')).digest('hex');
}

export interface Reader {
  readonly terminalId: string;
  readonly centreId: string;
}

/**
 * What an envelope says, once it is known who says it and to whom. Errors: E2301 nobody we trust signed these bytes,
 * E2302 it is for somebody else, E2305 it has a shape this release does not know.
 */
export function openEnvelope(envelope: Envelope, keys: TrustedKeys, reader: Reader): Result<Statement> {
  const bytes = Buffer.from(envelope.statementBase64, 'base64');
  const key = keys.get(envelope.keyId);
  if (!key) return fail('E2301', `key ${envelope.keyId} is not known`);
  if (!verify(null, signedBytes(bytes), key, Buffer.from(envelope.signatureBase64, 'base64'))) return fail('E2301');
  const parsed = Statement.safeParse(parseJson(bytes));
  if (!parsed.success) return fail('E2305', 'statement');
  const { audience } = parsed.data;
  const mine =
    'centreId' in audience ? audience.centreId === reader.centreId : audience.terminalId === reader.terminalId;
  return mine ? ok(parsed.data) : fail('E2302', 'centreId' in audience ? audience.centreId : audience.terminalId);
}

/** Clocks differ by minutes where nobody keeps them. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** Whether a statement may be taken at this moment (UTC ms). Error: E2304. */
export function inTime({ notBefore, expires }: Statement, now: number): Result<void> {
  if (now < notBefore - CLOCK_TOLERANCE_MS) return fail('E2304', 'not valid yet');
  return now > expires + CLOCK_TOLERANCE_MS ? fail('E2304', 'expired') : ok();
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
