import { PostgresAdapter, sql } from 'kysely';
import type { Db } from '../tables/tables.ts';
import type { Types } from './schema.ts';

/** For the few questions that the engines answer best in words of their own. */
export function engineOf(db: Db): Types['engine'] {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/**
 * Whoever names the same thing waits until this transaction ends. SQLite has one connection, whose transactions take turns as it
 * is; processes that share a PostgreSQL do not.
 */
export async function inTurn(transaction: Db, thing: string): Promise<void> {
  if (engineOf(transaction) === 'sqlite') return;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${thing}, 3801))`.execute(transaction);
}
