import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { heads } from '../chain/heads.ts';
import { type Hearing, type ProvenTime, NEVER_HEARD, hear } from './proven-time.ts';
import {
  type AcknowledgedMark,
  type RetentionPolicy,
  type Retirement,
  remark,
  retirementOf,
} from './retention-rules.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from '../chain/streams.ts';

/** What one sweep is about to do in one stream, or did. */
export interface Retired {
  readonly stream: StreamName;
  /** Entries from the old base up to here leave the journal. */
  readonly entriesUpTo: number;
  readonly entries: number;
  /** Data keys up to here are destroyed. */
  readonly keysUpTo: number;
  readonly keys: number;
}

/** Rows in one transaction: about 10 ms of work, so that a record in between does not wait. */
const STEP = 2_000;
/** Marks closer than this are one: a year of them is a page or two, and an entry noted later only stays longer. */
const MARK_EVERY_MS = 6 * 3_600_000;

export interface Retention {
  /** Notes what a heartbeat said about the time. */
  heard(hearing: Hearing): Result<ProvenTime>;
  /** Notes how far the platform has each stream and says what may go by now; changes nothing else. */
  plan(policy: RetentionPolicy): Result<readonly Retired[]>;
  /**
   * Does what `plan` said, in steps; the caller lets others work in between. Afterwards no byte of a destroyed key is in
   * the database or in its log. Errors: E61xx.
   */
  carryOut(plan: readonly Retired[]): Generator<void, Result<void>>;
}

