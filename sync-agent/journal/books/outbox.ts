import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { WireEntry } from '@kiosk/contract/platform/ingest.ts';
import type { QueueState } from '@kiosk/contract/services/sync-agent.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { heads } from '../chain/heads.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from '../chain/streams.ts';

export interface StreamStanding {
  readonly baseSeq: number;
  readonly headSeq: number;
  readonly acknowledgedSeq: number;
  /** Alarm (E62xx): this stream is not sent any more until a person has looked. */
  readonly stopped: string | null;
}

export interface OutgoingBatch {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly previousHead: string;
  readonly head: string;
  readonly entries: readonly WireEntry[];
}

/** What still has to reach the platform, stream by stream, and what the platform said about it. */
export interface Outbox {
  queue(): Record<StreamName, QueueState>;
  standing(stream: StreamName): StreamStanding;
  /** The link after `seq`; undefined: this journal has no such entry (or has retired it). */
  headAt(stream: StreamName, seq: number): string | undefined;
  /** The next entries after the acknowledged one, at most `entries` of them and about `bytes` of bodies. */
  nextBatch(stream: StreamName, most: { entries: number; bytes: number }): OutgoingBatch | undefined;
  /** The platform has everything up to `seq`. Going back is allowed: a platform restored from a backup gets it again. */
  acknowledge(stream: StreamName, seq: number, quarantined: readonly { seq: number; code: string }[]): void;
  stop(stream: StreamName, code: string): void;
}

interface Row {
  readonly seq: number;
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly link: Buffer;
  readonly key_centre: Buffer | null;
}

/** All of it inside `store.read` or `store.write`. */
export function outbox(store: Store, clock: Clock): Outbox {
  const { db } = store;
  const { last, at } = heads(store);
  const row = db.prepare<[string], Omit<StreamStanding, 'headSeq'>>(
    `SELECT base_seq AS baseSeq, acknowledged_seq AS acknowledgedSeq, stopped_code AS stopped FROM stream WHERE name = ?`,
  );
  const oldest = forEachStream((stream) =>
    db.prepare<[number], number>(`SELECT at FROM ${entryTable(stream)} WHERE seq = ?`).pluck(),
  );
  const refused = db.prepare<[string], number>('SELECT count(*) FROM quarantine WHERE stream = ?').pluck();
  const next = forEachStream((stream) =>
    db.prepare<[number, number], Row>(
      `SELECT seq, salt, body, link, key_centre FROM ${entryTable(stream)} WHERE seq > ? ORDER BY seq LIMIT ?`,
    ),
  );
  const acknowledge = db.prepare('UPDATE stream SET acknowledged_seq = ? WHERE name = ?');
  const stop = db.prepare('UPDATE stream SET stopped_code = ? WHERE name = ?');
  const quarantine = db.prepare(
    'INSERT INTO quarantine (stream, seq, code, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  const standing = (stream: StreamName): StreamStanding => ({ ...row.get(stream)!, headSeq: last(stream).seq });
  const headAt = (stream: StreamName, seq: number) => at(stream, seq)?.link.toString('hex');

  function queueOf(stream: StreamName): QueueState {
    const { headSeq, acknowledgedSeq, stopped } = standing(stream);
    return {
      pending: headSeq - acknowledgedSeq,
      oldestAt: oldest[stream].get(acknowledgedSeq + 1) ?? null,
      quarantined: refused.get(stream)!,
      ...(stopped === null ? {} : { stopped }),
    };
  }

  return {
    queue: () => forEachStream(queueOf),
    standing,
    headAt,
    nextBatch(stream, most) {
      const from = standing(stream).acknowledgedSeq;
      const rows: Row[] = [];
      let bytes = 0;
      for (const row of next[stream].all(from, most.entries)) {
        bytes += row.body.length;
        if (rows.length > 0 && bytes > most.bytes) break;
        rows.push(row);
      }
      const final = rows.at(-1);
      if (!final) return undefined;
      return {
        firstSeq: from + 1,
        lastSeq: final.seq,
        previousHead: headAt(stream, from)!,
        head: final.link.toString('hex'),
        entries: rows.map(wireEntry),
      };
    },
    acknowledge(stream, seq, quarantined) {
      acknowledge.run(seq, stream);
      for (const { seq: refusedSeq, code } of quarantined) quarantine.run(stream, refusedSeq, code, clock.now());
    },
    stop: (stream, code) => void stop.run(code, stream),
  };
}

function wireEntry(row: Row): WireEntry {
  return {
    seq: row.seq,
    saltBase64: row.salt.toString('base64'),
    bodyBase64: row.body.toString('base64'),
    ...(row.key_centre ? { keyForCentreBase64: row.key_centre.toString('base64') } : {}),
  };
}
