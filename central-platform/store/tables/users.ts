import type { Step } from '../engine/schema.ts';

export interface UserTables {
  platform_user: {
    user_id: string;
    depositor_id: string;
    person_hash: string;
    phone_hash: string;
    registered_at: number;
    registered_by: string;
  };
  web_challenge: {
    challenge_id: string;
    purpose: 'login' | 'register' | 'unit';
    channel: string;
    subject_hash: string;
    /** JSON: depositor ids. */
    candidates: string;
    code_hash: string;
    created_at: number;
    expires_at: number;
    used: number;
  };
  web_session: {
    token_hash: string;
    channel: string;
    kind: 'person' | 'unit';
    subject: string;
    created_at: number;
    expires_at: number;
  };
}

export const USER_STEPS: readonly Step[] = [
  {
    name: 'users-1',
    async up(db, types) {
      await db.schema
        .createTable('platform_user')
        .addColumn('user_id', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull().unique())
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('phone_hash', 'text', (c) => c.notNull())
        .addColumn('registered_at', types.integer, (c) => c.notNull())
        .addColumn('registered_by', 'text', (c) => c.notNull())
        .execute();
      await db.schema.createIndex('platform_user_phone').on('platform_user').column('phone_hash').execute();
      await db.schema
        .createTable('web_challenge')
        .addColumn('challenge_id', 'text', (c) => c.primaryKey())
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('subject_hash', 'text', (c) => c.notNull())
        .addColumn('candidates', 'text', (c) => c.notNull())
        .addColumn('code_hash', 'text', (c) => c.notNull())
        .addColumn('created_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .addColumn('used', types.integer, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('web_session')
        .addColumn('token_hash', 'text', (c) => c.primaryKey())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('created_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .execute();
    },
  },
];
