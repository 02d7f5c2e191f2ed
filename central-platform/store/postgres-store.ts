import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { sql } from 'kysely';
import { areas } from './areas/areas.ts';
import { type Patience, postgresTables } from './engine/postgres.ts';
import type { Store } from './store.ts';
import type { Db } from './tables/tables.ts';

export interface PostgresOptions {
  /** Of this process; several share a server. */
  readonly connections?: number;
  readonly patience?: Patience;
}

/** Two cores are busy with fewer; more only wait for each other. */
const CONNECTIONS = 16;

/**
 * The engine that several platform processes share; `url` as in DATABASE_URL. Errors: E6102 cannot be reached or read, E6105
 * what it acknowledges might not be on the disk.
 */
export async function openPostgresStore(url: string, options: PostgresOptions = {}): Promise<Result<Store>> {
  let tables: Db | undefined;
  try {
    tables = await postgresTables(url, options.connections ?? CONNECTIONS, options.patience);
    const unsafe = await whyUnsafe(tables);
    if (unsafe === undefined) {
      const db = tables;
      return ok({ ...areas(db), close: () => db.destroy() });
    }
    await tables.destroy();
    return fail('E6105', unsafe);
  } catch (error) {
    await tables?.destroy();
    return fail('E6102', error instanceof Error ? error.message : String(error));
  }
}

const OLDEST = 150_000;

/** The settings that make an acknowledgement true are read and not believed. */
async function whyUnsafe(db: Db): Promise<string | undefined> {
  const setting = (name: string) => sql<string>`current_setting(${name})`;
  const { rows } = await sql<{ version: string; fsync: string; pages: string; commit: string }>`
    SELECT ${setting('server_version_num')} AS version, ${setting('fsync')} AS fsync,
      ${setting('full_page_writes')} AS pages, ${setting('synchronous_commit')} AS commit`.execute(db);
  const { version, fsync, pages, commit } = rows[0]!;
  if (Number(version) < OLDEST) return `server version ${version}; expected ${OLDEST} or newer`;
  // remote_write and local wait for this server's own disk as well.
  if (fsync === 'on' && pages === 'on' && commit !== 'off') return undefined;
  return `fsync ${fsync}, full_page_writes ${pages}, synchronous_commit ${commit}; expected on, on and not off`;
}
