import type { Generated } from 'kysely';
import type { Step } from '../engine/schema.ts';

export interface EnrolmentTables {
  /** One-time codes for terminals; the code itself is kept nowhere. */
  enrolment_code: {
    code_id: string;
    terminal_id: string;
    code_hash: string;
    created_by: string;
    created_at: number;
    expires_at: number;
    tries: number;
    used_at: number | null;
    cancelled_at: number | null;
    /** Keyed hash of the two keys that it was used with. */
    keys_hash: string | null;
    /** JSON: what was answered; a certificate is no secret. */
    answer: string | null;
    /** How often somebody asked with it again. */
    repeats: Generated<number>;
  };
  /** Certificates the enrolment authority gave out. */
  terminal_certificate: {
    /** Hexadecimal, small, without leading zeros. */
    serial_number: string;
    terminal_id: string;
    origin: 'enrolment' | 'renewal';
    issued_at: number;
    not_before: number;
    not_after: number;
    first_seen_at: number | null;
    superseded_at: number | null;
  };
  terminal_revocation: {
    terminal_id: string;
    reason: string;
    by: string;
    at: number;
  };
}

export const ENROLMENT_STEPS: readonly Step[] = [
  {
    name: 'enrolment-1',
    async up(db, types) {
      await db.schema
        .createTable('enrolment_code')
        .addColumn('code_id', 'text', (c) => c.primaryKey())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('code_hash', 'text', (c) => c.notNull())
        .addColumn('created_by', 'text', (c) => c.notNull())
        .addColumn('created_at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .addColumn('tries', types.integer, (c) => c.notNull())
        .addColumn('used_at', types.integer)
        .addColumn('cancelled_at', types.integer)
        .execute();
      await db.schema
        .createIndex('enrolment_code_terminal')
        .on('enrolment_code')
        .columns(['terminal_id', 'created_at'])
        .execute();
      await db.schema
        .createTable('terminal_certificate')
        .addColumn('serial_number', 'text', (c) => c.primaryKey())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('issued_at', types.integer, (c) => c.notNull())
        .addColumn('not_before', types.integer, (c) => c.notNull())
        .addColumn('not_after', types.integer, (c) => c.notNull())
        .addColumn('first_seen_at', types.integer)
        .addColumn('superseded_at', types.integer)
        .execute();
      await db.schema
        .createIndex('terminal_certificate_terminal')
        .on('terminal_certificate')
        .columns(['terminal_id', 'issued_at'])
        .execute();
      await db.schema
        .createTable('terminal_revocation')
        .addColumn('terminal_id', 'text', (c) => c.primaryKey())
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .execute();
    },
  },
  {
    name: 'enrolment-2',
    async up(db, types) {
      const table = () => db.schema.alterTable('enrolment_code');
      await table().addColumn('keys_hash', 'text').execute();
      await table().addColumn('answer', 'text').execute();
      await table()
        .addColumn('repeats', types.integer, (c) => c.notNull().defaultTo(0))
        .execute();
    },
  },
];
