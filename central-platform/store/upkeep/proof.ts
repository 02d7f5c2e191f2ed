import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { sql } from 'kysely';
import { engineOf } from '../engine/engine-of.ts';
import type { Db } from '../tables/tables.ts';

/** How far each stream was acknowledged, by terminal and stream. */
export type Heads = ReadonlyMap<string, number>;

export async function headsOf(db: Db): Promise<Heads> {
  const rows = await db.selectFrom('stream_head').select(['terminal_id', 'stream', 'durable_up_to']).execute();
  return new Map(rows.map((row) => [`${row.terminal_id} ${row.stream}`, row.durable_up_to]));
}

/**
 * Whether a copy that was put back holds what was acknowledged before it was made: every stream as far as it stood then, every key
 * up to its head, and every table readable to its last row. Answers how many rows there are.
 */
export async function prove(db: Db, before: Heads): Promise<Result<number>> {
  const heads = await headsOf(db);
  for (const [stream, upTo] of before) {
    const restored = heads.get(stream) ?? 0;
    if (restored < upTo) return fail('E6110', `${stream}: restored up to ${restored}, acknowledged was ${upTo}`);
  }
  const { keys } = await db
    .selectFrom('entry_key')
    .select((e) => e.fn.countAll<number>().as('keys'))
    .executeTakeFirstOrThrow();
  const acknowledged = [...heads.values()].reduce((sum, upTo) => sum + upTo, 0);
  if (keys !== acknowledged) return fail('E6110', `${keys} keys restored, heads stand for ${acknowledged}`);
  const loose = await db
    .selectFrom('stream_head as h')
    .leftJoin('entry_key as k', (join) =>
      join
        .onRef('k.terminal_id', '=', 'h.terminal_id')
        .onRef('k.stream', '=', 'h.stream')
        .onRef('k.seq', '=', 'h.durable_up_to')
        .onRef('k.link', '=', 'h.head'),
    )
    .select(['h.terminal_id', 'h.stream'])
    .where('k.seq', 'is', null)
    .executeTakeFirst();
  if (loose) return fail('E6110', `${loose.terminal_id} ${loose.stream}: the head is not that of its newest key`);
  return ok(await rowsOf(db));
}

async function rowsOf(db: Db): Promise<number> {
  const tables =
    engineOf(db) === 'sqlite'
      ? sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : sql<{ name: string }>`SELECT relname AS name FROM pg_class
          WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`;
  let all = 0;
  for (const { name } of (await tables.execute(db)).rows) {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(name)}`.execute(db);
    all += rows[0]!.count;
  }
  return all;
}
