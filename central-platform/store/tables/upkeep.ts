import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

export interface UpkeepTables {
  /** Every backup that was begun; without `ended_at` it never came to an end. */
  backup_run: {
    id: Generated<number>;
    started_at: number;
    ended_at: number | null;
    /** Name in the backup folder, no path. */
    file: string;
    bytes: number | null;
    /** Restored elsewhere and compared. */
    verified: 0 | 1;
    /** Rows that were compared. */
    compared: number | null;
    error: string | null;
  };
  retention_run: {
    id: Generated<number>;
    at: number;
    /** A table, or a stream's bodies. */
    what: string;
    /** Received before this was to go. */
    before: number;
    /** Rows, or whole parts by name. */
    dropped: string;
    /** Why something that was old enough stays. */
    kept: string | null;
  };
}

export const UPKEEP_STEPS: readonly Step[] = [
  {
    name: 'upkeep-1',
    async up(db, types) {
      await countedTable(db, types, 'backup_run')
        .addColumn('started_at', types.integer, (c) => c.notNull())
        .addColumn('ended_at', types.integer)
        .addColumn('file', 'text', (c) => c.notNull())
        .addColumn('bytes', types.integer)
        .addColumn('verified', types.integer, (c) => c.notNull())
        .addColumn('compared', types.integer)
        .addColumn('error', 'text')
        .execute();
      await countedTable(db, types, 'retention_run')
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('what', 'text', (c) => c.notNull())
        .addColumn('before', types.integer, (c) => c.notNull())
        .addColumn('dropped', 'text', (c) => c.notNull())
        .addColumn('kept', 'text')
        .execute();
    },
  },
];
