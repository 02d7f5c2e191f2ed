import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Store } from './store.ts';

export interface StreamVerdict {
  readonly stream: StreamName;
  readonly entries: number;
  readonly head: string;
  /** First sequence that does not verify; null: all do. */
  readonly brokenAt: number | null;
}

interface Row {
  readonly seq: number;
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly link: string;
}

/** Entries read at a time: about 5 ms of work, so that a walk in steps never holds up an interactive call. */
const STEP = 1_000;

/**
 * Walks a stream's chain from its base to the head it has now. Yields between steps, so that the caller decides whether
 * others get a turn; needs no key.
 */
export function* walkChain(store: Store, terminalId: string, stream: StreamName): Generator<void, StreamVerdict> {
  const row = store.db
    .prepare<[string], { base_seq: number; base_head: string; head_seq: number; head: string }>(
      'SELECT base_seq, base_head, head_seq, head FROM stream WHERE name = ?',
    )
    .get(stream);
  if (!row) return { stream, entries: 0, head: '', brokenAt: 1 };
  const page = store.db.prepare<[string, number, number, number], Row>(
    'SELECT seq, salt, body, link FROM entry WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  );
  const verdict = (brokenAt: number | null) => ({
    stream,
    entries: row.head_seq - row.base_seq,
    head: row.head,
    brokenAt,
  });

  let { base_seq: seq, base_head: head } = row;
  while (seq < row.head_seq) {
    const entries = page.all(stream, seq, row.head_seq, STEP);
    if (entries.length === 0) return verdict(seq + 1);
    for (const entry of entries) {
      const expected = nextLink(head, terminalId, stream, seq + 1, entryDigest(entry.salt, entry.body));
      if (entry.seq !== seq + 1 || entry.link !== expected) return verdict(seq + 1);
      seq = entry.seq;
      head = entry.link;
    }
    yield;
  }
  return verdict(head === row.head ? null : row.head_seq + 1);
}

/** Walks all streams in one go (at start, before anybody waits). An entry beyond a stream's head is broken as well. */
export function verifyAll(store: Store, terminalId: string): readonly StreamVerdict[] {
  return StreamName.options.map((stream) => {
    const verdict = finish(walkChain(store, terminalId, stream));
    if (verdict.brokenAt !== null) return verdict;
    const beyond = store.db
      .prepare<[string, string], number | null>(
        'SELECT min(seq) FROM entry WHERE stream = ? AND seq > (SELECT head_seq FROM stream WHERE name = ?)',
      )
      .pluck()
      .get(stream, stream);
    return { ...verdict, brokenAt: beyond ?? null };
  });
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