export function retention(store: Store): Retention {
  const { db } = store;
  const { last, at } = heads(store);
  const readTime = db.prepare<[], { elapsedMs: number; platformAt: number | null; wallAt: number | null }>(
    'SELECT elapsed_ms AS elapsedMs, platform_at AS platformAt, wall_at AS wallAt FROM proven_time',
  );
  const writeTime = db.prepare(
    `INSERT INTO proven_time (id, elapsed_ms, platform_at, wall_at) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       elapsed_ms = excluded.elapsed_ms, platform_at = excluded.platform_at, wall_at = excluded.wall_at`,
  );
  const place = db.prepare<[string], { baseSeq: number; acknowledgedSeq: number }>(
    'SELECT base_seq AS baseSeq, acknowledged_seq AS acknowledgedSeq FROM stream WHERE name = ?',
  );
  const marksOf = db.prepare<[string], AcknowledgedMark>(
    'SELECT seq, elapsed_ms AS elapsedMs FROM acknowledged_mark WHERE stream = ? ORDER BY seq',
  );
  const dropMarks = db.prepare('DELETE FROM acknowledged_mark WHERE stream = ? AND (seq > ? OR seq <= ?)');
  const addMark = db.prepare('INSERT INTO acknowledged_mark (stream, seq, elapsed_ms) VALUES (?, ?, ?)');
  const keysGone = db.prepare<[string], number>('SELECT keys_up_to FROM destroyed_keys WHERE stream = ?').pluck();
  const noteKeysGone = db.prepare(
    `INSERT INTO destroyed_keys (stream, keys_up_to) VALUES (?, ?)
     ON CONFLICT (stream) DO UPDATE SET keys_up_to = excluded.keys_up_to`,
  );
  const keysIn = forEachStream((stream) =>
    db
      .prepare<[number, number], number>(
        `SELECT count(*) FROM ${entryTable(stream)}
         WHERE seq > ? AND seq <= ? AND (key_terminal IS NOT NULL OR key_centre IS NOT NULL)`,
      )
      .pluck(),
  );
  const dropKeys = forEachStream((stream) =>
    db.prepare(
      `UPDATE ${entryTable(stream)} SET key_terminal = NULL, key_centre = NULL
       WHERE seq > ? AND seq <= ? AND (key_terminal IS NOT NULL OR key_centre IS NOT NULL)`,
    ),
  );
  const dropEntries = forEachStream((stream) => db.prepare(`DELETE FROM ${entryTable(stream)} WHERE seq <= ?`));
  const moveBase = db.prepare('UPDATE stream SET base_seq = ?, base_link = ?, base_requests = ? WHERE name = ?');
  const straddling = db
    .prepare<[number, number], number | null>(
      `SELECT min(intended_seq) FROM intent WHERE intended_seq <= ? AND (settled_seq IS NULL OR settled_seq > ?)`,
    )
    .pluck();
  const dropBeside = [
    db.prepare<[string, number]>('DELETE FROM quarantine WHERE stream = ? AND seq <= ?'),
    db.prepare<[string, number]>('DELETE FROM signed_head WHERE stream = ? AND seq <= ?'),
  ];
  const dropRequests = db.prepare('DELETE FROM request WHERE seq <= ?');
  const dropIntents = db.prepare('DELETE FROM intent WHERE intended_seq <= ? AND settled_seq <= ?');

  const time = (): ProvenTime => {
    const row = readTime.get();
    if (!row) return NEVER_HEARD;
    const { elapsedMs, platformAt, wallAt } = row;
    return { elapsedMs, heard: platformAt === null || wallAt === null ? null : { platformAt, wallAt } };
  };

  function noteAcknowledged(stream: StreamName, elapsedMs: number): readonly AcknowledgedMark[] {
    const { baseSeq, acknowledgedSeq } = place.get(stream)!;
    const before = marksOf.all(stream);
    const recent = before.at(-1);
    const due = recent === undefined || recent.seq > acknowledgedSeq || elapsedMs - recent.elapsedMs >= MARK_EVERY_MS;
    if (!due) return before;
    const marks = remark(before, acknowledgedSeq, baseSeq, elapsedMs);
    dropMarks.run(stream, acknowledgedSeq, baseSeq);
    const newest = marks.at(-1);
    if (newest && !before.includes(newest)) addMark.run(stream, newest.seq, newest.elapsedMs);
    return marks;
  }

  /** An open intent holds everything from itself on: it is settled by a person and never forgotten. */
  function beforeOpenIntents(upTo: number): number {
    for (let cut = upTo; ;) {
      const from = straddling.get(cut, cut) ?? null;
      if (from === null) return cut;
      cut = from - 1;
    }
  }

  function planned(stream: StreamName, policy: RetentionPolicy, elapsedMs: number): Retired {
    const marks = noteAcknowledged(stream, elapsedMs);
    const ages = { ...place.get(stream)!, headSeq: last(stream).seq, marks };
    const may: Retirement = retirementOf(stream, ages, policy, elapsedMs);
    const { baseSeq } = ages;
    const cut = stream === 'business' ? beforeOpenIntents(may.entriesUpTo) : may.entriesUpTo;
    const entriesUpTo = Math.max(baseSeq, cut);
    const keysFrom = Math.max(baseSeq, keysGone.get(stream) ?? 0);
    const keysUpTo = Math.max(keysFrom, may.keysUpTo, entriesUpTo);
    return {
      stream,
      entriesUpTo,
      entries: entriesUpTo - baseSeq,
      keysUpTo,
      keys: keysIn[stream].get(keysFrom, keysUpTo)!,
    };
  }

  /** The whole promise once more, where it is carried out: nothing unacknowledged, never the last entry. */
  function assertAllowed(stream: StreamName, upTo: number, what: 'entries' | 'keys'): void {
    const { acknowledgedSeq } = place.get(stream)!;
    const end = what === 'entries' ? last(stream).seq - 1 : Infinity;
    if (upTo > acknowledgedSeq || upTo > end) {
      throw new Error(`retention of ${what} of ${stream} up to ${upTo}: acknowledged up to ${acknowledgedSeq}`);
    }
  }

  /** A platform that went back while a sweep was under way ends it. */
  const stillAllowed = (stream: StreamName, upTo: number): boolean => upTo <= place.get(stream)!.acknowledgedSeq;

  function* destroyKeys({ stream, keysUpTo }: Retired): Generator<void, Result<void>> {
    for (;;) {
      const done = store.write(() => {
        if (!stillAllowed(stream, keysUpTo)) return true;
        const from = Math.max(place.get(stream)!.baseSeq, keysGone.get(stream) ?? 0);
        const to = Math.min(keysUpTo, from + STEP);
        if (to <= from) return true;
        assertAllowed(stream, to, 'keys');
        dropKeys[stream].run(from, to);
        noteKeysGone.run(stream, to);
        return to === keysUpTo;
      });
      if (!done.ok) return done;
      if (done.value) return ok();
      yield;
    }
  }

  function* retireEntries({ stream, entriesUpTo }: Retired): Generator<void, Result<void>> {
    for (;;) {
      const done = store.write(() => {
        if (!stillAllowed(stream, entriesUpTo)) return true;
        const { baseSeq } = place.get(stream)!;
        const to = Math.min(entriesUpTo, baseSeq + STEP);
        if (to <= baseSeq) return true;
        assertAllowed(stream, to, 'entries');
        const mark = at(stream, to)!;
        for (const drop of dropBeside) drop.run(stream, to);
        if (stream === 'business') {
          dropRequests.run(to);
          // All of them at once: an intent must not lose one of its two entries to a step that ends between them.
          dropIntents.run(entriesUpTo, entriesUpTo);
        }
        moveBase.run(to, mark.link, mark.requests, stream);
        dropEntries[stream].run(to);
        return to === entriesUpTo;
      });
      if (!done.ok) return done;
      if (done.value) return ok();
      yield;
    }
  }

  return {
    heard: (hearing) =>
      store.write(() => {
        const now = hear(time(), hearing);
        writeTime.run(now.elapsedMs, now.heard?.platformAt ?? null, now.heard?.wallAt ?? null);
        return now;
      }),
    plan: (policy) =>
      store.write(() => {
        const { elapsedMs } = time();
        return StreamName.options
          .map((stream) => planned(stream, policy, elapsedMs))
          .filter(({ entries, keys }) => entries > 0 || keys > 0);
      }),
    *carryOut(plan) {
      for (const retired of plan) {
        const keys = yield* destroyKeys(retired);
        if (!keys.ok) return keys;
        const entries = yield* retireEntries(retired);
        if (!entries.ok) return entries;
      }
      return plan.length === 0 ? ok() : emptyLog(store);
    },
  };
}

/**
 * Moves everything from the log into the database and cuts the log to nothing: it may still hold pages as they were
 * before a key was destroyed. Error: E6102, somebody reads the old pages (nobody can: the lock is exclusive).
 */
export function emptyLog(store: Store): Result<void> {
  const result = store.read(() => store.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]);
  if (!result.ok) return result;
  return result.value[0]?.busy === 0 ? ok() : fail('E6102', 'the log could not be emptied');
}
