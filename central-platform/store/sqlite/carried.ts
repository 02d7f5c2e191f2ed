import type Database from 'better-sqlite3';
import type { CarriedStore, PutAside } from '../store.ts';

export function carriedStore(db: Database.Database): CarriedStore {
  const bundle = db.prepare('INSERT OR IGNORE INTO bundle VALUES (?, ?, ?, ?)');
  const putAside = db.prepare(
    `INSERT OR IGNORE INTO put_aside (bundle_sha256, terminal_id, stream, from_seq, to_seq, code, at, batch)
     VALUES (@sha256, @terminalId, @stream, @fromSeq, @toSeq, @code, @at, @batch)`,
  );
  const all = db.prepare<[], Omit<PutAside, 'batch'>>(
    `SELECT bundle_sha256 sha256, terminal_id terminalId, stream, from_seq fromSeq, to_seq toSeq, code, at
     FROM put_aside ORDER BY id DESC LIMIT 500`,
  );
  return {
    async note({ sha256, terminalId, at, entries }) {
      bundle.run(sha256, terminalId, at, entries);
    },
    async putAside(aside) {
      putAside.run(aside);
    },
    listPutAside: async () => all.all(),
  };
}
