import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Db, STEPS, type Tables } from '../tables/tables.ts';
import { PREPARED_NAMES } from './prepared.ts';
import { POSTGRES_TYPES, migrate } from './schema.ts';
import { StoreUnavailable, isUnavailable } from './unavailable.ts';

/** How long things may take before a caller hears that the database does not answer; in ms. */
export interface Patience {
  readonly connect: number;
  readonly query: number;
}

const PATIENCE: Patience = { connect: 5_000, query: 10_000 };

/** bigint: instants, counts and fen stay below 2^53, and a number that does not is a bug, not a rounding. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the store is beyond 2^53');
  return value;
}

/** The tables in PostgreSQL 15 or later; `url` as in DATABASE_URL. Throws StoreUnavailable when it cannot be reached. */
export async function postgresTables(url: string, connections: number, patience: Patience = PATIENCE): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'kiosk-platform',
    connectionTimeoutMillis: patience.connect,
    // The server's own limit comes first, so that a slow question ends there as well; the client's is for one that stands still.
    statement_timeout: patience.query,
    lock_timeout: patience.query,
    idle_in_transaction_session_timeout: patience.query * 2,
    query_timeout: patience.query + 1_000,
    keepAlive: true,
    types: {
      getTypeParser: (id, format) =>
        // int8
        id === 20 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(id, format as 'text'),
    },
  });
  // A connection that dies while nobody uses it is replaced with the next question.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: watched(pool) }) });
  try {
    await migrate(db as unknown as Kysely<unknown>, POSTGRES_TYPES, STEPS);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

type DialectPool = Extract<ConstructorParameters<typeof PostgresDialect>[0]['pool'], { connect(): unknown }>;
type DialectClient = Awaited<ReturnType<DialectPool['connect']>>;

/**
 * The pool as kysely uses it. A connection on which something stood still is thrown away and not used again: its answer may
 * still come, and would be taken for the next one's. Texts that are asked all the time keep their plan.
 */
function watched(pool: pg.Pool): DialectPool {
  const known = new WeakMap<pg.PoolClient, DialectClient>();
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw translated(error);
      });
      const there = known.get(client) ?? watchedClient(client);
      // kysely tells connections apart by the object it got.
      known.set(client, there);
      return there;
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

function watchedClient(client: pg.PoolClient): DialectClient {
  let broken: Error | undefined;
  client.on('error', (error) => (broken ??= error));
  const query = async (text: string, values: readonly unknown[]) => {
    if (broken) throw new StoreUnavailable(broken.message);
    const name = PREPARED_NAMES.get(text);
    try {
      return await client.query({ text, values: [...values], ...(name !== undefined && { name }) });
    } catch (error) {
      const told = translated(error);
      // A time-out of the server leaves the connection sound; everything else that makes it unavailable does not.
      if (told instanceof StoreUnavailable && !isServerTimeout(error)) broken ??= told;
      throw told;
    }
  };
  return { query, release: () => client.release(broken) } as unknown as DialectClient;
}

const isServerTimeout = (error: unknown): boolean =>
  ['57014', '55P03'].includes(String((error as { code?: unknown }).code));

function translated(error: unknown): unknown {
  // Words of the connection, which hold no value of a question.
  return isUnavailable(error) ? new StoreUnavailable((error as Error).message, { cause: error }) : error;
}
