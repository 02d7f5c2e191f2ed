import { sql } from 'kysely';
import type { GuardStore } from '../guard-store.ts';
import type { Db } from '../tables/tables.ts';

export function guardStore(db: Db): GuardStore {
  return {
    async count(key, { most, windowMs, lockMs }, at) {
      const row = await db
        .insertInto('guard')
        .values({ key, tries: 1, ends_at: at + (most === 0 ? lockMs : windowMs) })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            tries: sql<number>`CASE WHEN guard.ends_at <= ${at} THEN 1 ELSE guard.tries + 1 END`,
            // excluded: what was to be inserted, a window that begins now.
            ends_at: sql<number>`CASE WHEN guard.ends_at <= ${at} THEN excluded.ends_at
              WHEN guard.tries = ${most} THEN CAST(${at + lockMs} AS bigint) ELSE guard.ends_at END`,
          }),
        )
        .returning(['tries', 'ends_at'])
        .executeTakeFirstOrThrow();
      return { tries: row.tries, endsAt: row.ends_at };
    },
    async look(key, at) {
      const row = await db.selectFrom('guard').selectAll().where('key', '=', key).executeTakeFirst();
      return row && row.ends_at > at ? { tries: row.tries, endsAt: row.ends_at } : undefined;
    },
    async clear(key) {
      await db.deleteFrom('guard').where('key', '=', key).execute();
    },
    async sweep(before) {
      await db.deleteFrom('guard').where('ends_at', '<', before).execute();
    },
  };
}
