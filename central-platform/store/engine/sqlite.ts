import type Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Db, STEPS, type Tables } from '../tables/tables.ts';
import { SQLITE_TYPES, migrate } from './schema.ts';

/** The tables in one file, over a connection that is open already. */
export async function sqliteTables(database: Database.Database): Promise<Db> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db as Kysely<unknown>, SQLITE_TYPES, STEPS);
  return db;
}
