import type { DownlinkKind } from '@kiosk/contract/platform/downlink.ts';
import type { Generated } from 'kysely';

export interface ConfigurationTables {
  /** Proposed, approved by another person, and released. scope: '' for the whole centre, or a terminal. */
  configuration_change: {
    id: Generated<number>;
    kind: DownlinkKind;
    scope: string;
    /** JSON. */
    content: string;
    proposed_by: string;
    proposed_at: number;
    approved_by: string | null;
    approved_at: number | null;
  };
  /** Kept for ever: whatever a terminal says it applied can be shown, byte by byte. */
  configuration_release: {
    kind: DownlinkKind;
    version: number;
    scope: string;
    change_id: number | null;
    statement: Uint8Array;
    key_id: string;
    signature: Uint8Array;
    issued_at: number;
    expires: number;
  };
}
