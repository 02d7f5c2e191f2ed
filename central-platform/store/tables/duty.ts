import type { IncidentKind } from '../duty-store.ts';
import type { Step } from '../engine/schema.ts';

export interface DutyTables {
  duty_contact: {
    contact_id: string;
    branch_id: string;
    level: number;
    label: string;
    phone: Uint8Array;
    phone_masked: string;
    from_time: string;
    to_time: string;
  };
  terminal_incident: {
    incident_id: string;
    terminal_id: string;
    kind: IncidentKind;
    opened_at: number;
    recovered_at: number | null;
    level: number;
    told_at: number | null;
    /** Terminal and kind while it is not over: there is one at a time. */
    open_key: string | null;
  };
}

export const DUTY_STEPS: readonly Step[] = [
  {
    name: 'duty-1',
    async up(db, types) {
      await db.schema
        .createTable('duty_contact')
        .addColumn('contact_id', 'text', (c) => c.primaryKey())
        .addColumn('branch_id', 'text', (c) => c.notNull())
        .addColumn('level', types.integer, (c) => c.notNull())
        .addColumn('label', 'text', (c) => c.notNull())
        .addColumn('phone', types.blob, (c) => c.notNull())
        .addColumn('phone_masked', 'text', (c) => c.notNull())
        .addColumn('from_time', 'text', (c) => c.notNull())
        .addColumn('to_time', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('terminal_incident')
        .addColumn('incident_id', 'text', (c) => c.primaryKey())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('opened_at', types.integer, (c) => c.notNull())
        .addColumn('recovered_at', types.integer)
        .addColumn('level', types.integer, (c) => c.notNull())
        .addColumn('told_at', types.integer)
        .addColumn('open_key', 'text', (c) => c.unique())
        .execute();
      await db.schema.createIndex('terminal_incident_at').on('terminal_incident').column('opened_at').execute();
    },
  },
];
