/** Migration: commands from the centre, and what of the offline limits is used up. */
export const DOWNLINK_TABLES = `
  -- outcome NULL: received and not settled; should the program end now, it is unknown and never done again.
  CREATE TABLE remote_command (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    outcome TEXT,
    code TEXT
  ) STRICT;

  -- Only requests that move money have a row.
  CREATE TABLE request_amount (seq INTEGER PRIMARY KEY, amount_fen INTEGER NOT NULL) STRICT;

  -- The day that runs, no other: person is a keyed hash and is not kept longer than it is counted.
  CREATE TABLE person_day (
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (day, person)
  ) STRICT, WITHOUT ROWID;
`;
