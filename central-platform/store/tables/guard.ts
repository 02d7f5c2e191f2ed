import type { Step } from '../engine/schema.ts';

export interface GuardTables {
  guard: { key: string; tries: number; ends_at: number };
}

export const GUARD_STEPS: readonly Step[] = [
  {
    name: 'guard-1',
    async up(db, types) {
      await db.schema
        .createTable('guard')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('tries', types.integer, (c) => c.notNull())
        .addColumn('ends_at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('guard_ends').on('guard').column('ends_at').execute();
    },
  },
];
