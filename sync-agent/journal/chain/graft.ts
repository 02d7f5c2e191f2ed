import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { heads } from './heads.ts';
import { bodyOf, replay } from '../books/replay.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from './streams.ts';

/** An entry's stored bytes wherever they come from; where they stand in a chain is not in them. */
export interface ExactEntry {
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly keyTerminal: Buffer | null;
  readonly keyCentre: Buffer | null;
}

export interface Rejoined {
  readonly stream: StreamName;
  /** Both histories are the same up to here. */
  readonly forkedAt: number;
  /** Entries that came back from the platform. */
  readonly pulled: number;
  /** Entries of our own that follow them now, byte for byte, under new sequence numbers. */
  readonly moved: number;
}

/** Puts stored bytes into streams as they are. All of it inside `store.write`. */
export interface Graft {
  /** Appends at the end; the link follows from the bytes. */
  append(stream: StreamName, entry: ExactEntry): void;
  /** The entries after `seq`, in order. */
  entriesAfter(stream: StreamName, seq: number): readonly ExactEntry[];
  /** Takes the entries after `seq` out of the stream, in order, for `append` to put them elsewhere. */
  takeAfter(stream: StreamName, seq: number): readonly ExactEntry[];
  /** Raises the request counter: numbers given out on a disk that is gone must never be given to somebody else. */
  skipRequests(count: number): void;
}

export function graft(store: Store, terminalId: string): Graft {
  const { db } = store;
  const places = heads(store);
  const tables = replay(store);
  const insert = forEachStream((stream) =>
    db.prepare(
      `INSERT INTO ${entryTable(stream)} (seq, at, requests, salt, link, key_terminal, key_centre, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  );
  const after = forEachStream((stream) =>
    db.prepare<[number], ExactEntry>(
      `SELECT salt, body, key_terminal AS keyTerminal, key_centre AS keyCentre
       FROM ${entryTable(stream)} WHERE seq > ? ORDER BY seq`,
    ),
  );
  const cut = forEachStream((stream) => db.prepare(`DELETE FROM ${entryTable(stream)} WHERE seq > ?`));
  const marks = ['signed_head', 'quarantine', 'acknowledged_mark'].map((table) =>
    db.prepare<[string, number]>(`DELETE FROM ${table} WHERE stream = ? AND seq > ?`),
  );
  const raise = [
    db.prepare<[number]>(
      `UPDATE entry_business SET requests = requests + ?
       WHERE seq >= (SELECT acknowledged_seq FROM stream WHERE name = 'business')`,
    ),
    // The place that the waiting ones are counted from, where that is the base.
    db.prepare<[number]>(
      `UPDATE stream SET base_requests = base_requests + ? WHERE name = 'business' AND base_seq >= acknowledged_seq`,
    ),
  ];

  return {
    append(stream, { salt, body, keyTerminal, keyCentre }) {
      const before = places.last(stream);
      const seq = before.seq + 1;
      const numbered = tables.apply(seq, body);
      const requests = Math.max(before.requests, numbered ?? 0);
      const digest = entryDigest(store.suite, salt, body);
      const link = Buffer.from(
        nextLink(store.suite, before.link.toString('hex'), terminalId, stream, seq, digest),
        'hex',
      );
      insert[stream].run(seq, bodyOf(body)?.at ?? 0, requests, salt, link, keyTerminal, keyCentre, body);
      places.moved(stream, { seq, link, requests });
    },
    entriesAfter: (stream, seq) => after[stream].all(seq),
    takeAfter(stream, seq) {
      const taken = after[stream].all(seq);
      if (stream === 'business') tables.undoAfter(seq);
      for (const mark of marks) mark.run(stream, seq);
      const end = places.at(stream, seq)!;
      cut[stream].run(seq);
      places.moved(stream, end);
      return taken;
    },
    skipRequests(count) {
      for (const statement of raise) statement.run(count);
      const { seq } = places.last('business');
      places.moved('business', places.at('business', seq)!);
    },
  };
}
