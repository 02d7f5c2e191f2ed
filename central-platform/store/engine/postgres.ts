import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Db, STEPS, type Tables } from '../tables/tables.ts';
import { POSTGRES_TYPES, migrate } from './schema.ts';

/** bigint: instants, counts and fen stay below 2^53, and a number that does not is a bug, not a rounding. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the store is beyond 2^53');
  return value;
}

/** The tables in PostgreSQL 15 or later; `url` as in DATABASE_URL. Throws when it cannot be reached. */
export async function postgresTables(url: string, connections: number): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types: {
      getTypeParser: (id, format) =>
        // int8
        id === 20 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(id, format as 'text'),
    },
  });
  // A connection that dies while nobody uses it is replaced with the next question.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db as unknown as Kysely<unknown>, POSTGRES_TYPES, STEPS);
  return db;
}
