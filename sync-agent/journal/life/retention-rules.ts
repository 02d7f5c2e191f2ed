import type { StreamName } from '@kiosk/contract/journal/entry.ts';

const DAY_MS = 24 * 3_600_000;
/** Thirteen months of any calendar are at most 397 days; the rest is for entries noted late. */
export const THIRTEEN_MONTHS_MS = 400 * DAY_MS;

/** All of it counts from the acknowledgement, in proven time (proven-time.ts). */
export interface RetentionPolicy {
  /** How long an acknowledged entry stays whole in the journal, ms. */
  readonly keepMs: Readonly<Record<StreamName, number>>;
  /** How long the data key of an acknowledged entry stays, ms: after that nobody reads the person's data here. */
  readonly keepKeysMs: number;
}

export const DEFAULT_RETENTION: RetentionPolicy = {
  keepMs: { business: THIRTEEN_MONTHS_MS, audit: THIRTEEN_MONTHS_MS, telemetry: 30 * DAY_MS },
  keepKeysMs: 30 * DAY_MS,
};

/** "At this proven time the platform had everything up to `seq`": noted at the time or after it, never before. */
export interface AcknowledgedMark {
  readonly seq: number;
  readonly elapsedMs: number;
}

export interface StreamAges {
  readonly baseSeq: number;
  readonly headSeq: number;
  readonly acknowledgedSeq: number;
  /** In order of `seq`. */
  readonly marks: readonly AcknowledgedMark[];
}

export interface Retirement {
  /** Entries up to here may go; `baseSeq` when none may. */
  readonly entriesUpTo: number;
  /** Data keys up to here may go. */
  readonly keysUpTo: number;
}

/**
 * What may go now. Nothing above the acknowledged position ever does, however old it is, and the last entry stays, so
 * that the stream keeps its end.
 */
export function retirementOf(stream: StreamName, ages: StreamAges, policy: RetentionPolicy, nowMs: number): Retirement {
  const { baseSeq, headSeq, acknowledgedSeq, marks } = ages;
  const olderThan = (keepMs: number): number =>
    marks.reduce((seq, mark) => (nowMs - mark.elapsedMs >= keepMs ? Math.max(seq, mark.seq) : seq), 0);
  const keysUpTo = Math.min(olderThan(policy.keepKeysMs), acknowledgedSeq);
  const entriesUpTo = Math.min(olderThan(policy.keepMs[stream]), acknowledgedSeq, headSeq - 1);
  return { entriesUpTo: Math.max(baseSeq, entriesUpTo), keysUpTo: Math.max(0, keysUpTo) };
}

/**
 * The marks to keep once the platform stands at `acknowledgedSeq`. A platform that went back (restored from a backup)
 * takes its later marks with it: what it still has it has had since then, what it gets again is acknowledged anew.
 */
export function remark(
  marks: readonly AcknowledgedMark[],
  acknowledgedSeq: number,
  baseSeq: number,
  elapsedMs: number,
): readonly AcknowledgedMark[] {
  const kept = marks.filter(({ seq }) => seq <= acknowledgedSeq && seq > baseSeq);
  const last = kept.at(-1)?.seq ?? baseSeq;
  if (acknowledgedSeq <= last) return kept;
  const since = marks.find(({ seq }) => seq > acknowledgedSeq)?.elapsedMs ?? elapsedMs;
  return [...kept, { seq: acknowledgedSeq, elapsedMs: since }];
}
