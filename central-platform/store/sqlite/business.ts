import type Database from 'better-sqlite3';
import type { BusinessStore, Effect, Projected, ReceivedRequest, StoredEntry } from '../store.ts';

type RequestRow = Omit<ReceivedRequest, 'offline'> & { offline: number };

export function businessStore(db: Database.Database): BusinessStore {
  const moveCursor = db.prepare(`UPDATE projection_cursor SET entry_id = max(entry_id, ?) WHERE name = 'business'`);
  const operationOf = db.prepare<[string], { terminalId: string; operationId: string }>(
    'SELECT terminal_id terminalId, operation_id operationId FROM request WHERE request_number = ?',
  );
  const addRequest = db.prepare('INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const requests = db.prepare<[], RequestRow>(
    `SELECT request_number requestNumber, terminal_id terminalId, seq, operation_id operationId, item, topic_id topicId,
       level, offline, submitted_at submittedAt, received_at receivedAt, content
     FROM request ORDER BY received_at DESC, seq DESC LIMIT 500`,
  );
  const addRating = db.prepare('INSERT OR IGNORE INTO rating VALUES (?, ?, ?, ?, ?, ?)');
  const ratings = db.prepare<[], { score: string; count: number }>(
    'SELECT score, count(*) count FROM rating GROUP BY score',
  );
  const intend = db.prepare(
    `INSERT INTO print_operation VALUES (@terminalId, @operationId, @documentNumber, NULL, NULL, NULL)
     ON CONFLICT (terminal_id, operation_id) DO UPDATE SET document_number = excluded.document_number`,
  );
  const settle = db.prepare(
    `INSERT INTO print_operation VALUES (@terminalId, @operationId, NULL, @outcome, @code, @printed)
     ON CONFLICT (terminal_id, operation_id) DO UPDATE SET
       outcome = excluded.outcome, code = excluded.code, printed = excluded.printed`,
  );
  const quarantine = db.prepare('INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)');

  const applyOne = (entry: StoredEntry, effect: Effect, at: number): void => {
    const setAside = (code: string, reason: string) =>
      quarantine.run(entry.terminalId, entry.stream, entry.seq, code, reason, at);
    switch (effect.kind) {
      case 'request': {
        const { request } = effect;
        const known = operationOf.get(request.requestNumber);
        if (!known) {
          addRequest.run(
            request.requestNumber,
            request.terminalId,
            request.seq,
            request.operationId,
            request.item,
            request.topicId,
            request.level,
            Number(request.offline),
            request.submittedAt,
            request.receivedAt,
            request.content,
          );
        } else if (known.operationId !== request.operationId || known.terminalId !== request.terminalId) {
          setAside('E6301', 'request number already stands for another operation');
        }
        break;
      }
      case 'rating':
        addRating.run(entry.terminalId, entry.seq, effect.sessionId, effect.score, effect.reason, effect.at);
        break;
      case 'printIntended':
        intend.run(effect.operation);
        break;
      case 'printSettled':
        settle.run(effect.operation);
        break;
      case 'quarantine':
        setAside(effect.code, effect.reason);
        break;
      case 'none':
        break;
    }
    moveCursor.run(entry.id);
  };
  const apply = db.transaction((projected: readonly Projected[], at: number) => {
    for (const { entry, effect } of projected) applyOne(entry, effect, at);
  });

  return {
    async apply(projected, at) {
      apply.immediate(projected, at);
    },
    requests: async () => requests.all().map((row) => ({ ...row, offline: row.offline === 1 })),
    ratings: async () => Object.fromEntries(ratings.all().map((row) => [row.score, row.count])),
  };
}
