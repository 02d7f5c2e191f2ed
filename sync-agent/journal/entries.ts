import { randomBytes } from 'node:crypto';
import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { type EntryBody, type EntryData, type StreamName, streamOf } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { WrappedKeys } from './seal.ts';
import type { Store } from './store.ts';

/** Where an entry stands. */
export interface Placed {
  readonly stream: StreamName;
  readonly seq: number;
  /** The chain link after this entry, hex. */
  readonly head: string;
}

export interface EntryWriter {
  /** Appends to the entry's stream. Call it inside `store.write` only: an entry is durable when that answers. */
  append(data: EntryData, keys?: WrappedKeys): Placed;
}

export function entryWriter(store: Store, terminalId: string, clock: Clock): EntryWriter {
  const standing = store.db.prepare<[string], { head_seq: number; head: string }>(
    'SELECT head_seq, head FROM stream WHERE name = ?',
  );
  const insert = store.db.prepare('INSERT INTO entry (stream, seq, at, salt, body, link) VALUES (?, ?, ?, ?, ?, ?)');
  const advance = store.db.prepare('UPDATE stream SET head_seq = ?, head = ? WHERE name = ?');
  const keep = store.db.prepare('INSERT INTO data_key (stream, seq, for_terminal, for_centre) VALUES (?, ?, ?, ?)');
  return {
    append(data, keys) {
      const stream = streamOf(data.type);
      const last = standing.get(stream)!;
      const seq = last.head_seq + 1;
      const at = clock.now();
      const salt = randomBytes(16);
      const body = Buffer.from(JSON.stringify({ v: 1, at, data } satisfies EntryBody), 'utf8');
      const head = nextLink(last.head, terminalId, stream, seq, entryDigest(salt, body));
      insert.run(stream, seq, at, salt, body, head);
      if (keys) keep.run(stream, seq, keys.forTerminal, keys.forCentre);
      advance.run(seq, head, stream);
      return { stream, seq, head };
    },
  };
}
