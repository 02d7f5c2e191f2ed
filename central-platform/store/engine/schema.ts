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
  await db.schema
    .createTable('schema_step')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .execute();
  for (const step of steps) {
    await db.transaction().execute(async (transaction) => {
      if (types.engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      const known = transaction as unknown as Kysely<{ schema_step: { name: string } }>;
      const done = await known
        .selectFrom('schema_step')
        .select('name')
        .where('name', '=', step.name)
        .executeTakeFirst();
      if (done) return;
      await step.up(transaction, types);
      await known.insertInto('schema_step').values({ name: step.name }).execute();
    });
  }
}
