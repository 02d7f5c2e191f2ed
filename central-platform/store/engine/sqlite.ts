import type Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { MIGRATIONS } from '../sqlite/schema.ts';
import { type Db, STEPS, type Tables } from '../tables/tables.ts';
import { SQLITE_TYPES, migrate } from './schema.ts';

/** Statements kept parsed; enough for every question the platform asks. */
const STATEMENTS = 1_000;

/** The tables in one file, over a connection that is open already and from now on is used through the tables only. */
export async function sqliteTables(database: Database.Database): Promise<Db> {
  firstTables(database);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: remembering(database) }) });
  await migrate(db as unknown as Kysely<unknown>, SQLITE_TYPES, STEPS);
  return db;
}

/** Tables of the releases before there was a second engine; files of theirs are brought up from wherever they stand. */
function firstTables(database: Database.Database): void {
  const done = Number(database.pragma('user_version', { simple: true }));
  MIGRATIONS.slice(done).forEach((text, index) => {
    database.transaction(() => {
      database.exec(text);
      database.pragma(`user_version = ${done + index + 1}`);
    })();
  });
}

/** SQLite parses a question in as long as it takes to answer it. */
function remembering(database: Database.Database): Pick<Database.Database, 'close' | 'prepare'> {
  const known = new Map<string, Database.Statement>();
  const prepare = (text: string): Database.Statement => {
    const there = known.get(text);
    if (there) return there;
    const statement = database.prepare(text);
    if (known.size < STATEMENTS) known.set(text, statement);
    return statement;
  };
  return { prepare: prepare as Database.Database['prepare'], close: () => database.close() };
}
