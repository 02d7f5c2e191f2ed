import type { PrintCompletion } from '@kiosk/contract/services/device-host.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import Database from 'better-sqlite3';

/** An operation that moves paper, as the ledger keeps it. */
export interface LedgerEntry {
  readonly operationId: string;
  readonly deviceId: string;
  readonly command: 'printSlip' | 'printDocument';
  /** The device's own name of the job. */
  readonly jobRef: string | undefined;
  /** undefined: started, and nobody said how it ended. */
  readonly completion: PrintCompletion | undefined;
}

interface Row {
  operation_id: string;
  device_id: string;
  command: LedgerEntry['command'];
  job_ref: string | null;
  outcome: PrintCompletion['outcome'] | null;
  code: string | null;
  printed: number | null;
}

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE operation (
    operation_id TEXT PRIMARY KEY,
    device_id    TEXT NOT NULL,
    command      TEXT NOT NULL CHECK (command IN ('printSlip', 'printDocument')),
    started_at   INTEGER NOT NULL,
    job_ref      TEXT,
    -- NULL: open.
    outcome      TEXT CHECK (outcome IN ('done', 'failed', 'unknown')),
    code         TEXT,
    printed      INTEGER,
    settled_at   INTEGER,
    CHECK ((outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (printed IS NULL))
  ) STRICT;
  CREATE INDEX operation_open ON operation (operation_id) WHERE outcome IS NULL;
  CREATE TABLE counter (
    device_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    value     INTEGER NOT NULL,
    PRIMARY KEY (device_id, name)
  ) STRICT;
  PRAGMA user_version = ${VERSION};
`;

/**
 * What this machine's devices were told to do. An entry is on disk before the first byte of its operation leaves, so an
 * operation that is not here was not done, and one that is here is never done again.
 */
export class Ledger {
  readonly #db: Database.Database;

  private constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Opens or makes the file. Errors: E6105 when it cannot be had with WAL and synchronous FULL, E6106 when a newer
   * release wrote it, E6102 when it cannot be read or written.
   */
  static open(path: string): Result<Ledger> {
    let db: Database.Database | undefined;
    const refuse = (code: string, detail: string): Result<never> => {
      db?.close();
      return fail(code, `${path}: ${detail}`);
    };
    try {
      db = new Database(path);
      const mode = db.pragma('journal_mode = WAL', { simple: true });
      db.pragma('synchronous = FULL');
      const synchronous = db.pragma('synchronous', { simple: true });
      if (mode !== 'wal' || synchronous !== 2) return refuse('E6105', `mode ${mode}, synchronous ${synchronous}`);
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version > VERSION) return refuse('E6106', `version ${version}, this release reads ${VERSION}`);
      if (version === 0) db.transaction(() => db?.exec(SCHEMA))();
      return ok(new Ledger(db));
    } catch (error) {
      return refuse('E6102', error instanceof Error ? error.message : String(error));
    }
  }

  /** Durable when it returns. Errors: E6101, E6102; the operation must then not begin. */
  start(operation: Pick<LedgerEntry, 'operationId' | 'deviceId' | 'command'>, at: number): Result<void> {
    const { operationId, deviceId, command } = operation;
    return this.#write('INSERT INTO operation (operation_id, device_id, command, started_at) VALUES (?, ?, ?, ?)', [
      operationId,
      deviceId,
      command,
      at,
    ]);
  }

  nameJob(operationId: string, jobRef: string): Result<void> {
    return this.#write('UPDATE operation SET job_ref = ? WHERE operation_id = ?', [jobRef, operationId]);
  }

  /** An outcome is written once; a later one changes nothing. */
  settle(operationId: string, { outcome, code, printed }: PrintCompletion, at: number): Result<void> {
    return this.#write(
      `UPDATE operation SET outcome = ?, code = ?, printed = ?, settled_at = ?
       WHERE operation_id = ? AND outcome IS NULL`,
      [outcome, code ?? null, printed, at, operationId],
    );
  }

  /** Refused before the first byte left: as if it had never been asked for, and it may be asked for again. */
  forget(operationId: string): Result<void> {
    return this.#write('DELETE FROM operation WHERE operation_id = ? AND outcome IS NULL', [operationId]);
  }

  find(operationId: string): LedgerEntry | undefined {
    const row = this.#db.prepare('SELECT * FROM operation WHERE operation_id = ?').get(operationId);
    return row ? entryOf(row as Row) : undefined;
  }

  /** Started and not settled, in the order in which they were started. */
  unsettled(): readonly LedgerEntry[] {
    const rows = this.#db.prepare('SELECT * FROM operation WHERE outcome IS NULL ORDER BY rowid').all();
    return rows.map((row) => entryOf(row as Row));
  }

  count(deviceId: string, counter: string, by: number): Result<void> {
    return this.#write(
      `INSERT INTO counter (device_id, name, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = value + excluded.value`,
      [deviceId, counter, by],
    );
  }

  counters(deviceId: string): Record<string, number> {
    const rows = this.#db.prepare('SELECT name, value FROM counter WHERE device_id = ? ORDER BY name').all(deviceId);
    return Object.fromEntries((rows as { name: string; value: number }[]).map(({ name, value }) => [name, value]));
  }

  close(): void {
    this.#db.close();
  }

  #write(sql: string, values: readonly (string | number | null)[]): Result<void> {
    try {
      this.#db.prepare(sql).run(...values);
      return ok();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.code.startsWith('SQLITE_CONSTRAINT')) throw error;
      return fail(error.code === 'SQLITE_FULL' ? 'E6101' : 'E6102', error.code);
    }
  }
}

function entryOf(row: Row): LedgerEntry {
  const { outcome, code, printed } = row;
  return {
    operationId: row.operation_id,
    deviceId: row.device_id,
    command: row.command,
    jobRef: row.job_ref ?? undefined,
    completion: outcome === null ? undefined : { outcome, printed: printed ?? 0, ...(code === null ? {} : { code }) },
  };
}
