import type { Generated } from 'kysely';
import type { MessageState } from '../message-store.ts';
import { type Step, countedTable } from '../engine/schema.ts';

export interface MessageTables {
  short_message: {
    id: Generated<number>;
    at: number;
    phone_hash: string;
    phone_masked: string;
    template: string;
    content: Uint8Array | null;
    state: MessageState;
    tries: number;
    next_at: number;
    expires_at: number;
    fault: string | null;
    event_key: string | null;
    quiet: Generated<number>;
    person_hash: Generated<string | null>;
  };
}

export const MESSAGE_STEPS: readonly Step[] = [
  {
    name: 'messages-1',
    async up(db, types) {
      await countedTable(db, types, 'short_message')
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('phone_hash', 'text', (c) => c.notNull())
        .addColumn('phone_masked', 'text', (c) => c.notNull())
        .addColumn('template', 'text', (c) => c.notNull())
        .addColumn('content', types.blob)
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('tries', types.integer, (c) => c.notNull())
        .addColumn('next_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .addColumn('fault', 'text')
        .execute();
      await db.schema.createIndex('short_message_due').on('short_message').columns(['state', 'next_at']).execute();
    },
  },
  {
    name: 'messages-2',
    async up(db, types) {
      await db.schema.alterTable('short_message').addColumn('event_key', 'text').execute();
      await db.schema
        .alterTable('short_message')
        .addColumn('quiet', types.integer, (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema.createIndex('short_message_event').on('short_message').column('event_key').unique().execute();
    },
  },
  {
    name: 'messages-3',
    async up(db) {
      await db.schema.alterTable('short_message').addColumn('person_hash', 'text').execute();
      await db.schema.createIndex('short_message_phone').on('short_message').columns(['phone_hash', 'id']).execute();
      await db.schema.createIndex('short_message_person').on('short_message').columns(['person_hash', 'id']).execute();
    },
  },
];
