import type { Step } from '../engine/schema.ts';

export interface ChannelTables {
  channel: {
    code: string;
    app_id: string;
    key_hash: string | null;
    token_hash: string | null;
    settings: string;
    version: number;
    changed_at: number;
  };
  /** What a channel used on a day (China time). */
  channel_use: { code: string; day: string; what: string; amount: number };
  /** What was used of an item on a day, by a keyed hash of the day. */
  item_use: { day: string; item: string; what: string; amount: number };
  holiday: { date: string; zh: string; en: string };
}

export const CHANNEL_STEPS: readonly Step[] = [
  {
    name: 'channels-1',
    async up(db, types) {
      await db.schema
        .createTable('channel')
        .addColumn('code', 'text', (c) => c.primaryKey())
        .addColumn('app_id', 'text', (c) => c.notNull().unique())
        .addColumn('key_hash', 'text')
        .addColumn('token_hash', 'text')
        .addColumn('settings', 'text', (c) => c.notNull())
        .addColumn('version', types.integer, (c) => c.notNull())
        .addColumn('changed_at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('channel_use')
        .addColumn('code', 'text', (c) => c.notNull())
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('what', 'text', (c) => c.notNull())
        .addColumn('amount', types.integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('channel_use_key', ['code', 'day', 'what'])
        .execute();
      await db.schema
        .createTable('holiday')
        .addColumn('date', 'text', (c) => c.primaryKey())
        .addColumn('zh', 'text', (c) => c.notNull())
        .addColumn('en', 'text', (c) => c.notNull())
        .execute();
    },
  },
  {
    name: 'channels-2',
    async up(db, types) {
      await db.schema
        .createTable('item_use')
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('what', 'text', (c) => c.notNull())
        .addColumn('amount', types.integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('item_use_key', ['day', 'item', 'what'])
        .execute();
    },
  },
];
