import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

export interface RequestTables {
  request_case: {
    request_number: string;
    operation_id: string;
    terminal_id: string | null;
    channel_id: string;
    item: string;
    offline: number;
    id_hash: string | null;
    depositor_id: string | null;
    state: string;
    version: number;
    received_at: number;
    due_on: string | null;
    decided_at: number | null;
    wake_at: number | null;
    /** Encrypted by the vault, both. */
    asked: Uint8Array;
    content: Uint8Array;
  };
  request_step: {
    id: Generated<number>;
    request_number: string;
    at: number;
    by: string;
    act: string;
    event: Uint8Array;
  };
  request_confirmation: {
    terminal_id: string;
    operation_id: string;
    depositor_id: string;
    item: string;
    form_hash: string;
    level: string;
    agent: string | null;
    signature: Uint8Array | null;
    at: number;
  };
  contact_check: {
    check_id: string;
    terminal_id: string;
    depositor_id: string;
    phone_hash: string;
    phone_masked: string;
    code_hash: string;
    created_at: number;
    expires_at: number;
    proven_at: number | null;
  };
  card_check: {
    check_id: string;
    depositor_id: string;
    card_hash: string;
    verified: number;
    bank_name: string;
    at: number;
  };
}

export const REQUEST_STEPS: readonly Step[] = [
  {
    name: 'requests-1',
    async up(db, types) {
      await db.schema
        .createTable('request_case')
        .addColumn('request_number', 'text', (c) => c.primaryKey())
        .addColumn('operation_id', 'text', (c) => c.notNull())
        .addColumn('terminal_id', 'text')
        .addColumn('channel_id', 'text', (c) => c.notNull())
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('offline', types.integer, (c) => c.notNull())
        .addColumn('id_hash', 'text')
        .addColumn('depositor_id', 'text')
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('version', types.integer, (c) => c.notNull())
        .addColumn('received_at', types.integer, (c) => c.notNull())
        .addColumn('due_on', 'text')
        .addColumn('decided_at', types.integer)
        .addColumn('wake_at', types.integer)
        .addColumn('asked', types.blob, (c) => c.notNull())
        .addColumn('content', types.blob, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('request_case_person').on('request_case').column('id_hash').execute();
      await db.schema.createIndex('request_case_wake').on('request_case').column('wake_at').execute();
      await db.schema.createIndex('request_case_state').on('request_case').columns(['state', 'received_at']).execute();
      await countedTable(db, types, 'request_step')
        .addColumn('request_number', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('act', 'text', (c) => c.notNull())
        .addColumn('event', types.blob, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('request_step_number').on('request_step').column('request_number').execute();
      await db.schema
        .createTable('request_confirmation')
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('operation_id', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('form_hash', 'text', (c) => c.notNull())
        .addColumn('level', 'text', (c) => c.notNull())
        .addColumn('agent', 'text')
        .addColumn('signature', types.blob)
        .addColumn('at', types.integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('request_confirmation_key', ['terminal_id', 'operation_id'])
        .execute();
      await db.schema
        .createTable('contact_check')
        .addColumn('check_id', 'text', (c) => c.primaryKey())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('phone_hash', 'text', (c) => c.notNull())
        .addColumn('phone_masked', 'text', (c) => c.notNull())
        .addColumn('code_hash', 'text', (c) => c.notNull())
        .addColumn('created_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .addColumn('proven_at', types.integer)
        .execute();
      await db.schema.createIndex('contact_check_person').on('contact_check').column('depositor_id').execute();
      await db.schema
        .createTable('card_check')
        .addColumn('check_id', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('card_hash', 'text', (c) => c.notNull())
        .addColumn('verified', types.integer, (c) => c.notNull())
        .addColumn('bank_name', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .execute();
    },
  },
];
