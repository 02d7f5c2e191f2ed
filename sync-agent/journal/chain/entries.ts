import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { type EntryBody, type EntryData, type StreamName, streamOf } from '@kiosk/contract/journal/entry.ts';
import { randomSalt } from '@kiosk/contract/journal/random.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { heads } from './heads.ts';
import { entryRows } from './rows.ts';
import type { WrappedKeys } from './seal.ts';
import type { Store } from '../file/store.ts';

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
  /** What `work` appends reaches the tables in few statements, the last of it before this returns. */
  together<T>(work: () => T): T;
  /** Within `together`: what was appended so far is in the tables, for whoever looks there. */
  flush(): void;
}

export function entryWriter(store: Store, terminalId: string, clock: Clock): EntryWriter {
  const { suite } = store;
  const places = heads(store);
  const rows = entryRows(store);
  return {
    append(data, keys) {
      const stream = streamOf(data.type);
      const before = places.last(stream);
      const seq = before.seq + 1;
      const at = clock.now();
      const requests = before.requests + (data.type === 'request.submitted' ? 1 : 0);
      const salt = randomSalt();
      const body = Buffer.from(JSON.stringify({ v: 1, at, data } satisfies EntryBody), 'utf8');
      const digest = entryDigest(suite, salt, body);
      const head = nextLink(suite, before.head ?? before.link.toString('hex'), terminalId, stream, seq, digest);
      const link = Buffer.from(head, 'hex');
      rows.insert(stream, { seq, at, requests, salt, link, body, keys });
      places.moved(stream, { seq, link, requests, head });
      return { stream, seq, head };
    },
    nextRequest: () => places.last('business').requests + 1,
    together: rows.together,
    flush: rows.flush,
  };
}
