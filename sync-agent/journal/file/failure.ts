import Database from 'better-sqlite3';
import type { Failure } from '@kiosk/contract/kernel/result.ts';

/**
 * The catalogue code of an error of the storage below us, or undefined when the error is a bug of ours and must crash.
 * The detail is SQLite's own code and never its message, which may quote values.
 */
export function storageFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const code = error.code;
  if (code === 'SQLITE_FULL') return { code: 'E6101', detail: code };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { code: 'E6103', detail: code };
  // BUSY: another process has the file open, which the exclusive lock forbids. PROTOCOL: locking itself failed.
  const unusable = /^SQLITE_(IOERR|READONLY|CANTOPEN|BUSY|LOCKED|NOLFS|PERM|AUTH|PROTOCOL)/;
  return unusable.test(code) ? { code: 'E6102', detail: code } : undefined;
}

/** The same for files that are not SQLite's (directory, key file). */
export function fileFailure(error: unknown): Failure | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  // Node's rmSync names the call and gives no code when a disk does not let go of a file (Node 24).
  if (code === '' && error instanceof Error && 'syscall' in error)
    return { code: 'E6102', detail: String(error.syscall) };
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  return { code: code === 'ENOSPC' || code === 'EDQUOT' ? 'E6101' : 'E6102', detail: code };
}
