import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

/** What the two engines call the same thing. Tables are otherwise written once, with kysely's schema builder. */
export interface Types {
  readonly engine: 'sqlite' | 'postgres';
  /** Instants, counts and fen: 64 bits. */
  readonly integer: 'integer' | 'bigint';
  readonly blob: 'blob' | 'bytea';
}

export const SQLITE_TYPES: Types = { engine: 'sqlite', integer: 'integer', blob: 'blob' };
export const POSTGRES_TYPES: Types = { engine: 'postgres', integer: 'bigint', blob: 'bytea' };

/** One addition to the schema. It never takes anything away, so that the previous release still reads and writes. */
export interface Step {
  /** Once given it stays: a store knows by it what it has. */
  readonly name: string;
  up(db: Kysely<unknown>, types: Types): Promise<void>;
}

/** A column `id` that counts by itself. */
export function countedTable(db: Kysely<unknown>, { engine }: Types, name: string): CreateTableBuilder<string, 'id'> {
  return db.schema
    .createTable(name)
    .addColumn('id', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
      engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedByDefaultAsIdentity(),
    );
}

/** Any number that means "the schema of this platform" to whoever else uses the same PostgreSQL. */
const LOCK = 3_801_0000;

/** Brings the schema up to this release, each step whole or not at all. Processes that start together take turns. */
export async function migrate(db: Kysely<unknown>, types: Types, steps: readonly Step[]): Promise<void> {
  const known = await namesOf(db, types);
  for (const step of steps.filter(({ name }) => !known.has(name))) {
    await db.transaction().execute(async (transaction) => {
      if (types.engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      // Another process may have been quicker.
      if ((await namesOf(transaction, types)).has(step.name)) return;
      await step.up(transaction, types);
      await sql`INSERT INTO schema_step (name) VALUES (${step.name})`.execute(transaction);
    });
  }
}

async function namesOf(db: Kysely<unknown>, { engine }: Types): Promise<ReadonlySet<string>> {
  const there =
    engine === 'sqlite'
      ? sql`SELECT 1 FROM sqlite_master WHERE name = 'schema_step'`
      : sql`SELECT 1 FROM pg_class WHERE oid = to_regclass('schema_step')`;
  if ((await there.execute(db)).rows.length === 0) {
    // Two that make it at the same moment: the second finds it made, or hears so in an error of its own.
    await db.schema
      .createTable('schema_step')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .execute()
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== '23505') throw error;
      });
  }
  const { rows } = await sql<{ name: string }>`SELECT name FROM schema_step`.execute(db);
  return new Set(rows.map(({ name }) => name));
}
