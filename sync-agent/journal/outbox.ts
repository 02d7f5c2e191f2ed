import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { WireEntry } from '@kiosk/contract/platform/ingest.ts';
import type { QueueState } from '@kiosk/contract/services/sync-agent.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Store } from './store.ts';

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
  readonly link: string;
  readonly for_centre: Buffer | null;
}

/** All of it inside `store.read` or `store.write`. */
export function outbox(store: Store, clock: Clock): Outbox {
  const { db } = store;
  const standing = db.prepare<[string], StreamStanding>(
    `SELECT base_seq AS baseSeq, head_seq AS headSeq, acknowledged_seq AS acknowledgedSeq, stopped_code AS stopped
     FROM stream WHERE name = ?`,
  );
  const at = db.prepare<[string, number], number>('SELECT at FROM entry WHERE stream = ? AND seq = ?').pluck();
  const refused = db.prepare<[string], number>('SELECT count(*) FROM quarantine WHERE stream = ?').pluck();
  const link = db.prepare<[string, number], string>('SELECT link FROM entry WHERE stream = ? AND seq = ?').pluck();
  const base = db
    .prepare<[string, number], string>('SELECT base_head FROM stream WHERE name = ? AND base_seq = ?')
    .pluck();
  const next = db.prepare<[string, number, number], Row>(
    `SELECT entry.seq, salt, body, link, for_centre FROM entry
     LEFT JOIN data_key ON data_key.stream = entry.stream AND data_key.seq = entry.seq
     WHERE entry.stream = ? AND entry.seq > ? ORDER BY entry.seq LIMIT ?`,
  );
  const acknowledge = db.prepare('UPDATE stream SET acknowledged_seq = ? WHERE name = ?');
  const stop = db.prepare('UPDATE stream SET stopped_code = ? WHERE name = ?');
  const quarantine = db.prepare(
    'INSERT INTO quarantine (stream, seq, code, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  function queueOf(stream: StreamName): QueueState {
    const { headSeq, acknowledgedSeq, stopped } = standing.get(stream)!;
    return {
      pending: headSeq - acknowledgedSeq,
      oldestAt: at.get(stream, acknowledgedSeq + 1) ?? null,
      quarantined: refused.get(stream)!,
      ...(stopped === null ? {} : { stopped }),
    };
  }

  return {
    queue: () => ({
      business: queueOf('business'),
      audit: queueOf('audit'),
      telemetry: queueOf('telemetry'),
    }),
    standing: (stream) => standing.get(stream)!,
    headAt: (stream, seq) => link.get(stream, seq) ?? base.get(stream, seq),
    nextBatch(stream, most) {
      const from = standing.get(stream)!.acknowledgedSeq;
      const rows: Row[] = [];
      let bytes = 0;
      for (const row of next.all(stream, from, most.entries)) {
        bytes += row.body.length;
        if (rows.length > 0 && bytes > most.bytes) break;
        rows.push(row);
      }
      const last = rows.at(-1);
      if (!last) return undefined;
      return {
        firstSeq: from + 1,
        lastSeq: last.seq,
        previousHead: (link.get(stream, from) ?? base.get(stream, from))!,
        head: last.link,
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
    ...(row.for_centre ? { keyForCentreBase64: row.for_centre.toString('base64') } : {}),
  };
}
