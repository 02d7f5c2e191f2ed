import type { Selectable } from 'kysely';
import type { MessageStore, StoredMessage } from '../message-store.ts';
import type { MessageTables } from '../tables/messages.ts';
import type { Db } from '../tables/tables.ts';

export function messageStore(db: Db): MessageStore {
  return {
    async add(message) {
      const { at, phoneHash, phoneMasked, personHash, template, content, state, nextAt, expiresAt, eventKey, quiet } =
        message;
      const added = await db
        .insertInto('short_message')
        .values({
          at,
          phone_hash: phoneHash,
          phone_masked: phoneMasked,
          template,
          content: content && Buffer.from(content),
          state,
          tries: 0,
          next_at: nextAt,
          expires_at: expiresAt,
          fault: null,
          event_key: eventKey,
          quiet: quiet ? 1 : 0,
          person_hash: personHash,
        })
        .onConflict((conflict) => conflict.column('event_key').doNothing())
        .returning('id')
        .executeTakeFirst();
      return added?.id;
    },
    async byEvent(eventKey) {
      const row = await db.selectFrom('short_message').selectAll().where('event_key', '=', eventKey).executeTakeFirst();
      return row && messageOf(row);
    },
    async get(id) {
      const row = await db.selectFrom('short_message').selectAll().where('id', '=', id).executeTakeFirst();
      return row && messageOf(row);
    },
    async due(at, limit) {
      const rows = await db
        .selectFrom('short_message')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('next_at', '<=', at)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(messageOf);
    },
    async nextDue() {
      const row = await db
        .selectFrom('short_message')
        .select('next_at')
        .where('state', '=', 'waiting')
        .orderBy('next_at')
        .limit(1)
        .executeTakeFirst();
      return row?.next_at;
    },
    async claim(id, tries, until) {
      const done = await db
        .updateTable('short_message')
        .set({ tries: tries + 1, next_at: until })
        .where('id', '=', id)
        .where('tries', '=', tries)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async settle(id, { state, nextAt, fault, forget }) {
      await db
        .updateTable('short_message')
        .set({ state, next_at: nextAt, fault, ...(forget ? { content: null } : {}) })
        .where('id', '=', id)
        .execute();
    },
    async list(limit) {
      const rows = await db.selectFrom('short_message').selectAll().orderBy('id', 'desc').limit(limit).execute();
      return rows.map(messageOf);
    },
    async find(by, hash, limit) {
      const rows = await db
        .selectFrom('short_message')
        .selectAll()
        .where(by === 'phoneHash' ? 'phone_hash' : 'person_hash', '=', hash)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(messageOf);
    },
    async forgetBefore(at) {
      await db
        .updateTable('short_message')
        .set({ content: null })
        .where('at', '<', at)
        .where('state', '!=', 'waiting')
        .where('content', 'is not', null)
        .execute();
    },
    async counts(since) {
      const rows = await db
        .selectFrom('short_message')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .where('at', '>=', since)
        .groupBy('state')
        .execute();
      return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
    },
  };
}

const messageOf = (row: Selectable<MessageTables['short_message']>): StoredMessage => ({
  id: row.id,
  at: row.at,
  phoneHash: row.phone_hash,
  phoneMasked: row.phone_masked,
  template: row.template,
  content: row.content,
  state: row.state,
  tries: row.tries,
  nextAt: row.next_at,
  expiresAt: row.expires_at,
  fault: row.fault,
  eventKey: row.event_key,
  quiet: row.quiet === 1,
  personHash: row.person_hash,
});
