import type Database from 'better-sqlite3';
import type { DifferenceCase, ReconciliationStore, Seen } from '../reconciliation-store.ts';

const COLUMNS = `case_id caseId, terminal_id terminalId, kind, subject, number, day, seq, first_seq firstSeq,
  terminal_value terminalValue, platform_value platformValue, state, owner, opened_at openedAt,
  last_seen_at lastSeenAt, reports`;

/** Cases of differences: opened once, counted when they are reported again, never closed from here. */
export function differenceCases(db: Database.Database): Pick<ReconciliationStore, 'see' | 'locate' | 'cases'> {
  const get = db.prepare<[string], DifferenceCase>(`SELECT ${COLUMNS} FROM difference_case WHERE case_id = ?`);
  const add = db.prepare(
    `INSERT INTO difference_case
       (case_id, terminal_id, kind, subject, number, day, seq, first_seq, terminal_value, platform_value, opened_at,
        last_seen_at)
     VALUES (@newId, @terminalId, @kind, @subject, @number, @day, @seq, @firstSeq, @terminalValue, @platformValue, @at,
        @at)`,
  );
  // A difference of heads goes on behind its place: whatever is seen of a stream later is the same one until another
  // place is found. Totals and counters belong to their close.
  const latest = db.prepare<[string, string, string, number | null], DifferenceCase>(
    `SELECT ${COLUMNS} FROM difference_case WHERE terminal_id = ? AND kind = ? AND subject = ? AND number IS ?
     ORDER BY rowid DESC LIMIT 1`,
  );
  const latestHeads = db.prepare<[string, string], DifferenceCase>(
    `SELECT ${COLUMNS} FROM difference_case WHERE terminal_id = ? AND kind = 'heads' AND subject = ?
     ORDER BY rowid DESC LIMIT 1`,
  );
  const atPlace = db.prepare<[string, string, number], DifferenceCase>(
    `SELECT ${COLUMNS} FROM difference_case
     WHERE terminal_id = ? AND kind = 'heads' AND subject = ? AND (first_seq = ? OR first_seq IS NULL)
     ORDER BY first_seq IS NULL, rowid DESC LIMIT 1`,
  );
  const again = db.prepare('UPDATE difference_case SET last_seen_at = ?, reports = reports + 1 WHERE case_id = ?');
  const place = db.prepare(
    `UPDATE difference_case SET first_seq = ?, terminal_value = ?, platform_value = ?, last_seen_at = ?
     WHERE case_id = ?`,
  );
  const all = db.prepare<[{ terminalId: string | null; limit: number }], DifferenceCase>(
    `SELECT ${COLUMNS} FROM difference_case WHERE @terminalId IS NULL OR terminal_id = @terminalId
     ORDER BY opened_at DESC, rowid DESC LIMIT @limit`,
  );

  const see = db.transaction((seen: Seen): DifferenceCase => {
    const { terminalId, kind, subject, number } = seen;
    const known =
      kind === 'heads' ? latestHeads.get(terminalId, subject) : latest.get(terminalId, kind, subject, number);
    if (known) again.run(seen.at, known.caseId);
    else add.run({ ...seen, firstSeq: null });
    return get.get(known?.caseId ?? seen.newId)!;
  });
  const locate = db.transaction((seen: Seen & { firstSeq: number }): DifferenceCase => {
    const known = atPlace.get(seen.terminalId, seen.subject, seen.firstSeq);
    if (!known) add.run(seen);
    else if (known.firstSeq === null) {
      place.run(seen.firstSeq, seen.terminalValue, seen.platformValue, seen.at, known.caseId);
    }
    return get.get(known?.caseId ?? seen.newId)!;
  });

  return {
    see: async (seen) => see.immediate(seen),
    locate: async (seen) => locate.immediate(seen),
    cases: async (terminalId, limit) => all.all({ terminalId: terminalId ?? null, limit }),
  };
}
