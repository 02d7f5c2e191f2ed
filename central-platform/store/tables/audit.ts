import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

export interface AuditTables {
  /** What staff did, one chained to the next. */
  audit_entry: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    subject: string;
    /** JSON; holds no personal value. */
    detail: string;
    /** Link of the entry before, and this one's own: hex. */
    before: string;
    link: string;
  };
}

export const AUDIT_STEPS: readonly Step[] = [
  {
    name: 'audit-1',
    async up(db, types) {
      await countedTable(db, types, 'audit_entry')
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('action', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .addColumn('before', 'text', (c) => c.notNull().unique())
        .addColumn('link', 'text', (c) => c.notNull())
        .execute();
    },
  },
];
