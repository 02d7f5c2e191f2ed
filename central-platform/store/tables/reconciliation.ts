import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { DifferenceKind } from '@kiosk/contract/platform/reconciliation.ts';
import type { Generated } from 'kysely';

export interface ReconciliationTables {
  /** What entries add up to, line by line, as the platform read them; beside the keys, not instead of them. */
  ledger_line: {
    terminal_id: string;
    stream: StreamName;
    seq: number;
    kind: string;
    operation_id: string | null;
    /** JSON. */
    content: string;
  };
  ledger_cursor: { terminal_id: string; stream: StreamName; seq: number };
  day_close: {
    terminal_id: string;
    number: number;
    day: string;
    /** JSON. */
    content: string;
    /** The text that was signed. */
    statement: string;
    signature: Uint8Array;
    received_at: number;
    /** null: received and not compared yet. */
    equal: 0 | 1 | null;
  };
  head_report: {
    terminal_id: string;
    day: string;
    at: number;
    /** JSON. */
    heads: string;
    signature: Uint8Array;
    equal: 0 | 1;
  };
  /** The platform's own keys do not follow from one another from here on. */
  broken_chain: { terminal_id: string; stream: StreamName; seq: number };
  difference_case: {
    case_id: string;
    terminal_id: string;
    kind: DifferenceKind;
    subject: string;
    number: number | null;
    day: string;
    seq: number | null;
    first_seq: number | null;
    terminal_value: string;
    platform_value: string;
    state: Generated<'open' | 'closed'>;
    owner: Generated<string>;
    opened_at: number;
    last_seen_at: number;
    reports: Generated<number>;
  };
}
