import { type Selectable } from 'kysely';
import type { ChannelRow, ChannelStore } from '../channel-store.ts';
import type { ChannelTables } from '../tables/channels.ts';
import type { Db } from '../tables/tables.ts';

export function channelStore(db: Db): ChannelStore {
  const one = async (column: 'code' | 'app_id', value: string) => {
    const row = await db.selectFrom('channel').selectAll().where(column, '=', value).executeTakeFirst();
    return row && rowOf(row);
  };
  return {
    list: async () => (await db.selectFrom('channel').selectAll().orderBy('code').execute()).map(rowOf),
    get: (code) => one('code', code),
    byAppId: (appId) => one('app_id', appId),
    async seed(row) {
      await db
        .insertInto('channel')
        .values(columnsOf(row))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async replace(row) {
      const done = await db
        .updateTable('channel')
        .set(columnsOf(row))
        .where('code', '=', row.code)
        .where('version', '=', row.version - 1)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async remove(code) {
      return (await db.deleteFrom('channel').where('code', '=', code).executeTakeFirst()).numDeletedRows === 1n;
    },
    async use(code, day, what, by, most) {
      if (by > most) return undefined;
      const row = await db
        .insertInto('channel_use')
        .values({ code, day, what, amount: by })
        .onConflict((conflict) =>
          conflict
            .columns(['code', 'day', 'what'])
            .doUpdateSet((eb) => ({ amount: eb('channel_use.amount', '+', by) }))
            .where('channel_use.amount', '<=', most - by),
        )
        .returning('amount')
        .executeTakeFirst();
      return row?.amount;
    },
    used: (day) => db.selectFrom('channel_use').select(['code', 'what', 'amount']).where('day', '=', day).execute(),
    async useItem(day, item, what, by, most) {
      if (by > most) return false;
      const row = await db
        .insertInto('item_use')
        .values({ day, item, what, amount: by })
        .onConflict((conflict) =>
          conflict
            .columns(['day', 'item', 'what'])
            .doUpdateSet((eb) => ({ amount: eb('item_use.amount', '+', by) }))
            .where('item_use.amount', '<=', most - by),
        )
        .returning('amount')
        .executeTakeFirst();
      return row !== undefined;
    },
    async forgetItemUse(before) {
      await db.deleteFrom('item_use').where('day', '<', before).execute();
    },
    holidays: () => db.selectFrom('holiday').selectAll().orderBy('date').execute(),
    async setHoliday(date, words) {
      if (words === null) {
        await db.deleteFrom('holiday').where('date', '=', date).execute();
        return;
      }
      const { zh, en } = words;
      await db
        .insertInto('holiday')
        .values({ date, zh, en })
        .onConflict((conflict) => conflict.column('date').doUpdateSet({ zh, en }))
        .execute();
    },
  };
}

const columnsOf = ({ code, appId, keyHash, tokenHash, settings, version, changedAt }: ChannelRow) => ({
  code,
  app_id: appId,
  key_hash: keyHash,
  token_hash: tokenHash,
  settings,
  version,
  changed_at: changedAt,
});

const rowOf = (row: Selectable<ChannelTables['channel']>): ChannelRow => ({
  code: row.code,
  appId: row.app_id,
  keyHash: row.key_hash,
  tokenHash: row.token_hash,
  settings: row.settings,
  version: row.version,
  changedAt: row.changed_at,
});
