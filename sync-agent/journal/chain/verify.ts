import { entryDigest, nextLink } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { heads } from './heads.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';

export interface StreamVerdict {
  readonly stream: StreamName;
  readonly entries: number;
  /** The link after the last entry, hex. */
  readonly head: string;
  /** First sequence that does not verify; null: all do. */
  readonly brokenAt: number | null;
}

interface Row {
  readonly seq: number;
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly link: Buffer;
}

/** Entries read at a time: about 5 ms of work, so that a walk in steps never holds up an interactive call. */
const STEP = 1_000;

/**
 * Walks a stream's chain from its base to the end it has now, then looks whether it is the whole stream: marks elsewhere
 * in the file (acknowledgements, requests, intents, signed heads) must lie within it. Yields between steps, so that the
 * caller decides whether others get a turn; needs no key.
 */
export function* walkChain(store: Store, terminalId: string, stream: StreamName): Generator<void, StreamVerdict> {
  const { db, suite } = store;
  const end = heads(store).last(stream);
  const base = db
    .prepare<[string], { seq: number; link: Buffer }>(
      'SELECT base_seq AS seq, base_link AS link FROM stream WHERE name = ?',
    )
    .get(stream)!;
  const page = db.prepare<[number, number, number], Row>(
    `SELECT seq, salt, body, link FROM ${entryTable(stream)} WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
  );
  const verdict = (brokenAt: number | null): StreamVerdict => ({
    stream,
    entries: end.seq - base.seq,
    head: end.link.toString('hex'),
    brokenAt,
  });

  // What retention moved the base past must be gone: it is outside the chain.
  let seq = base.seq;
  let head = base.link.toString('hex');
  if (db.prepare(`SELECT 1 FROM ${entryTable(stream)} WHERE seq <= ?`).get(seq) !== undefined) return verdict(seq);
  while (seq < end.seq) {
    const entries = page.all(seq, end.seq, STEP);
    if (entries.length === 0) return verdict(seq + 1);
    for (const entry of entries) {
      head = nextLink(suite, head, terminalId, stream, seq + 1, entryDigest(suite, entry.salt, entry.body));
      if (entry.seq !== seq + 1 || entry.link.toString('hex') !== head) return verdict(seq + 1);
      seq = entry.seq;
    }
    yield;
  }
  return verdict(firstUnexplainedMark(store, stream, end.seq));
}

/** Walks all streams in one go (at start, before anybody waits). */
export function verifyAll(store: Store, terminalId: string): readonly StreamVerdict[] {
  return StreamName.options.map((stream) => finish(walkChain(store, terminalId, stream)));
}

/**
 * A chain that was cut off at its end still verifies. What else the file knows of the stream gives the cut away: nothing
 * is acknowledged, requested, intended or signed that was not appended in the same transaction or before.
 */
function firstUnexplainedMark(store: Store, stream: StreamName, end: number): number | null {
  const most = (sql: string): number => store.db.prepare<[], number | null>(sql).pluck().get() ?? 0;
  const marks = [
    most(`SELECT acknowledged_seq FROM stream WHERE name = '${stream}'`),
    most(`SELECT max(seq) FROM signed_head WHERE stream = '${stream}'`),
    ...(stream === 'business'
      ? [
          most('SELECT max(seq) FROM request'),
          most('SELECT max(max(intended_seq), ifnull(max(settled_seq), 0)) FROM intent'),
        ]
      : []),
  ];
  if (marks.some((mark) => mark > end)) return end + 1;
  return (
    store.db
      .prepare<[string], number>(
        `SELECT signed_head.seq FROM signed_head JOIN ${entryTable(stream)} AS entry ON entry.seq = signed_head.seq
       WHERE stream = ? AND signed_head.link <> entry.link LIMIT 1`,
      )
      .pluck()
      .get(stream) ?? null
  );
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
