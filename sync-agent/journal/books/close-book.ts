import { EntryBody, StreamName } from '@kiosk/contract/journal/entry.ts';
import { type IntendedLine, type Line, lineOf } from '@kiosk/contract/platform/day-totals.ts';
import type { Comparison, DayClose, Difference, HeadAt } from '@kiosk/contract/platform/reconciliation.ts';
import type { EntryWriter } from '../chain/entries.ts';
import { heads } from '../chain/heads.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { forEachStream } from '../chain/streams.ts';

export interface KeptClose {
  readonly close: DayClose;
  readonly answeredAt: number | null;
  readonly answer: Pick<Comparison, 'equal' | 'differences'> | null;
}

export interface LastHeads {
  readonly at: number;
  readonly heads: HeadAt[];
  readonly equal: boolean;
}

/**
 * Closes of business days beside the journal that says so: both change in one transaction or not at all. All of it inside
 * `store.read` or `store.write`.
 */
export interface CloseBook {
  /** The day that runs; undefined: none was ever begun. */
  openDay(): string | undefined;
  begin(day: string): void;
  last(): DayClose | undefined;
  /** Newest first. */
  recent(limit: number): readonly KeptClose[];
  /** Not compared yet, oldest first. */
  waiting(): readonly DayClose[];
  /** False: another one was closed meanwhile. */
  add(close: DayClose, captures: readonly string[]): boolean;
  compared(close: DayClose, at: number, answer: Comparison): void;
  lastHeads(): LastHeads | undefined;
  headsCompared(at: number, heads: readonly HeadAt[], answer: Comparison): void;
  parted(found: {
    readonly stream: StreamName;
    readonly firstSeq: number;
    readonly own: string;
    readonly platform: string | null;
    readonly probes: number;
  }): void;
  openCases(): readonly Difference[];
  noteOpenCases(cases: readonly Difference[]): void;

  /** Where every stream ends now. */
  ends(): readonly HeadAt[];
  /** The first entry that is still here. */
  firstKept(stream: StreamName): number;
  /** What entries of a stretch add to a day, at most `limit` entries of it, and where to go on. */
  lines(
    stream: StreamName,
    from: number,
    to: number,
    limit: number,
  ): { readonly lines: readonly Line[]; readonly next: number };
  /** The intent of an operation, if it stands before `seq`. */
  intendedBefore(operationId: string, seq: number): IntendedLine | undefined;
  openIntents(): readonly IntendedLine[];
  /** Captures that earlier closes have counted. */
  capturesCounted(): ReadonlySet<string>;
}

interface CloseRow {
  readonly content: string;
  readonly answeredAt: number | null;
  readonly answer: string | null;
}

const CLOSE = 'SELECT content, answered_at AS answeredAt, answer FROM day_close';

