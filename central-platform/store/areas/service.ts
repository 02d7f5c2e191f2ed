import type { Selectable } from 'kysely';
import type { HandedIn, Pushed, ServiceStore } from '../service-store.ts';
import type { ServiceTables } from '../tables/service.ts';
import type { Db } from '../tables/tables.ts';

export function serviceStore(db: Db): ServiceStore {
  return {
    async handIn(paper, most) {
      const values = {
        case_number: paper.caseNumber,
        depositor_id: paper.depositorId,
        channel: paper.channel,
        material: paper.material,
        media_type: paper.mediaType,
        size: paper.size,
        sha256: paper.sha256,
        content: Buffer.from(paper.content),
        at: paper.at,
      };
      // Two at the same moment want the same place; the second takes the next one.
      for (;;) {
        const { last } = await db
          .selectFrom('handed_in')
          .select(({ fn }) => fn.max('place').as('last'))
          .where('case_number', '=', paper.caseNumber)
          .where('depositor_id', '=', paper.depositorId)
          .executeTakeFirstOrThrow();
        const place = Number(last ?? 0) + 1;
        if (place > most) return false;
        const added = await db
          .insertInto('handed_in')
          .values({ ...values, place })
          .onConflict((conflict) => conflict.columns(['case_number', 'depositor_id', 'place']).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (added) return true;
      }
    },
    async handedIn(caseNumber) {
      const rows = await db
        .selectFrom('handed_in')
        .select(['id', 'case_number', 'depositor_id', 'channel', 'material', 'media_type', 'size', 'sha256', 'at'])
        .where('case_number', '=', caseNumber)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ id: row.id, ...paperOf(row) }));
    },
    async paper(id) {
      const row = await db.selectFrom('handed_in').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { id: row.id, ...paperOf(row), content: row.content };
    },
    async rate({ at, channel, depositorId, subject, score, reason }) {
      const added = await db
        .insertInto('channel_rating')
        .values({ at, channel, depositor_id: depositorId, subject, score, reason })
        .onConflict((conflict) => conflict.columns(['depositor_id', 'subject']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    ratings: async (since) =>
      (await db.selectFrom('channel_rating').selectAll().where('at', '>=', since).orderBy('id').execute()).map(
        ({ at, channel, depositor_id, subject, score, reason }) => ({
          at,
          channel,
          depositorId: depositor_id,
          subject,
          score,
          reason,
        }),
      ),
    async subscribe({ depositorId, topic, channel, at }) {
      await db
        .insertInto('subscription')
        .values({ depositor_id: depositorId, topic, channel, at })
        .onConflict((conflict) => conflict.columns(['topic', 'depositor_id']).doNothing())
        .execute();
    },
    async unsubscribe(depositorId, topic) {
      await db.deleteFrom('subscription').where('depositor_id', '=', depositorId).where('topic', '=', topic).execute();
    },
    subscriptions: async (depositorId) =>
      (await db.selectFrom('subscription').selectAll().where('depositor_id', '=', depositorId).execute()).map(
        subscriptionOf,
      ),
    subscribers: async (topic, after, limit) =>
      (
        await db
          .selectFrom('subscription')
          .selectAll()
          .where('topic', '=', topic)
          .where('depositor_id', '>', after)
          .orderBy('depositor_id')
          .limit(limit)
          .execute()
      ).map(subscriptionOf),
    async push(noticeId, { at, depositorId, topic, content, dueAt }) {
      await db
        .insertInto('pushed')
        .values({
          notice_id: noticeId,
          at,
          depositor_id: depositorId,
          topic,
          content,
          due_at: dueAt,
          delivered_at: null,
        })
        .onConflict((conflict) => conflict.columns(['notice_id', 'depositor_id']).doNothing())
        .execute();
    },
    pushDue: async (at, limit) =>
      (
        await db
          .selectFrom('pushed')
          .selectAll()
          .where('delivered_at', 'is', null)
          .where('due_at', '<=', at)
          .orderBy('id')
          .limit(limit)
          .execute()
      ).map(pushedOf),
    async pushDelivered(id, at) {
      const done = await db
        .updateTable('pushed')
        .set({ delivered_at: at })
        .where('id', '=', id)
        .where('delivered_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    pushed: async (depositorId, limit) =>
      (
        await db
          .selectFrom('pushed')
          .selectAll()
          .where('depositor_id', '=', depositorId)
          .where('delivered_at', 'is not', null)
          .orderBy('id', 'desc')
          .limit(limit)
          .execute()
      ).map(pushedOf),
  };
}

const paperOf = (
  row: Omit<Selectable<ServiceTables['handed_in']>, 'content' | 'place'>,
): Omit<HandedIn, 'content'> => ({
  caseNumber: row.case_number,
  depositorId: row.depositor_id,
  channel: row.channel,
  material: row.material,
  mediaType: row.media_type,
  size: row.size,
  sha256: row.sha256,
  at: row.at,
});

const subscriptionOf = (row: Selectable<ServiceTables['subscription']>) => ({
  depositorId: row.depositor_id,
  topic: row.topic,
  channel: row.channel,
  at: row.at,
});

const pushedOf = (row: Selectable<ServiceTables['pushed']>): Pushed => ({
  id: row.id,
  at: row.at,
  depositorId: row.depositor_id,
  topic: row.topic,
  content: row.content,
  dueAt: row.due_at,
  deliveredAt: row.delivered_at,
});
