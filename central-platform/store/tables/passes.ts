import type { PassPurpose } from '../pass-store.ts';
import type { Step } from '../engine/schema.ts';

export interface PassTables {
  pass: {
    pass_hash: string;
    purpose: PassPurpose;
    depositor_id: string | null;
    channel: string;
    content: Uint8Array;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    used_by: string | null;
  };
}

export const PASS_STEPS: readonly Step[] = [
  {
    name: 'passes-1',
    async up(db, types) {
      await db.schema
        .createTable('pass')
        .addColumn('pass_hash', 'text', (c) => c.primaryKey())
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text')
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('content', types.blob, (c) => c.notNull())
        .addColumn('created_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .addColumn('used_at', types.integer)
        .addColumn('used_by', 'text')
        .execute();
      await db.schema.createIndex('pass_person').on('pass').columns(['depositor_id', 'purpose']).execute();
      await db.schema.createIndex('pass_expires').on('pass').column('expires_at').execute();
    },
  },
];
