import type Database from 'better-sqlite3';

/** Pages in the log at which SQLite moves them into the database; thousands where nobody changes it. */
const PAGES = 16;

/**
 * Lets every connection of this process that asks for durable commits start its checkpoints early, so that a workload of
 * a dozen entries goes through several, and a log that is given its full size at once is a short one. It is done from
 * outside: no product source knows of it.
 */
export function smallLogs(database: typeof Database): void {
  const { pragma } = database.prototype;
  database.prototype.pragma = function (source, options) {
    if (source.startsWith('wal_autocheckpoint =')) return undefined;
    if (source.startsWith('synchronous = ')) pragma.call(this, `wal_autocheckpoint = ${PAGES}`);
    return pragma.call(this, source, options) as unknown;
  };
}
