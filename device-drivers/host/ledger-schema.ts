import type Database from 'better-sqlite3';

/** Version 1 knew only prints; version 2 also cards that were retained, and the history of every device. */
export const LEDGER_VERSION = 2;

const OPERATION = `
  CREATE TABLE operation (
    operation_id TEXT PRIMARY KEY,
    device_id    TEXT NOT NULL,
    command      TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    job_ref      TEXT,
    -- NULL: open.
    outcome      TEXT CHECK (outcome IN ('done', 'failed', 'unknown')),
    code         TEXT,
    printed      INTEGER,
    settled_at   INTEGER,
    CHECK ((outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (printed IS NULL))
  ) STRICT;
  CREATE INDEX operation_open ON operation (operation_id) WHERE outcome IS NULL;
`;
const COUNTER = `
  CREATE TABLE counter (
    device_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    value     INTEGER NOT NULL,
    PRIMARY KEY (device_id, name)
  ) STRICT;
`;
const HISTORY = `
  CREATE TABLE history (
    id        INTEGER PRIMARY KEY,
    device_id TEXT NOT NULL,
    at        INTEGER NOT NULL,
    state     TEXT NOT NULL,
    code      TEXT
  ) STRICT;
  CREATE INDEX history_of_device ON history (device_id, id);
`;
/** Cards that a reader took by its own policy. Without a version of its own: the release before works beside it. */
const CAPTURE = `
  CREATE TABLE IF NOT EXISTS capture (
    operation_id TEXT PRIMARY KEY REFERENCES operation,
    why          TEXT NOT NULL,
    journaled    INTEGER NOT NULL DEFAULT 0
  ) STRICT;
`;
/** Sheets of paper a document took. Without a version of its own as well; SQLite knows no IF NOT EXISTS for a column. */
const SHEETS = 'ALTER TABLE operation ADD COLUMN sheets INTEGER';
/** A list of allowed commands cannot be changed in place. */
const WITHOUT_LIST_OF_COMMANDS = `
  DROP INDEX operation_open;
  ALTER TABLE operation RENAME TO operation_of_version_1;
  ${OPERATION}
  INSERT INTO operation SELECT * FROM operation_of_version_1 ORDER BY rowid;
  DROP TABLE operation_of_version_1;
`;

/** Brings a new file (version 0) or one of an earlier release to the present version, all or nothing. */
export function migrate(db: Database.Database, version: number): void {
  const steps =
    [
      [OPERATION, COUNTER, HISTORY],
      [WITHOUT_LIST_OF_COMMANDS, HISTORY],
    ][version] ?? [];
  db.transaction(() => {
    for (const step of [...steps, CAPTURE]) db.exec(step);
    const columns = db.pragma('table_info(operation)') as { name: string }[];
    if (!columns.some(({ name }) => name === 'sheets')) db.exec(SHEETS);
    db.pragma(`user_version = ${LEDGER_VERSION}`);
  })();
}
