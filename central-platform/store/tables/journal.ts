import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { type Generated, sql } from 'kysely';
import type { Step } from '../engine/schema.ts';

interface Place {
  terminal_id: string;
  stream: StreamName;
  seq: number;
}

export interface JournalTables {
  /** Kept for ever: with it a repeat is known as a repeat however late it comes. */
  entry_key: Place & {
    /** Hex. */
    digest: string;
    link: string;
    received_at: number;
  };
  /** The exact bytes, as long as retention keeps them. In PostgreSQL in parts by the time of receipt (engine/partitions.ts). */
  entry_body: Place & {
    salt: Uint8Array;
    body: Uint8Array;
    wrapped_key: Uint8Array | null;
  };
  stream_head: {
    terminal_id: string;
    stream: StreamName;
    durable_up_to: number;
    head: string;
    /** The terminal's, over the head. */
    signature: Uint8Array;
    received_at: number;
  };
  quarantine: Place & { code: string; reason: string; at: number };
  /** Bodies that were set aside outlive the parts they lay in. */
  quarantined_body: Place & { salt: Uint8Array; body: Uint8Array; wrapped_key: Uint8Array | null };
  /** Business entries of a terminal up to `seq` are requests, ratings and print outcomes by now. */
  projection_place: {
    terminal_id: string;
    seq: number;
    /** Up to here whoever makes something of them has heard of it. */
    told: Generated<number>;
  };
  /** Of releases that projected in order of arrival; SQLite only. */
  projection_cursor: { name: string; entry_id: number };

  put_aside: {
    id: Generated<number>;
    bundle_sha256: string;
    terminal_id: string;
    stream: StreamName;
    from_seq: number;
    to_seq: number;
    code: string;
    at: number;
    /** JSON as it stood in the bundle. */
    batch: string;
  };
  bundle: { sha256: string; terminal_id: string; first_received_at: number; entries: number };
}

export const JOURNAL_STEPS: readonly Step[] = [
  {
    name: 'journal-1',
    async up(db, types) {
      await db.schema
        .createTable('projection_place')
        .addColumn('terminal_id', 'text', (c) => c.primaryKey())
        .addColumn('seq', types.integer, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('quarantined_body')
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('stream', 'text', (c) => c.notNull())
        .addColumn('seq', types.integer, (c) => c.notNull())
        .addColumn('salt', types.blob, (c) => c.notNull())
        .addColumn('body', types.blob, (c) => c.notNull())
        .addColumn('wrapped_key', types.blob)
        .addPrimaryKeyConstraint('quarantined_body_place', ['terminal_id', 'stream', 'seq'])
        .execute();
      if (types.engine === 'sqlite') {
        // Up to where the release before had come, whose cursor counted arrivals.
        await sql`INSERT INTO projection_place SELECT terminal_id, max(seq) FROM entry_body
          WHERE stream = 'business' AND id <= (SELECT entry_id FROM projection_cursor WHERE name = 'business')
          GROUP BY terminal_id`.execute(db);
      }
    },
  },
  {
    name: 'journal-2',
    async up(db, types) {
      await db.schema
        .alterTable('projection_place')
        .addColumn('told', types.integer, (c) => c.notNull().defaultTo(0))
        .execute();
      // The releases before told first and projected then.
      await sql`UPDATE projection_place SET told = seq`.execute(db);
    },
  },
];
