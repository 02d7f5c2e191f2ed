import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from './streams.ts';

/** A place in a stream. */
export interface Mark {
  readonly seq: number;
  /** The chain link after `seq`. */
  readonly link: Buffer;
  /** Requests numbered up to here (counts in the business stream only). */
  readonly requests: number;
  /** `link` in hex, where somebody has it already. */
  readonly head?: string;
}

export interface Heads {
  /** Where the stream ends: its last entry, or its base when it has none. */
  last(stream: StreamName): Mark;
  /** An entry was appended; forgotten again when its transaction is undone. */
  moved(stream: StreamName, to: Mark): void;
  /** The place after `seq`; undefined: this journal has no such entry (or has retired it). */
  at(stream: StreamName, seq: number): Mark | undefined;
}

/** Statements are prepared once a store: half of a start would be spent preparing these again for everyone who asks. */
const prepared = new WeakMap<Store, Heads>();

/** Inside `store.read` or `store.write`. */
export function heads(store: Store): Heads {
  const known = prepared.get(store);
  if (known) return known;
  const made = prepare(store);
  prepared.set(store, made);
  return made;
}

function prepare(store: Store): Heads {
  const columns = 'seq, link, requests';
  const last = forEachStream((stream) =>
    store.db.prepare<[], Mark>(`SELECT ${columns} FROM ${entryTable(stream)} ORDER BY seq DESC LIMIT 1`),
  );
  const at = forEachStream((stream) =>
    store.db.prepare<[number], Mark>(`SELECT ${columns} FROM ${entryTable(stream)} WHERE seq = ?`),
  );
  const base = store.db.prepare<[string], Mark>(
    'SELECT base_seq AS seq, base_link AS link, base_requests AS requests FROM stream WHERE name = ?',
  );
  const baseOf = (stream: StreamName): Mark => base.get(stream)!;
  // Ours is the only connection to the file, so that what was appended last need not be read for the next entry.
  const known = new Map<StreamName, Mark>();
  let undone = store.undone;
  function forgetWhatWasUndone(): void {
    if (undone === store.undone) return;
    undone = store.undone;
    known.clear();
  }
  return {
    last(stream) {
      forgetWhatWasUndone();
      return known.get(stream) ?? last[stream].get() ?? baseOf(stream);
    },
    moved(stream, to) {
      forgetWhatWasUndone();
      known.set(stream, to);
    },
    at(stream, seq) {
      const found = at[stream].get(seq);
      if (found) return found;
      const from = baseOf(stream);
      return from.seq === seq ? from : undefined;
    },
  };
}
