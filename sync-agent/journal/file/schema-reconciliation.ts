/** Migration: closes of business days, and how the last comparisons with the platform ended. */
export const RECONCILIATION_TABLES = `
  -- content: contract/platform/reconciliation.ts DayClose; the same stands in the entry day.closed. captures: operations of
  -- cards it counted. answer NULL: the platform has not compared it yet.
  CREATE TABLE day_close (
    number INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    content TEXT NOT NULL,
    captures TEXT NOT NULL DEFAULT '[]',
    answered_at INTEGER,
    answer TEXT
  ) STRICT;

  -- open_cases: every case of this terminal that nobody has decided yet, as the platform said last.
  CREATE TABLE reconciliation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    open_day TEXT NOT NULL,
    heads_at INTEGER,
    heads TEXT,
    heads_equal INTEGER,
    open_cases TEXT NOT NULL DEFAULT '[]'
  ) STRICT;
`;
