import type { Generated } from 'kysely';
import type { Step, Types } from '../engine/schema.ts';

export interface TerminalTables {
  terminal: {
    terminal_id: string;
    /** Ed25519 or SM2, SPKI PEM. */
    signing_key_pem: string;
    state: Generated<'admitted' | 'revoked'>;
    registered_at: number;
    last_seen_at: number | null;
    /** JSON as it came. */
    heartbeat: string | null;
    /** Of the heartbeat (store/terminal-summary.ts), so that ten thousand are counted and sorted where they lie. */
    condition: 'fine' | 'warning' | 'fault' | null;
    program_version: string | null;
    applied_catalogue: number | null;
    applied_parameters: number | null;
    applied_command: number | null;
  };
  security_event: {
    id: Generated<number>;
    at: number;
    code: string;
    terminal_id: string | null;
    detail: string;
  };
}

export const TERMINAL_STEPS: readonly Step[] = [
  {
    // Filled by the next heartbeat of each; whoever sends none is silent and needs none of it.
    name: 'terminals-summary',
    async up(db, types) {
      const add = (name: string, type: 'text' | Types['integer']) =>
        db.schema.alterTable('terminal').addColumn(name, type).execute();
      await add('condition', 'text');
      await add('program_version', 'text');
      for (const kind of ['catalogue', 'parameters', 'command']) await add(`applied_${kind}`, types.integer);
    },
  },
];
