/** Migration: what the centre decided about its terminals, who approved it, and what was signed and sent down. */
export const DOWNLINK_TABLES = `
  -- A change is proposed, approved by another person, and released. scope: '' for the whole centre, or a terminal.
  CREATE TABLE configuration_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    content TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    approved_by TEXT,
    approved_at INTEGER
  ) STRICT;
  CREATE INDEX configuration_change_approved ON configuration_change (kind, scope, id) WHERE approved_at IS NOT NULL;

  -- Kept for ever: whatever a terminal says it applied can be shown, byte by byte.
  CREATE TABLE configuration_release (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    scope TEXT NOT NULL,
    change_id INTEGER REFERENCES configuration_change,
    statement BLOB NOT NULL,
    key_id TEXT NOT NULL,
    signature BLOB NOT NULL,
    issued_at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (kind, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX configuration_release_scope ON configuration_release (kind, scope, version);
`;
