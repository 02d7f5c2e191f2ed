import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import Database from 'better-sqlite3';

/**
 * Opens or creates the file. What was acknowledged to a terminal must survive a power cut, so the settings that promise it are
 * read back and not believed. Errors: E6102 cannot be read, E6105 not WAL and FULL.
 */
export function openDatabase(file: string): Result<Database.Database> {
  let db: Database.Database | undefined;
  try {
    db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    const mode = String(db.pragma('journal_mode', { simple: true }));
    const synchronous = Number(db.pragma('synchronous', { simple: true }));
    if (mode !== 'wal' || synchronous !== 2) {
      db.close();
      return fail('E6105', `journal_mode ${mode}, synchronous ${synchronous}; expected wal and 2`);
    }
    return ok(db);
  } catch (error) {
    db?.close();
    return fail('E6102', error instanceof Error ? error.message : String(error));
  }
}
