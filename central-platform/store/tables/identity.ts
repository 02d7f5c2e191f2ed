import type { Generated } from 'kysely';
import type { Step } from '../engine/schema.ts';

export interface IdentityTables {
  challenge: {
    challenge_id: string;
    terminal_id: string;
    person_hash: string;
    depositor_id: string;
    code_hash: string;
    phone_masked: string;
    created_at: number;
    expires_at: number;
    used: Generated<0 | 1>;
  };
  identity_tries: { person_hash: string; tries: number; locked_until: number };
  identity_token: {
    token_hash: string;
    terminal_id: string;
    depositor_id: string;
    expires_at: number;
    /** JSON of the agent behind it, masked; null: the person. */
    agent: Generated<string | null>;
  };
  /** One row for each kind of factor of a token; proven again, it has the later time. */
  identity_factor: { factor_id: string; token_hash: string; kind: string; at: number; expires_at: number };
  agent_authorisation: {
    authorisation_id: string;
    /** Who gave it. */
    depositor_id: string;
    /** Keyed hash of the code that the agent brings. */
    code_hash: string;
    /** Keyed hash of the agent's document number. */
    agent_hash: string;
    /** Masked. */
    agent_name: string;
    agent_number: string;
    /** JSON. */
    items: string;
    given_at: number;
    until: number;
    withdrawn_at: number | null;
  };
  sms_outbox: { id: Generated<number>; at: number; phone_masked: string; text: Uint8Array };
}

export const IDENTITY_STEPS: readonly Step[] = [
  {
    name: 'identity-2',
    async up(db, types) {
      await db.schema.alterTable('identity_token').addColumn('agent', 'text').execute();
      await db.schema
        .createTable('identity_factor')
        .addColumn('factor_id', 'text', (c) => c.primaryKey())
        .addColumn('token_hash', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('at', types.integer, (c) => c.notNull())
        .addColumn('expires_at', types.integer, (c) => c.notNull())
        .execute();
      await db.schema.createIndex('identity_factor_token').on('identity_factor').column('token_hash').execute();
      await db.schema
        .createTable('agent_authorisation')
        .addColumn('authorisation_id', 'text', (c) => c.primaryKey())
        .addColumn('depositor_id', 'text', (c) => c.notNull())
        .addColumn('code_hash', 'text', (c) => c.notNull().unique())
        .addColumn('agent_hash', 'text', (c) => c.notNull())
        .addColumn('agent_name', 'text', (c) => c.notNull())
        .addColumn('agent_number', 'text', (c) => c.notNull())
        .addColumn('items', 'text', (c) => c.notNull())
        .addColumn('given_at', types.integer, (c) => c.notNull())
        .addColumn('until', types.integer, (c) => c.notNull())
        .addColumn('withdrawn_at', types.integer)
        .execute();
      await db.schema
        .createIndex('agent_authorisation_person')
        .on('agent_authorisation')
        .column('depositor_id')
        .execute();
    },
  },
];
