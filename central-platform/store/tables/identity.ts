import type { Generated } from 'kysely';

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
  identity_token: { token_hash: string; terminal_id: string; depositor_id: string; expires_at: number };
  sms_outbox: { id: Generated<number>; at: number; phone_masked: string; text: Uint8Array };
}
