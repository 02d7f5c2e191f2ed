/** Migration: which releases may read the file, retention in proven time, and journals that came from elsewhere. */
export const LONG_LIFE_TABLES = `
  -- The oldest release that may still open this file, as the number of migrations it knows. It goes up only when
  -- something is written that an older release would read wrongly.
  CREATE TABLE file_format (id INTEGER PRIMARY KEY CHECK (id = 1), minimum_reader INTEGER NOT NULL) STRICT;
  INSERT INTO file_format (id, minimum_reader) VALUES (1, 1);

  -- Time that platform and machine agree has passed; retention counts in it (proven-time.ts).
  CREATE TABLE proven_time (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    elapsed_ms INTEGER NOT NULL,
    platform_at INTEGER,
    wall_at INTEGER
  ) STRICT;
  -- The platform had everything of the stream up to seq at this proven time.
  CREATE TABLE acknowledged_mark (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;
  -- Data keys up to here were destroyed by retention.
  CREATE TABLE destroyed_keys (stream TEXT PRIMARY KEY, keys_up_to INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- A journal that came from a backup or a bundle takes nothing until it has been compared with the platform (rejoined_at).
  CREATE TABLE restored (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    rejoined_at INTEGER
  ) STRICT;
  -- What came back from the platform and is not yet part of a stream: a pull that is cut off goes on where it stood.
  CREATE TABLE pulled_entry (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body BLOB NOT NULL,
    key_centre BLOB,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;
`;
