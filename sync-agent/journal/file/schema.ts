import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { DOWNLINK_TABLES } from './schema-downlink.ts';
import { LONG_LIFE_TABLES } from './schema-long-life.ts';
import { RECONCILIATION_TABLES } from './schema-reconciliation.ts';

/** The table of a stream's entries. */
export const entryTable = (stream: StreamName): string => `entry_${stream}`;

/**
 * One table a stream, clustered by sequence: an append touches the last page of one tree and nothing else, because every
 * page of a commit is written to the log and paid for. `key_…`: the entry's data key, beside the body and never in it, so
 * that setting it to NULL destroys the person's data while the chain stays whole. `requests`: how many requests this
 * terminal had numbered up to and including this entry, so that the counter needs no page of its own.
 */
const entries = (stream: StreamName) => `
  CREATE TABLE ${entryTable(stream)} (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    salt BLOB NOT NULL,
    link BLOB NOT NULL,
    key_terminal BLOB,
    key_centre BLOB,
    body BLOB NOT NULL
  ) STRICT;`;

/** All streams in one, to read and never to search by anything but (stream, seq). */
const ALL_ENTRIES = StreamName.options
  .map((stream) => `SELECT '${stream}' AS stream, * FROM ${entryTable(stream)}`)
  .join(' UNION ALL ');

/**
 * The tables of journal.db. Migration n brings a file from version n to n + 1; a migration only adds (tables, columns
 * with defaults, indexes), so that the release before can still read and write the file.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- What is true of the whole file. The suite names the algorithms of the chain and of the sealing; it never changes.
  CREATE TABLE terminal (terminal_id TEXT PRIMARY KEY, suite TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

  -- One row a stream: where its chain begins (moved on by retention, together with the count of requests), and how far
  -- the platform has it. A stream ends with the last row of its table, which is therefore never retired; what lies between
  -- acknowledged_seq and that row is the outbox: an entry is its own outbox row.
  CREATE TABLE stream (
    name TEXT PRIMARY KEY,
    base_seq INTEGER NOT NULL DEFAULT 0,
    base_link BLOB NOT NULL,
    base_requests INTEGER NOT NULL DEFAULT 0,
    acknowledged_seq INTEGER NOT NULL DEFAULT 0,
    stopped_code TEXT
  ) STRICT, WITHOUT ROWID;

  ${StreamName.options.map(entries).join('\n')}
  CREATE VIEW entry AS ${ALL_ENTRIES};

  -- Heads the terminal has signed: proof towards the platform, and a mark before which nothing can be cut off unseen.
  CREATE TABLE signed_head (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    link BLOB NOT NULL,
    at INTEGER NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE quarantine (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE request (
    operation_id TEXT PRIMARY KEY,
    request_number TEXT NOT NULL,
    offline INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- outcome NULL: open. reconciled: settled by asking the device-host, not by the session that intended it.
  CREATE TABLE intent (
    operation_id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    intended_seq INTEGER NOT NULL,
    settled_seq INTEGER,
    outcome TEXT,
    reconciled INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX intent_open ON intent (intended_seq) WHERE outcome IS NULL;

  -- What the centre sent down, last good kept: the signed bytes, by kind.
  CREATE TABLE downlink (name TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
  `,
  LONG_LIFE_TABLES,
  DOWNLINK_TABLES,
  RECONCILIATION_TABLES,
];
