import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type Database from 'better-sqlite3';
import type { EntryKey, ExactEntry, JournalStore, Quarantined, Standing, StoredEntry } from '../store.ts';

const QUARANTINE = 'SELECT terminal_id terminalId, stream, seq, code, reason, at FROM quarantine';

export function journalStore(db: Database.Database): JournalStore {
  const standing = db.prepare<[string, string], Standing>(
    'SELECT durable_up_to durableUpTo, head FROM stream_head WHERE terminal_id = ? AND stream = ?',
  );
  const standings = db.prepare<[string], Standing & { stream: StreamName; receivedAt: number }>(
    `SELECT stream, durable_up_to durableUpTo, head, received_at receivedAt FROM stream_head
     WHERE terminal_id = ? ORDER BY stream`,
  );
  const keys = db.prepare<[string, string, number, number], EntryKey>(
    `SELECT seq, digest, link FROM entry_key
     WHERE terminal_id = ? AND stream = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const addKey = db.prepare('INSERT INTO entry_key VALUES (?, ?, ?, ?, ?, ?)');
  const addBody = db.prepare(
    'INSERT INTO entry_body (terminal_id, stream, seq, salt, body, wrapped_key) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addQuarantine = db.prepare('INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)');
  const setHead = db.prepare(
    `INSERT INTO stream_head VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (terminal_id, stream) DO UPDATE SET
       durable_up_to = excluded.durable_up_to, head = excluded.head,
       signature = excluded.signature, received_at = excluded.received_at`,
  );
  const quarantined = db.prepare<[string, string, number, number], Quarantined>(
    `${QUARANTINE} WHERE terminal_id = ? AND stream = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const allQuarantined = db.prepare<[], Quarantined>(`${QUARANTINE} ORDER BY at DESC, seq DESC LIMIT 500`);
  const unprojected = db.prepare<[number], StoredEntry>(
    `SELECT id, terminal_id terminalId, stream, seq, body, wrapped_key wrappedKey FROM entry_body body
     WHERE id > (SELECT entry_id FROM projection_cursor WHERE name = 'business') AND stream = 'business'
       AND NOT EXISTS (SELECT 1 FROM quarantine q
         WHERE q.terminal_id = body.terminal_id AND q.stream = body.stream AND q.seq = body.seq)
     ORDER BY id LIMIT ?`,
  );

  const exact = db.prepare<[string, string, number, number], ExactEntry>(
    `SELECT seq, salt, body, wrapped_key wrappedKey FROM entry_body
     WHERE terminal_id = ? AND stream = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );

  const current = (terminalId: string, stream: StreamName): Standing =>
    standing.get(terminalId, stream) ?? { durableUpTo: 0, head: GENESIS };

  const append = db.transaction((batch: Parameters<JournalStore['append']>[0]): boolean => {
    const { terminalId, stream, expected, entries, signature, at } = batch;
    const now = current(terminalId, stream);
    if (now.durableUpTo !== expected.durableUpTo || now.head !== expected.head) return false;
    for (const entry of entries) {
      addKey.run(terminalId, stream, entry.seq, entry.digest, entry.link, at);
      addBody.run(terminalId, stream, entry.seq, entry.salt, entry.body, entry.wrappedKey);
      if (entry.quarantine) {
        addQuarantine.run(terminalId, stream, entry.seq, entry.quarantine.code, entry.quarantine.reason, at);
      }
    }
    const last = entries.at(-1);
    if (last) setHead.run(terminalId, stream, last.seq, last.link, signature, at);
    return true;
  });

  return {
    standing: async (terminalId, stream) => current(terminalId, stream),
    standings: async (terminalId) => standings.all(terminalId),
    keys: async (terminalId, stream, from, to) => keys.all(terminalId, stream, from, to),
    async exact(terminalId, stream, after, limit) {
      const found = exact.all(terminalId, stream, after, limit);
      const gap = found.findIndex(({ seq }, i) => seq !== after + 1 + i);
      return gap < 0 ? found : found.slice(0, gap);
    },
    append: async (batch) => append.immediate(batch),
    quarantined: async (terminalId, stream, from, to) => quarantined.all(terminalId, stream, from, to),
    allQuarantined: async () => allQuarantined.all(),
    async quarantine({ terminalId, stream, seq, code, reason, at }) {
      addQuarantine.run(terminalId, stream, seq, code, reason, at);
    },
    unprojected: async (limit) => unprojected.all(limit),
  };
}
