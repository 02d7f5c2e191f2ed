import type { NoticeState } from '../notice-store.ts';
import type { Step } from '../engine/schema.ts';

export interface NoticeTables {
  notice: {
    key: string;
    kind: string;
    depositor_id: string;
    at: number;
    content: Uint8Array | null;
    state: NoticeState;
    tries: number;
    next_at: number;
  };
  notice_preference: {
    depositor_id: string;
    language: 'zh' | 'en';
    /** JSON: topics. */
    off: string;
    channel: string;
    at: number;
  };
  notice_walk: { name: string; day: string; after: string; done: number };
}

export const NOTICE_STEPS: readonly Step[] = [
  {
    name: 'notices-1',
    async up(db, types) {
      await db.schema
        .createTable('notice')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('content', types.blob)
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('tries', types.integer, (c) => c.notNull())
        .addColumn('next_at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('notice_due').on('notice').columns(['state', 'next_at']).execute();
      await db.schema.createIndex('notice_person').on('notice').columns(['depositor_id', 'at']).execute();
      await db.schema
        .createTable('notice_preference')
        .addColumn('depositor_id', 'text', (c) => c.primaryKey())
        .addColumn('language', 'text', (c) => c.notNull())
        .addColumn('off', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('notice_walk')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('after', 'text', (c) => c.notNull())
        .addColumn('done', types.integer, (c) => c.notNull())
        .execute();
    },
  },
];
