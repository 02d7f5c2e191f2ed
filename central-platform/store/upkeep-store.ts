import type { StreamName } from '@kiosk/contract/journal/entry.ts';

export interface BackupRun {
  readonly id: number;
  readonly startedAt: number;
  /** null: it never came to an end, or is under way. */
  readonly endedAt: number | null;
  readonly file: string;
  readonly bytes: number | null;
  /** Restored elsewhere and compared with what was there when it was made. */
  readonly verified: boolean;
  readonly compared: number | null;
  readonly error: string | null;
}

export interface RetentionRun {
  readonly at: number;
  readonly what: string;
  readonly before: number;
  readonly dropped: string;
  readonly kept: string | null;
}

/** Tables whose rows go by their age, each with the column that tells it. */
export type AgingTable = 'challenge' | 'identity_token' | 'identity_factor' | 'sms_outbox' | 'security_event';

/** What went, and why something that was old enough stays. */
export interface Dropped {
  readonly dropped: string;
  readonly kept: string | null;
}

export interface UpkeepStore {
  /** Parts of the bodies for a time of receipt and what comes next. Nothing to do in SQLite. */
  makeRoom(at: number): Promise<void>;
  /**
   * Drops bodies of a stream received before a time: whole parts in PostgreSQL, a bounded number of rows in SQLite (ask again while
   * `more`). Keys stay for ever; a body that was not projected or is in quarantine stays as well.
   */
  dropBodies(stream: StreamName, before: number): Promise<Dropped & { readonly more: boolean }>;
  /** Deletes a bounded number of rows. */
  dropRows(table: AgingTable, before: number): Promise<number>;
  noteRetention(run: RetentionRun): Promise<void>;
  retentionRuns(): Promise<readonly RetentionRun[]>;

  /** undefined: one was begun after `notSince`, by this process or another. */
  beginBackup(at: number, file: string, notSince: number): Promise<number | undefined>;
  endBackup(
    id: number,
    result: Pick<BackupRun, 'endedAt' | 'bytes' | 'verified' | 'compared' | 'error'>,
  ): Promise<void>;
  /** How far every stream is acknowledged, by `terminal stream`. */
  heads(): Promise<ReadonlyMap<string, number>>;
  /** Newest first. */
  backupRuns(): Promise<readonly BackupRun[]>;
}
