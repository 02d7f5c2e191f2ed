import type { Capture, PrintCompletion, StatusChange } from '@kiosk/contract/services/device-host.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import Database from 'better-sqlite3';
import { LEDGER_VERSION, migrate } from './ledger-schema.ts';

/** An operation that moves paper or takes a card, as the ledger keeps it. */
export interface LedgerEntry {
  readonly operationId: string;
  readonly deviceId: string;
  readonly command: 'printSlip' | 'printDocument' | 'retainCard';
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
  sheets: number | null;
}

/** Changes of state that are kept of each device. */
const HISTORY_LENGTH = 200;

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
      if (version > LEDGER_VERSION) return refuse('E6106', `version ${version}, this release reads ${LEDGER_VERSION}`);
      migrate(db, version);
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
  settle(operationId: string, { outcome, code, printed, sheets }: PrintCompletion, at: number): Result<void> {
    return this.#write(
      `UPDATE operation SET outcome = ?, code = ?, printed = ?, sheets = ?, settled_at = ?
       WHERE operation_id = ? AND outcome IS NULL`,
      [outcome, code ?? null, printed, sheets ?? null, at, operationId],
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

  /** A card that a reader takes by its own policy: the operation, and why. Durable when it returns. Errors: E6101, E6102. */
  startCapture(
    operation: Pick<LedgerEntry, 'operationId' | 'deviceId'>,
    why: Capture['why'],
    at: number,
  ): Result<void> {
    const started = this.start({ ...operation, command: 'retainCard' }, at);
    if (!started.ok) return started;
    return this.#write('INSERT INTO capture (operation_id, why) VALUES (?, ?)', [operation.operationId, why]);
  }

  /** Captures that ended and are not in the journal yet, oldest first. */
  captures(): Capture[] {
    const rows = this.#db.prepare(
      `SELECT operation_id, device_id, settled_at, why, outcome, code FROM capture JOIN operation USING (operation_id)
       WHERE journaled = 0 AND outcome IS NOT NULL ORDER BY operation.rowid`,
    );
    const all = rows.all() as (Pick<Row, 'operation_id' | 'device_id' | 'code'> & {
      settled_at: number;
      why: Capture['why'];
      outcome: Capture['outcome'];
    })[];
    return all.map(({ operation_id: operationId, device_id: deviceId, settled_at: at, why, outcome, code }) => ({
      ...{ operationId, deviceId, at, why, outcome },
      ...(code === null ? {} : { code }),
    }));
  }

  noteJournaled(operationId: string): Result<void> {
    return this.#write('UPDATE capture SET journaled = 1 WHERE operation_id = ?', [operationId]);
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

  /** Adds to the history of a device and forgets what is older than the last changes. */
  noteChange(deviceId: string, { at, state, code }: StatusChange): Result<void> {
    const noted = this.#write('INSERT INTO history (device_id, at, state, code) VALUES (?, ?, ?, ?)', [
      deviceId,
      at,
      state,
      code ?? null,
    ]);
    if (!noted.ok) return noted;
    return this.#write(
      `DELETE FROM history WHERE device_id = ? AND id <=
         (SELECT id FROM history WHERE device_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${HISTORY_LENGTH})`,
      [deviceId, deviceId],
    );
  }

  /** Newest first. */
  history(deviceId: string): StatusChange[] {
    const rows = this.#db.prepare('SELECT at, state, code FROM history WHERE device_id = ? ORDER BY id DESC');
    return (rows.all(deviceId) as { at: number; state: StatusChange['state']; code: string | null }[]).map(
      ({ at, state, code }) => ({ at, state, ...(code === null ? {} : { code }) }),
    );
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
  const { outcome, code, printed, sheets } = row;
  const told = { ...(code === null ? {} : { code }), ...(sheets === null ? {} : { sheets }) };
  return {
    operationId: row.operation_id,
    deviceId: row.device_id,
    command: row.command,
    jobRef: row.job_ref ?? undefined,
    completion: outcome === null ? undefined : { outcome, printed: printed ?? 0, ...told },
  };
}
