/** Migration: journals that a person carried here, and entries given back to a terminal that lost its disk. */
export const CARRIED_TABLES = `
  CREATE INDEX entry_body_place ON entry_body (terminal_id, stream, seq);

  -- Batches of a bundle whose history is another than the one kept: whole, for a person to decide, never merged.
  CREATE TABLE put_aside (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bundle_sha256 TEXT NOT NULL,
    terminal_id TEXT NOT NULL REFERENCES terminal,
    stream TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL,
    batch TEXT NOT NULL,
    UNIQUE (bundle_sha256, stream, from_seq)
  ) STRICT;

  CREATE TABLE bundle (
    sha256 TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminal,
    first_received_at INTEGER NOT NULL,
    entries INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
