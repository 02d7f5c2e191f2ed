/** Migration: what terminals closed, what the platform's own ledger says of it, and the cases where they differ. */
export const RECONCILIATION_TABLES = `
  -- What entries add up to, line by line, as the platform read them; beside the keys, not instead of them.
  CREATE TABLE ledger_line (
    terminal_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    operation_id TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (terminal_id, stream, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_line_operation ON ledger_line (terminal_id, operation_id, kind) WHERE operation_id IS NOT NULL;
  CREATE TABLE ledger_cursor (
    terminal_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX request_place ON request (terminal_id, seq);

  -- equal NULL: received and not compared yet.
  CREATE TABLE day_close (
    terminal_id TEXT NOT NULL REFERENCES terminal,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    content TEXT NOT NULL,
    statement TEXT NOT NULL,
    signature BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    equal INTEGER,
    PRIMARY KEY (terminal_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE head_report (
    terminal_id TEXT NOT NULL REFERENCES terminal,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    signature BLOB NOT NULL,
    equal INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, day)
  ) STRICT, WITHOUT ROWID;

  -- The platform's own keys do not follow from one another from here on.
  CREATE TABLE broken_chain (
    terminal_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, stream)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE difference_case (
    case_id TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminal,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    number INTEGER,
    day TEXT NOT NULL,
    seq INTEGER,
    first_seq INTEGER,
    terminal_value TEXT NOT NULL,
    platform_value TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    owner TEXT NOT NULL DEFAULT '',
    opened_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    reports INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX difference_case_subject ON difference_case (terminal_id, kind, subject, opened_at);
`;
