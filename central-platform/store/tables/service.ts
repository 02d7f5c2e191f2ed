import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

export interface ServiceTables {
  handed_in: {
    id: Generated<number>;
    case_number: string;
    depositor_id: string;
    /** Counts the papers of a person for a case, so that no two take the same place. */
    place: number;
    channel: string;
    material: string;
    media_type: string;
    size: number;
    sha256: string;
    content: Uint8Array;
    at: number;
  };
  channel_rating: {
    id: Generated<number>;
    at: number;
    channel: string;
    depositor_id: string | null;
    subject: string;
    score: string;
    reason: string | null;
  };
  subscription: { depositor_id: string; topic: string; channel: string; at: number };
  pushed: {
    id: Generated<number>;
    notice_id: string;
    at: number;
    depositor_id: string;
    topic: string;
    content: string;
    due_at: number;
    delivered_at: number | null;
  };
}

export const SERVICE_STEPS: readonly Step[] = [
  {
    name: 'service-1',
    async up(db, types) {
      await countedTable(db, types, 'handed_in')
        .addColumn('case_number', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('place', types.integer, (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('material', 'text', (c) => c.notNull())
        .addColumn('media_type', 'text', (c) => c.notNull())
        .addColumn('size', types.integer, (c) => c.notNull())
        .addColumn('sha256', 'text', (c) => c.notNull())
        .addColumn('content', types.blob, (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addUniqueConstraint('handed_in_place', ['case_number', 'depositor_id', 'place'])
        .execute();
      await countedTable(db, types, 'channel_rating')
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text')
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('score', 'text', (c) => c.notNull())
        .addColumn('reason', 'text')
        .addUniqueConstraint('channel_rating_once', ['depositor_id', 'subject'])
        .execute();
      await db.schema.createIndex('channel_rating_at').on('channel_rating').column('at').execute();
      await db.schema
        .createTable('subscription')
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('topic', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('subscription_key', ['topic', 'depositor_id'])
        .execute();
      await countedTable(db, types, 'pushed')
        .addColumn('notice_id', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('topic', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addColumn('due_at', types.integer, (c) => c.notNull())
        .addColumn('delivered_at', types.integer)
        .addUniqueConstraint('pushed_once', ['notice_id', 'depositor_id'])
        .execute();
      await db.schema.createIndex('pushed_due').on('pushed').columns(['delivered_at', 'due_at']).execute();
    },
  },
];
