/**
 * The tables of journal.db. Migration n brings a file from version n to n + 1; a migration only adds (tables, columns
 * with defaults, indexes), so that the release before can still read and write the file.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- One row a stream: where its chain begins (moved on by retention), where it ends, and how far the platform has it.
  -- What lies between acknowledged_seq and head_seq is the outbox: an entry is its own outbox row.
  CREATE TABLE stream (
    name TEXT PRIMARY KEY,
    base_seq INTEGER NOT NULL DEFAULT 0,
    base_head TEXT NOT NULL,
    head_seq INTEGER NOT NULL DEFAULT 0,
    head TEXT NOT NULL,
    acknowledged_seq INTEGER NOT NULL DEFAULT 0,
    stopped_code TEXT
  ) STRICT;

  CREATE TABLE entry (
    stream TEXT NOT NULL REFERENCES stream (name),
    seq INTEGER NOT NULL CHECK (seq > 0),
    at INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body BLOB NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT;

  -- Beside the body, never in it: destroying the row destroys the person's data while the chain stays whole.
  CREATE TABLE data_key (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    for_terminal BLOB NOT NULL,
    for_centre BLOB NOT NULL,
    PRIMARY KEY (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES entry (stream, seq)
  ) STRICT;

  CREATE TABLE quarantine (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES entry (stream, seq)
  ) STRICT;

  CREATE TABLE request (
    operation_id TEXT PRIMARY KEY,
    request_number TEXT NOT NULL UNIQUE,
    offline INTEGER NOT NULL,
    seq INTEGER NOT NULL UNIQUE
  ) STRICT;

  -- outcome NULL: open. reconciled: settled by asking the device-host, not by the session that intended it.
  CREATE TABLE intent (
    operation_id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    intended_seq INTEGER NOT NULL,
    settled_seq INTEGER,
    outcome TEXT,
    reconciled INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX intent_open ON intent (intended_seq) WHERE outcome IS NULL;

  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

  -- What the platform sent down, last good kept: the catalogue.
  CREATE TABLE downlink (name TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) STRICT;

  CREATE TABLE terminal (terminal_id TEXT PRIMARY KEY, created_at INTEGER NOT NULL) STRICT;
  `,
];
