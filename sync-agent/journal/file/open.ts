import Database from 'better-sqlite3';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { syncFile, syncFolder } from './durable-file.ts';
import { fileFailure, storageFailure } from './failure.ts';
import { makeRoomForLog } from './log-room.ts';
import { provision } from './provision.ts';
import { MIGRATIONS } from './schema.ts';
import { Store } from './store.ts';

/** Before this version two connections of one process could damage a WAL file (the WAL-reset bug, sqlite.org). */
const OLDEST_SQLITE = [3, 51, 3] as const;

export interface StoreOptions {
  readonly file: string;
  readonly terminalId: string;
  /** UTC ms, written into a new file. */
  readonly now: number;
  /** A file made with another suite is refused. Absent: whatever the file has; a new one gets intl. */
  readonly suite?: SuiteName | undefined;
  /** Gives the log its full size now: for a program that runs for days. */
  readonly roomForLog?: boolean | undefined;
  readonly migrations?: readonly string[];
}

/**
 * Opens journal.db, making it first when there is none. Errors: E6101 disk full, E6102 cannot be opened or is held by
 * another process, E6103 damaged, E6105 the settings that make a commit durable did not take, E6106 written by a newer
 * release, E8101 belongs to another terminal.
 */
export function openStore(options: StoreOptions): Result<Store> {
  const migrations = options.migrations ?? MIGRATIONS;
  let db: Database.Database | undefined;
  try {
    const { file, terminalId, now, suite = 'intl' } = options;
    if (!existsSync(file)) provision(file, { terminalId, suite, now }, migrations);
    db = new Database(file, { fileMustExist: true, timeout: 0 });
    const checked = prepare(db, options, migrations);
    if (checked.ok && options.roomForLog) makeRoomForLog(db, file);
    if (checked.ok) return ok(new Store(db));
    db.close();
    return checked;
  } catch (error) {
    db?.close();
    const failure = storageFailure(error) ?? fileFailure(error);
    if (!failure) throw error;
    return fail(failure.code, failure.detail);
  }
}

function prepare(db: Database.Database, options: StoreOptions, migrations: readonly string[]): Result<void> {
  const durable = makeDurable(db);
  if (!durable.ok) return durable;

  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length && minimumReader(db) > migrations.length) {
    return fail('E6106', `schema ${version}, this release knows ${migrations.length}`);
  }

  const damage = db.pragma('quick_check(1)', { simple: true }) as string;
  // A provisioned file has a version before it has its name: 0 means that its first page is not what was written.
  if (damage !== 'ok' || version === 0) return fail('E6103', damage !== 'ok' ? 'quick_check' : 'no schema');

  // The log of a program that ended in the middle may be one whose sync had failed: then what is read from it is in memory
  // and not on the disk, and what is written behind it is lost with it. In the database it is written and synced anew.
  const [moved] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (moved?.busy !== 0) return fail('E6102', 'the log cannot be moved into the database');

  for (let from = version; from < migrations.length; from++) migrate(db, options.file, from, migrations[from]!);
  const owner = db
    .prepare<[], { terminalId: string; suite: string }>('SELECT terminal_id AS terminalId, suite FROM terminal')
    .get();
  if (owner?.terminalId !== options.terminalId) return fail('E8101', 'the journal belongs to another terminal');
  const suite = options.suite ?? owner.suite;
  return owner.suite === suite ? ok() : fail('E8101', `the journal was made with suite ${owner.suite}, not ${suite}`);
}

/**
 * Sets what makes a commit durable, then reads it back: a setting that did not take is silent. The exclusive lock keeps
 * every other process (an old sqlite3 shell, a second agent) off the live file, and needs no shared-memory file.
 */
function makeDurable(db: Database.Database): Result<void> {
  // Before anything else: once a statement has looked at the file with shared locks, the exclusive one is not taken.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  // 16 MB of log: a page that takes several entries moves into the database once, and a depositor waits for it less often.
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('foreign_keys = ON');
  // What is deleted is overwritten: a destroyed data key must not stay readable in a free corner of a page.
  db.pragma('secure_delete = ON');

  const sqlite = sqliteVersion(db);
  if (isTooOld(sqlite)) return fail('E6105', `SQLite ${sqlite}`);
  const wanted = { locking_mode: 'exclusive', journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1 };
  for (const [name, value] of Object.entries(wanted)) {
    const found: unknown = db.pragma(name, { simple: true });
    if (found !== value) return fail('E6105', `${name} is ${String(found)}`);
  }
  return ok();
}

/** The oldest release that may open a file newer than this one; Infinity when the file does not say. */
function minimumReader(db: Database.Database): number {
  const told = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'file_format'`).get() !== undefined;
  if (!told) return Infinity;
  return (db.prepare('SELECT minimum_reader FROM file_format').pluck().get() as number | undefined) ?? Infinity;
}

/** A synced copy first: whatever the migration does, the file as the release before knew it is there. */
function migrate(db: Database.Database, file: string, from: number, sql: string): void {
  const copy = `${file}.v${from}.bak`;
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { force: true });
    db.prepare('VACUUM INTO ?').run(`${copy}.new`);
    syncFile(`${copy}.new`);
    renameSync(`${copy}.new`, copy);
    syncFolder(dirname(copy));
  }
  db.transaction(() => {
    db.exec(sql);
    db.pragma(`user_version = ${from + 1}`);
  }).immediate();
}

export function sqliteVersion(db: Database.Database): string {
  return db.prepare('SELECT sqlite_version()').pluck().get() as string;
}

/** The version linked into this program, for when no journal could be opened. */
export function linkedSqliteVersion(): string {
  const db = new Database(':memory:');
  try {
    return sqliteVersion(db);
  } finally {
    db.close();
  }
}

/** Whether this SQLite ('3.51.2') may lose what it calls committed. */
export function isTooOld(sqlite: string): boolean {
  const version = sqlite.split('.').map(Number);
  const first = OLDEST_SQLITE.findIndex((least, n) => version[n] !== least);
  return first >= 0 && !((version[first] ?? 0) > OLDEST_SQLITE[first]!);
}
