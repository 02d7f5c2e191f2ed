import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { areas } from '../areas/areas.ts';
import { sqliteTables } from '../engine/sqlite.ts';
import type { Store } from '../store.ts';
import { openDatabase } from './database.ts';

/** The default engine: one file, nothing to install. Errors: E6102, E6105. */
export async function openSqliteStore(file: string): Promise<Result<Store>> {
  const opened = openDatabase(file);
  if (!opened.ok) return opened;
  try {
    const tables = await sqliteTables(opened.value);
    return ok({ ...areas(tables), close: () => tables.destroy() });
  } catch (error) {
    opened.value.close();
    return fail('E6102', error instanceof Error ? error.message : String(error));
  }
}
