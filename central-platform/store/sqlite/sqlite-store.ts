import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import { areas } from '../areas/areas.ts';
import { sqliteTables } from '../engine/sqlite.ts';
import type { Store } from '../store.ts';
import { businessStore } from './business.ts';
import { carriedStore } from './carried.ts';
import { configurationStore } from './configuration.ts';
import { openDatabase } from './database.ts';
import { documentStore } from './documents.ts';
import { identityStore } from './identity.ts';
import { journalStore } from './journal.ts';
import { reconciliationStore } from './reconciliation.ts';
import { securityStore, terminalStore } from './terminals.ts';

/** The default engine: one file, nothing to install. Errors: E6102, E6105. */
export async function openSqliteStore(file: string): Promise<Result<Store>> {
  const opened = openDatabase(file);
  if (!opened.ok) return opened;
  const db = opened.value;
  const tables = await sqliteTables(db);
  return ok({
    ...areas(tables),
    terminals: terminalStore(db),
    journal: journalStore(db),
    carried: carriedStore(db),
    business: businessStore(db),
    documents: documentStore(db),
    identity: identityStore(db),
    security: securityStore(db),
    configuration: configurationStore(db),
    reconciliation: reconciliationStore(db),
    async close() {
      await tables.destroy();
    },
  });
}
