import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { IntendedLine, Line } from '@kiosk/contract/platform/day-totals.ts';
import type { DayClose } from '@kiosk/contract/platform/reconciliation.ts';
import type Database from 'better-sqlite3';
import type { PlacedLine, ReconciliationStore, StoredClose } from '../reconciliation-store.ts';
import { differenceCases } from './reconciliation-cases.ts';

interface CloseRow extends Omit<StoredClose, 'close' | 'equal'> {
  readonly content: string;
  readonly equal: number | null;
}

const CLOSE = `SELECT terminal_id terminalId, content, statement, signature, received_at receivedAt, equal FROM day_close`;

export function reconciliationStore(db: Database.Database): ReconciliationStore {
  const close = db.prepare<[string, number], CloseRow>(`${CLOSE} WHERE terminal_id = ? AND number = ?`);
  const closes = db.prepare<[{ terminalId: string | null; limit: number }], CloseRow>(
    `${CLOSE} WHERE @terminalId IS NULL OR terminal_id = @terminalId
     ORDER BY received_at DESC, number DESC LIMIT @limit`,
  );
  const addClose = db.prepare(
    `INSERT INTO day_close (terminal_id, number, day, content, statement, signature, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const compared = db.prepare('UPDATE day_close SET equal = ? WHERE terminal_id = ? AND number = ?');
  const addHeads = db.prepare('INSERT OR REPLACE INTO head_report VALUES (?, ?, ?, ?, ?, ?)');
  const unread = db.prepare<[string, string, string, string, number, number], { seq: number; body: Buffer }>(
    `SELECT seq, body FROM entry_body WHERE terminal_id = ? AND stream = ?
       AND seq > coalesce((SELECT seq FROM ledger_cursor WHERE terminal_id = ? AND stream = ?), 0) AND seq <= ?
     ORDER BY seq LIMIT ?`,
  );
  const addLine = db.prepare('INSERT OR IGNORE INTO ledger_line VALUES (?, ?, ?, ?, ?, ?)');
  const setCursor = db.prepare(
    `INSERT INTO ledger_cursor VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)`,
  );
  const lines = db
    .prepare<[string, string, number, number], string>(
      `SELECT content FROM ledger_line WHERE terminal_id = ? AND stream = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
    )
    .pluck();
  // Named, because SQLite would rather walk all lines of the terminal: 9 ms an operation in a month's 50,000, for 0.1 ms.
  const earlier = db
    .prepare<[string, string, string, number], string>(
      `SELECT content FROM ledger_line INDEXED BY ledger_line_operation
       WHERE terminal_id = ? AND operation_id = ? AND kind = ? AND seq < ? ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  const requests = db
    .prepare<[{ terminalId: string; from: number; to: number }], number>(
      `SELECT (SELECT count(*) FROM request WHERE terminal_id = @terminalId AND seq BETWEEN @from AND @to) +
         (SELECT count(*) FROM quarantine JOIN ledger_line USING (terminal_id, stream, seq)
          WHERE terminal_id = @terminalId AND stream = 'business' AND seq BETWEEN @from AND @to AND kind = 'request')`,
    )
    .pluck();
  const broken = db
    .prepare<[string, string], number>('SELECT seq FROM broken_chain WHERE terminal_id = ? AND stream = ?')
    .pluck();
  const setBroken = db.prepare('INSERT OR REPLACE INTO broken_chain VALUES (?, ?, ?)');
  const unbroken = db.prepare('DELETE FROM broken_chain WHERE terminal_id = ? AND stream = ?');

  const storedClose = ({ content, equal, ...row }: CloseRow): StoredClose => ({
    ...row,
    close: JSON.parse(content) as DayClose,
    equal: equal === null ? null : equal === 1,
  });
  const addLines = db.transaction(
    (terminalId: string, stream: StreamName, placed: readonly PlacedLine[], upTo: number) => {
      for (const { seq, line } of placed) {
        const operationId = 'operationId' in line ? line.operationId : null;
        addLine.run(terminalId, stream, seq, line.kind, operationId, JSON.stringify(line));
      }
      setCursor.run(terminalId, stream, upTo);
    },
  );
  const found = (terminalId: string, operationIds: readonly string[], kind: string, seq: number): readonly Line[] =>
    operationIds.flatMap((operationId) => {
      const content = earlier.get(terminalId, operationId, kind, seq);
      return content === undefined ? [] : [JSON.parse(content) as Line];
    });

  return {
    ...differenceCases(db),
    async close(terminalId, number) {
      const row = close.get(terminalId, number);
      return row && storedClose(row);
    },
    addClose: async ({ terminalId, close: { number, day }, close, statement, signature, receivedAt }) =>
      addClose.run(terminalId, number, day, JSON.stringify(close), statement, signature, receivedAt).changes === 1,
    async compared(terminalId, number, equal) {
      compared.run(Number(equal), terminalId, number);
    },
    closes: async (terminalId, limit) => closes.all({ terminalId: terminalId ?? null, limit }).map(storedClose),
    async addHeads({ terminalId, day, at, heads, signature, equal }) {
      addHeads.run(terminalId, day, at, JSON.stringify(heads), signature, Number(equal));
    },
    unread: async (terminalId, stream, upTo, limit) => unread.all(terminalId, stream, terminalId, stream, upTo, limit),
    async addLines(terminalId, stream, placed, upTo) {
      addLines.immediate(terminalId, stream, placed, upTo);
    },
    lines: async (terminalId, stream, from, to) =>
      lines.all(terminalId, stream, from, to).map((content) => JSON.parse(content) as Line),
    intendedBefore: async (terminalId, operationIds, seq) =>
      found(terminalId, operationIds, 'intended', seq).filter((line): line is IntendedLine => line.kind === 'intended'),
    capturedBefore: async (terminalId, operationIds, seq) =>
      new Set(
        found(terminalId, operationIds, 'captured', seq).flatMap((line) =>
          line.kind === 'captured' ? [line.operationId] : [],
        ),
      ),
    requests: async (terminalId, from, to) => requests.get({ terminalId, from, to })!,
    brokenAt: async (terminalId, stream) => broken.get(terminalId, stream),
    async setBroken(terminalId, stream, seq) {
      if (seq === undefined) unbroken.run(terminalId, stream);
      else setBroken.run(terminalId, stream, seq);
    },
  };
}
