import { CARRIED_TABLES } from './schema-carried.ts';
import { DOWNLINK_TABLES } from './schema-downlink.ts';
import { RECONCILIATION_TABLES } from './schema-reconciliation.ts';

/**
 * Every change of the schema, in order, never edited once released. Changes only add, so that the release before can go on reading
 * and writing the file.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE terminal (
    terminal_id TEXT PRIMARY KEY,
    signing_key_pem TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'admitted',
    registered_at INTEGER NOT NULL,
    last_seen_at INTEGER,
    heartbeat TEXT
  ) STRICT;

  -- Kept for ever: with it a repeat is known as a repeat however late it comes.
  CREATE TABLE entry_key (
    terminal_id TEXT NOT NULL REFERENCES terminal,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    link TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, stream, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entry_body (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    terminal_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body BLOB NOT NULL,
    wrapped_key BLOB,
    FOREIGN KEY (terminal_id, stream, seq) REFERENCES entry_key
  ) STRICT;
  CREATE INDEX entry_body_business ON entry_body (id) WHERE stream = 'business';

  CREATE TABLE stream_head (
    terminal_id TEXT NOT NULL REFERENCES terminal,
    stream TEXT NOT NULL,
    durable_up_to INTEGER NOT NULL,
    head TEXT NOT NULL,
    signature BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, stream)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE quarantine (
    terminal_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, stream, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE projection_cursor (name TEXT PRIMARY KEY, entry_id INTEGER NOT NULL) STRICT;
  INSERT INTO projection_cursor VALUES ('business', 0);

  CREATE TABLE request (
    request_number TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    operation_id TEXT NOT NULL,
    item TEXT NOT NULL,
    topic_id TEXT NOT NULL,
    level TEXT NOT NULL,
    offline INTEGER NOT NULL,
    submitted_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    content BLOB NOT NULL
  ) STRICT;

  CREATE TABLE rating (
    terminal_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    score TEXT NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (terminal_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE print_operation (
    terminal_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    document_number TEXT,
    outcome TEXT,
    code TEXT,
    printed INTEGER,
    PRIMARY KEY (terminal_id, operation_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX print_operation_document ON print_operation (document_number) WHERE document_number IS NOT NULL;

  CREATE TABLE document_sequence (
    centre_id TEXT NOT NULL,
    terminal_id TEXT NOT NULL,
    date TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (centre_id, terminal_id, date)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE document (
    document_number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    terminal_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    depositor_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    verification_code TEXT,
    verification_url TEXT,
    pages INTEGER,
    sha256 TEXT,
    public_content TEXT,
    UNIQUE (terminal_id, operation_id)
  ) STRICT;
  CREATE TABLE document_archive (
    document_number TEXT PRIMARY KEY REFERENCES document,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE challenge (
    challenge_id TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL,
    person_hash TEXT NOT NULL,
    depositor_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    phone_masked TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX challenge_person ON challenge (person_hash, created_at);

  CREATE TABLE identity_tries (
    person_hash TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE identity_token (
    token_hash TEXT PRIMARY KEY,
    terminal_id TEXT NOT NULL,
    depositor_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sms_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    phone_masked TEXT NOT NULL,
    text BLOB NOT NULL
  ) STRICT;

  CREATE TABLE security_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    terminal_id TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  `,
  DOWNLINK_TABLES,
  CARRIED_TABLES,
  RECONCILIATION_TABLES,
];
