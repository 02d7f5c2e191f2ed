import { sql } from 'kysely';
import type { Step } from '../engine/schema.ts';

export interface DocumentTables {
  document_sequence: { centre_id: string; terminal_id: string; date: string; last: number };
  document: {
    document_number: string;
    kind: string;
    state: 'issuing' | 'valid' | 'cancelled';
    terminal_id: string;
    operation_id: string;
    depositor_id: string;
    fingerprint: string;
    issued_at: number;
    verification_code: string | null;
    verification_url: string | null;
    pages: number | null;
    sha256: string | null;
    /** JSON, masked. */
    public_content: string | null;
    /** From here on: columns of the register as it was generalised. */
    valid_until: string | null;
    sealed_by: string | null;
    cancelled_at: number | null;
    cancel_reason: string | null;
    /** What it was rendered from, sealed by the vault. */
    source: Uint8Array | null;
  };
  /** The first print of a document. */
  document_archive: {
    document_number: string;
    /** Sealed by the vault. */
    bytes: Uint8Array;
  };
  /** 补打 n: a paper of its own, with its own hash. */
  document_reprint: {
    document_number: string;
    reprint: number;
    terminal_id: string;
    operation_id: string;
    at: number;
    pages: number | null;
    sha256: string | null;
    bytes: Uint8Array | null;
  };
  /** A certificate for another city's centre: what became of it. */
  certificate: {
    document_number: string;
    depositor_id: string;
    state: string;
    /** JSON. */
    content: string;
    version: number;
    at: number;
  };
  certificate_step: {
    document_number: string;
    place: number;
    at: number;
    actor: string;
    type: string;
    /** JSON. */
    content: string;
  };
}

/** The tables themselves are older than these steps: store/sqlite/schema.ts, first-postgres.ts. */
export const DOCUMENT_STEPS: readonly Step[] = [
  {
    name: 'documents-register',
    async up(db, types) {
      const columns: readonly (readonly [string, string])[] = [
        ['valid_until', 'text'],
        ['sealed_by', 'text'],
        ['cancelled_at', types.integer],
        ['cancel_reason', 'text'],
        ['source', types.blob],
      ];
      for (const [name, type] of columns) {
        await sql`ALTER TABLE document ADD COLUMN ${sql.ref(name)} ${sql.raw(type)}`.execute(db);
      }
      await db.schema
        .createTable('document_reprint')
        .addColumn('document_number', 'text', (c) => c.notNull().references('document.document_number'))
        .addColumn('reprint', types.integer, (c) => c.notNull())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('operation_id', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('pages', types.integer)
        .addColumn('sha256', 'text')
        .addColumn('bytes', types.blob)
        .addPrimaryKeyConstraint('document_reprint_pk', ['document_number', 'reprint'])
        .addUniqueConstraint('document_reprint_operation', ['terminal_id', 'operation_id'])
        .execute();
      await db.schema.createIndex('document_depositor').on('document').columns(['depositor_id', 'issued_at']).execute();
    },
  },
  {
    name: 'documents-certificates',
    async up(db, types) {
      await db.schema
        .createTable('certificate')
        .addColumn('document_number', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addColumn('version', types.integer, (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('certificate_state').on('certificate').columns(['state', 'at']).execute();
      await db.schema
        .createTable('certificate_step')
        .addColumn('document_number', 'text', (c) => c.notNull().references('certificate.document_number'))
        .addColumn('place', types.integer, (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('certificate_step_pk', ['document_number', 'place'])
        .execute();
    },
  },
];
