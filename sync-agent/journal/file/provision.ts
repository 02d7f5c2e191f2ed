import Database from 'better-sqlite3';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import { syncFile, syncFolder } from './durable-file.ts';

export interface NewJournal {
  readonly terminalId: string;
  readonly suite: SuiteName;
  /** UTC ms. */
  readonly now: number;
}

/**
 * Makes an empty journal under another name and gives it its own name only when every byte is on the disk, so that a
 * file called journal.db is always whole. synchronous=EXTRA syncs the folder too when the rollback journal goes.
 * Throws what SQLite and the file system throw.
 */
export function provision(file: string, made: NewJournal, migrations: readonly string[]): void {
  const { terminalId, suite, now } = made;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.new`;
  for (const left of [unfinished, `${unfinished}-journal`, `${unfinished}-wal`, `${unfinished}-shm`]) {
    rmSync(left, { force: true });
  }
  const db = new Database(unfinished);
  try {
    db.pragma('synchronous = EXTRA');
    db.transaction(() => {
      for (const migration of migrations) db.exec(migration);
      const stream = db.prepare('INSERT INTO stream (name, base_link) VALUES (?, ?)');
      for (const name of StreamName.options) stream.run(name, Buffer.from(GENESIS, 'hex'));
      db.prepare('INSERT INTO terminal (terminal_id, suite, created_at) VALUES (?, ?, ?)').run(terminalId, suite, now);
      db.pragma(`user_version = ${migrations.length}`);
    }).exclusive();
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
  chmodSync(unfinished, 0o600);
  syncFile(unfinished);
  // A write-ahead log without its database is the remains of a file someone took away; it must not be replayed here. Its
  // name must be off the disk before the new file has its own: a power cut may keep the one change and lose the other.
  rmSync(`${file}-wal`, { force: true });
  syncFolder(folder);
  renameSync(unfinished, file);
  syncFolder(folder);
}
