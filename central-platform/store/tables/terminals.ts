import type { Generated } from 'kysely';

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
  };
  security_event: {
    id: Generated<number>;
    at: number;
    code: string;
    terminal_id: string | null;
    detail: string;
  };
}
