import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';
import type { Store } from './store.ts';

/** PostgreSQL where one is named, otherwise one file in the data folder. Errors: E6102, E6105. */
export async function openStore(config: {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}): Promise<Result<Store>> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return config.databaseUrl === undefined
    ? openSqliteStore(join(config.dataDir, 'platform.db'))
    : openPostgresStore(config.databaseUrl);
}
