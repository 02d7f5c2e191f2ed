import type { Outcome } from '@kiosk/contract/services/common.ts';

export interface BusinessTables {
  request: {
    request_number: string;
    terminal_id: string;
    seq: number;
    operation_id: string;
    item: string;
    topic_id: string;
    level: string;
    offline: 0 | 1;
    submitted_at: number;
    received_at: number;
    /** Form and person, sealed by the vault. */
    content: Uint8Array;
  };
  rating: { terminal_id: string; seq: number; session_id: string; score: string; reason: string | null; at: number };
  print_operation: {
    terminal_id: string;
    operation_id: string;
    document_number: string | null;
    outcome: Outcome | null;
    code: string | null;
    printed: number | null;
  };
}
