import { type Step } from '../engine/schema.ts';

export interface CoreTables {
  core_person: { depositor_id: string; id_hash: string; sealed: Uint8Array };
  core_account: {
    depositor_id: string;
    place: number;
    unit_id: number;
    /** JSON of what is nobody's secret. */
    facts: string;
  };
  core_year: {
    depositor_id: string;
    place: number;
    fund_year: number;
    opening_fen: number;
    /** Packed, one entry between two semicolons: core-entries.ts. */
    entries: string;
  };
  core_unit: {
    unit_id: number;
    unit_account: string;
    name: string;
    state: string;
    paid_to: string;
    people: number;
    certificate: string | null;
  };
  core_act: {
    reference: string;
    depositor_id: string;
    place: number;
    at: number;
    asked_hash: string;
    sealed: Uint8Array;
  };
}

export const CORE_STEPS: readonly Step[] = [
  {
    name: 'core-1',
    async up(db, types) {
      await db.schema
        .createTable('core_person')
        .addColumn('depositor_id', 'text', (c) => c.primaryKey())
        .addColumn('id_hash', 'text', (c) => c.notNull().unique())
        .addColumn('sealed', types.blob, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('core_account')
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('place', types.integer, (c) => c.notNull())
        .addColumn('unit_id', types.integer, (c) => c.notNull())
        .addColumn('facts', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('core_account_key', ['depositor_id', 'place'])
        .execute();
      await db.schema
        .createTable('core_year')
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('place', types.integer, (c) => c.notNull())
        .addColumn('fund_year', types.integer, (c) => c.notNull())
        .addColumn('opening_fen', types.integer, (c) => c.notNull())
        .addColumn('entries', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('core_year_key', ['depositor_id', 'place', 'fund_year'])
        .execute();
      await db.schema
        .createTable('core_unit')
        .addColumn('unit_id', types.integer, (c) => c.primaryKey())
        .addColumn('unit_account', 'text', (c) => c.notNull().unique())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('paid_to', 'text', (c) => c.notNull())
        .addColumn('people', types.integer, (c) => c.notNull())
        .addColumn('certificate', 'text', (c) => c.unique())
        .execute();
      await db.schema
        .createTable('core_act')
        .addColumn('reference', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('place', types.integer, (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('asked_hash', 'text', (c) => c.notNull())
        .addColumn('sealed', types.blob, (c) => c.notNull())
        .addUniqueConstraint('core_act_place', ['depositor_id', 'place'])
        .execute();
    },
  },
];