export function closeBook(store: Store, writer: EntryWriter): CloseBook {
  const { db } = store;
  const places = heads(store);
  const openDay = db.prepare<[], string>('SELECT open_day FROM reconciliation').pluck();
  const begin = db.prepare(
    'INSERT INTO reconciliation (id, open_day) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET open_day = excluded.open_day',
  );
  const recent = db.prepare<[number], CloseRow>(`${CLOSE} ORDER BY number DESC LIMIT ?`);
  const waiting = db.prepare<[], CloseRow>(`${CLOSE} WHERE answer IS NULL ORDER BY number`);
  const add = db.prepare('INSERT INTO day_close (number, day, content, captures) VALUES (?, ?, ?, ?)');
  const compared = db.prepare('UPDATE day_close SET answered_at = ?, answer = ? WHERE number = ?');
  const lastHeads = db.prepare<[], { at: number; heads: string; equal: number }>(
    'SELECT heads_at AS at, heads, heads_equal AS equal FROM reconciliation WHERE heads_at IS NOT NULL',
  );
  const noteHeads = db.prepare('UPDATE reconciliation SET heads_at = ?, heads = ?, heads_equal = ?');
  const cases = db.prepare<[], string>('SELECT open_cases FROM reconciliation').pluck();
  const noteCases = db.prepare('UPDATE reconciliation SET open_cases = ?');
  const base = db.prepare<[string], number>('SELECT base_seq FROM stream WHERE name = ?').pluck();
  const stretch = forEachStream((stream) =>
    db.prepare<[number, number, number], { seq: number; body: Buffer }>(
      `SELECT seq, body FROM ${entryTable(stream)} WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?`,
    ),
  );
  const intentAt = db
    .prepare<[string, number], Buffer>(
      `SELECT body FROM ${entryTable('business')} JOIN intent ON intended_seq = seq WHERE operation_id = ? AND seq < ?`,
    )
    .pluck();
  const openIntents = db
    .prepare<[], Buffer>(
      `SELECT body FROM ${entryTable('business')} JOIN intent ON intended_seq = seq WHERE outcome IS NULL ORDER BY seq`,
    )
    .pluck();
  const captures = db.prepare<[], string>(`SELECT captures FROM day_close WHERE captures <> '[]'`).pluck();

  const kept = ({ content, answeredAt, answer }: CloseRow): KeptClose => ({
    close: JSON.parse(content) as DayClose,
    answeredAt,
    answer: answer === null ? null : (JSON.parse(answer) as KeptClose['answer']),
  });
  const noteOpenCases = (open: readonly Difference[]) => void noteCases.run(JSON.stringify(open));
  const last = () => recent.all(1).map((row) => kept(row).close)[0];

  return {
    openDay: () => openDay.get(),
    begin: (day) => void begin.run(day),
    last,
    recent: (limit) => recent.all(limit).map(kept),
    waiting: () => waiting.all().map((row) => kept(row).close),
    add(close, counted) {
      if (close.number !== (last()?.number ?? 0) + 1) return false;
      add.run(close.number, close.day, JSON.stringify(close), JSON.stringify(counted));
      writer.append({ type: 'day.closed', close });
      return true;
    },
    compared({ number }, at, { equal, differences, open }) {
      compared.run(at, JSON.stringify({ equal, differences }), number);
      noteOpenCases(open);
      const differs = differences.map(({ kind, subject, caseId }) => ({ kind, subject, caseId }));
      writer.append({ type: 'day.compared', number, equal, differs });
    },
    lastHeads() {
      const row = lastHeads.get();
      return row && { at: row.at, heads: JSON.parse(row.heads) as HeadAt[], equal: row.equal === 1 };
    },
    headsCompared(at, reported, { equal, open }) {
      noteHeads.run(at, JSON.stringify(reported), Number(equal));
      noteOpenCases(open);
      writer.append({ type: 'heads.reported', heads: [...reported], equal });
    },
    parted: (found) => void writer.append({ type: 'heads.parted', ...found }),
    openCases: () => JSON.parse(cases.get() ?? '[]') as Difference[],
    noteOpenCases,
    ends: () =>
      StreamName.options.map((stream) => {
        const { seq, link } = places.last(stream);
        return { stream, seq, head: link.toString('hex') };
      }),
    firstKept: (stream) => base.get(stream)! + 1,
    lines(stream, from, to, limit) {
      const rows = stretch[stream].all(from, to, limit);
      const end = rows.at(-1)?.seq;
      return {
        lines: rows.flatMap(({ body }) => understood(body) ?? []),
        next: end === undefined || rows.length < limit ? to + 1 : end + 1,
      };
    },
    intendedBefore(operationId, seq) {
      const body = intentAt.get(operationId, seq);
      return body && intended(body);
    },
    openIntents: () => openIntents.all().flatMap((body) => intended(body) ?? []),
    capturesCounted: () => new Set(captures.all().flatMap((text) => JSON.parse(text) as string[])),
  };
}

/** A body of a later release may say what this one does not know: it adds nothing here. */
function understood(body: Buffer): Line | undefined {
  const parsed = EntryBody.safeParse(JSON.parse(body.toString('utf8')));
  return parsed.success ? lineOf(parsed.data.data) : undefined;
}

function intended(body: Buffer): IntendedLine | undefined {
  const line = understood(body);
  return line?.kind === 'intended' ? line : undefined;
}
