import type { Selectable } from 'kysely';
import type { NoticeStore, StoredNotice } from '../notice-store.ts';
import type { NoticeTables } from '../tables/notices.ts';
import type { Db } from '../tables/tables.ts';

export function noticeStore(db: Db): NoticeStore {
  return {
    async add({ key, kind, depositorId, at, content }) {
      const added = await db
        .insertInto('notice')
        .values({
          ...{ key, kind, depositor_id: depositorId, at, state: 'waiting', tries: 0, next_at: at },
          content: content && Buffer.from(content),
        })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .executeTakeFirst();
      return added !== undefined;
    },
    due: async (at, limit) =>
      (
        await db
          .selectFrom('notice')
          .selectAll()
          .where('state', '=', 'waiting')
          .where('next_at', '<=', at)
          .orderBy('at')
          .limit(limit)
          .execute()
      ).map(noticeOf),
    nextDue: async () =>
      (
        await db
          .selectFrom('notice')
          .select('next_at')
          .where('state', '=', 'waiting')
          .orderBy('next_at')
          .limit(1)
          .executeTakeFirst()
      )?.next_at,
    async claim(key, tries, until) {
      const done = await db
        .updateTable('notice')
        .set({ tries: tries + 1, next_at: until })
        .where('key', '=', key)
        .where('tries', '=', tries)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async settle(key, { state, nextAt, forget }) {
      await db
        .updateTable('notice')
        .set({ state, next_at: nextAt, ...(forget ? { content: null } : {}) })
        .where('key', '=', key)
        .execute();
    },
    ofPerson: async (depositorId, limit) =>
      (
        await db
          .selectFrom('notice')
          .selectAll()
          .where('depositor_id', '=', depositorId)
          .orderBy('at', 'desc')
          .limit(limit)
          .execute()
      ).map(noticeOf),
    list: async (limit) =>
      (await db.selectFrom('notice').selectAll().orderBy('at', 'desc').limit(limit).execute()).map(noticeOf),
    async preference(depositorId) {
      const row = await db
        .selectFrom('notice_preference')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .executeTakeFirst();
      if (!row) return undefined;
      const { language, off, channel, at } = row;
      return { depositorId, language, off: JSON.parse(off) as string[], channel, at };
    },
    async prefer({ depositorId, language, off, channel, at }) {
      const values = { language, off: JSON.stringify(off), channel, at };
      await db
        .insertInto('notice_preference')
        .values({ depositor_id: depositorId, ...values })
        .onConflict((conflict) => conflict.column('depositor_id').doUpdateSet(values))
        .execute();
    },
    async walk(name) {
      const row = await db.selectFrom('notice_walk').selectAll().where('name', '=', name).executeTakeFirst();
      return row && { day: row.day, after: row.after, done: row.done === 1 };
    },
    async walked(name, day, after, done) {
      const values = { day, after, done: done ? 1 : 0 };
      await db
        .insertInto('notice_walk')
        .values({ name, ...values })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
        .execute();
    },
  };
}

const noticeOf = (row: Selectable<NoticeTables['notice']>): StoredNotice => ({
  key: row.key,
  kind: row.kind,
  depositorId: row.depositor_id,
  at: row.at,
  content: row.content,
  state: row.state,
  tries: row.tries,
  nextAt: row.next_at,
});
