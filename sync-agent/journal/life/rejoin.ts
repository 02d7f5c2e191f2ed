import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { WireEntry } from '@kiosk/contract/platform/ingest.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { entryWriter } from '../chain/entries.ts';
import { type Rejoined, graft } from '../chain/graft.ts';
import { heads } from '../chain/heads.ts';
import type { Store } from '../file/store.ts';

/**
 * Far more than can have been given out on the lost disk without reaching the platform (policy: some hundred may wait).
 * Numbers have room: a counter goes to twelve digits.
 */
const SKIPPED_REQUESTS = 10_000;

const AT_ONCE = 1_000;

/** Where the platform stands, and where our own history parts from it. */
export interface Fork {
  readonly stream: StreamName;
  readonly forkedAt: number;
  readonly durableUpTo: number;
  /** The platform's link at `durableUpTo`, hex. */
  readonly head: string;
}

/** A journal that came from a backup, a bundle or an old disk image, and how it becomes one with the platform again. */
export interface Rejoining {
  /** The last sequence that has come back for this fork; `forkedAt` when none has. */
  pulledUpTo(fork: Fork): Result<number>;
  /** Keeps a page that came back. What an earlier pull left of another fork is thrown away. */
  keep(fork: Fork, entries: readonly WireEntry[]): Result<void>;
  /**
   * Everything in one transaction: the platform's entries take their places behind the fork, our own follow them with
   * new sequence numbers. E6204: what came does not chain up to the platform's head; nothing is changed.
   */
  finish(forks: readonly Fork[]): Result<readonly Rejoined[]>;
}

interface PulledRow {
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly keyCentre: Buffer | null;
}

export function rejoining(store: Store, terminalId: string, clock: Clock): Rejoining {
  const { db } = store;
  const { last } = heads(store);
  const grafting = graft(store, terminalId);
  const writer = entryWriter(store, terminalId, clock);
  const close = db.prepare('UPDATE restored SET rejoined_at = ? WHERE rejoined_at IS NULL');
  const most = db
    .prepare<[string, number, number], number | null>(
      'SELECT max(seq) FROM pulled_entry WHERE stream = ? AND seq > ? AND seq <= ?',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT OR REPLACE INTO pulled_entry (stream, seq, salt, body, key_centre) VALUES (?, ?, ?, ?, ?)',
  );
  const pulled = db.prepare<[string, number, number, number], PulledRow>(
    `SELECT salt, body, key_centre AS keyCentre FROM pulled_entry
     WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
  );
  const clear = db.prepare('DELETE FROM pulled_entry');
  const acknowledge = db.prepare('UPDATE stream SET acknowledged_seq = ?, stopped_code = NULL WHERE name = ?');

  function append({ stream, forkedAt, durableUpTo, head }: Fork): Result<Rejoined> {
    if (forkedAt === durableUpTo) {
      acknowledge.run(durableUpTo, stream);
      return ok({ stream, forkedAt, pulled: 0, moved: 0 });
    }
    const own = grafting.takeAfter(stream, forkedAt);
    // Some at a time: a whole history must not be in memory at once.
    for (let seq = forkedAt; ;) {
      const rows = pulled.all(stream, seq, durableUpTo, AT_ONCE);
      for (const { salt, body, keyCentre } of rows) {
        grafting.append(stream, { salt, body, keyTerminal: null, keyCentre });
      }
      if (rows.length === 0) break;
      seq += rows.length;
    }
    const end = last(stream);
    if (end.seq !== durableUpTo || end.link.toString('hex') !== head) {
      return fail('E6204', `${stream}: what came back does not chain up to the platform's head`);
    }
    acknowledge.run(durableUpTo, stream);
    for (const entry of own) grafting.append(stream, entry);
    return ok({ stream, forkedAt, pulled: durableUpTo - forkedAt, moved: own.length });
  }

  return {
    pulledUpTo: ({ stream, forkedAt, durableUpTo }) =>
      store.read(() => most.get(stream, forkedAt, durableUpTo) ?? forkedAt),
    keep: ({ stream }, entries) =>
      store.write(() => {
        for (const { seq, saltBase64, bodyBase64, keyForCentreBase64 } of entries) {
          insert.run(
            stream,
            seq,
            Buffer.from(saltBase64, 'base64'),
            Buffer.from(bodyBase64, 'base64'),
            keyForCentreBase64 === undefined ? null : Buffer.from(keyForCentreBase64, 'base64'),
          );
        }
      }),
    finish(forks) {
      const done = store.attempt(() => {
        const rejoined: Rejoined[] = [];
        for (const fork of forks) {
          const one = append(fork);
          if (!one.ok) return one;
          rejoined.push(one.value);
        }
        grafting.skipRequests(SKIPPED_REQUESTS);
        clear.run();
        close.run(clock.now());
        for (const one of rejoined) writer.append({ type: 'journal.rejoined', ...one });
        return ok(rejoined);
      });
      if (done.ok || done.error.code !== 'E6204') return done;
      // What came is no good: the next try asks for all of it again.
      const cleared = store.write(() => void clear.run());
      return cleared.ok ? done : cleared;
    },
  };
}

/** Restored and not yet compared with the platform: nothing may be recorded. Inside `store.read`. */
export function waitsForPlatform({ db }: Store): boolean {
  return db.prepare('SELECT 1 FROM restored WHERE rejoined_at IS NULL').get() !== undefined;
}
