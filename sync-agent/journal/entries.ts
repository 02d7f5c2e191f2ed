import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { type EntryBody, type EntryData, type StreamName, streamOf } from '@kiosk/contract/journal/entry.ts';
import { randomBytes } from '@kiosk/contract/journal/random.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { heads } from './heads.ts';
import { entryTable } from './schema.ts';
import type { WrappedKeys } from './seal.ts';
import type { Store } from './store.ts';
import { forEachStream } from './streams.ts';

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
  /** The number the next request gets; `append` of a request uses it up. Inside the same `store.write`. */
  nextRequest(): number;
}

const SALT_BYTES = 16;

export function entryWriter(store: Store, terminalId: string, clock: Clock): EntryWriter {
  const { suite } = store;
  const places = heads(store);
  const columns = 'seq, at, requests, salt, link, body';
  const insert = forEachStream((stream) =>
    store.db.prepare(`INSERT INTO ${entryTable(stream)} (${columns}) VALUES (?, ?, ?, ?, ?, ?)`),
  );
  const insertSealed = forEachStream((stream) =>
    store.db.prepare(
      `INSERT INTO ${entryTable(stream)} (${columns}, key_terminal, key_centre) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  );
  return {
    append(data, keys) {
      const stream = streamOf(data.type);
      const before = places.last(stream);
      const seq = before.seq + 1;
      const at = clock.now();
      const requests = before.requests + (data.type === 'request.submitted' ? 1 : 0);
      const salt = randomBytes(SALT_BYTES);
      const body = Buffer.from(JSON.stringify({ v: 1, at, data } satisfies EntryBody), 'utf8');
      const digest = entryDigest(suite, salt, body);
      const head = nextLink(suite, before.head ?? before.link.toString('hex'), terminalId, stream, seq, digest);
      const link = Buffer.from(head, 'hex');
      if (keys) insertSealed[stream].run(seq, at, requests, salt, link, body, keys.forTerminal, keys.forCentre);
      else insert[stream].run(seq, at, requests, salt, link, body);
      places.moved(stream, { seq, link, requests, head });
      return { stream, seq, head };
    },
    nextRequest: () => places.last('business').requests + 1,
  };
}
