import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

export interface OutwardTables {
  department: {
    department_id: string;
    key_hash: string | null;
    settings: string;
    version: number;
    changed_at: number;
  };
  consent: {
    consent_id: string;
    depositor_id: string;
    department_id: string;
    /** JSON. */
    fields: string;
    purpose: string;
    channel: string;
    given_at: number;
    until: number;
    withdrawn_at: number | null;
  };
  outward_answer: {
    id: Generated<number>;
    at: number;
    department_id: string;
    person_hash: string;
    given: string;
    withheld: string;
    found: number;
  };
}

export const OUTWARD_STEPS: readonly Step[] = [
  {
    name: 'outward-1',
    async up(db, types) {
      await db.schema
        .createTable('department')
        .addColumn('department_id', 'text', (c) => c.primaryKey())
        .addColumn('key_hash', 'text')
        .addColumn('settings', 'text', (c) => c.notNull())
        .addColumn('version', types.integer, (c) => c.notNull())
        .addColumn('changed_at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('consent')
        .addColumn('consent_id', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('department_id', 'text', (c) => c.notNull())
        .addColumn('fields', 'text', (c) => c.notNull())
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('given_at', types.integer, (c) => c.notNull())
        .addColumn('until', types.integer, (c) => c.notNull())
        .addColumn('withdrawn_at', types.integer)
        .execute();
      await db.schema.createIndex('consent_person').on('consent').column('depositor_id').execute();
      await countedTable(db, types, 'outward_answer')
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('department_id', 'text', (c) => c.notNull())
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('given', 'text', (c) => c.notNull())
        .addColumn('withheld', 'text', (c) => c.notNull())
        .addColumn('found', types.integer, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('outward_answer_at').on('outward_answer').column('at').execute();
    },
  },
];
