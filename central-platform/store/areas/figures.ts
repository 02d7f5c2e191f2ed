import type { Selectable } from 'kysely';
import type { FigureCount, FigureStore, FigureTiming, KeptAnomaly, KeptRegisterEntry } from '../figures-store.ts';
import type { ConsoleTables } from '../tables/console.ts';
import type { Db } from '../tables/tables.ts';

export function figureStore(db: Db): FigureStore {
  return {
    async cursor(terminalId, stream) {
      const row = await db
        .selectFrom('figure_cursor')
        .select('seq')
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .executeTakeFirst();
      return row?.seq ?? 0;
    },
    cursors: () => db.selectFrom('figure_cursor').select(['terminal_id as terminalId', 'stream', 'seq']).execute(),
    fold: (terminalId, stream, from, to, counts, timings) =>
      db.transaction().execute(async (transaction) => {
        const moved =
          from === 0
            ? await transaction
                .insertInto('figure_cursor')
                .values({ terminal_id: terminalId, stream, seq: to })
                .onConflict((conflict) => conflict.columns(['terminal_id', 'stream']).doNothing())
                .returning('seq')
                .executeTakeFirst()
            : await transaction
                .updateTable('figure_cursor')
                .set({ seq: to })
                .where('terminal_id', '=', terminalId)
                .where('stream', '=', stream)
                .where('seq', '=', from)
                .returning('seq')
                .executeTakeFirst();
        if (!moved) return false;
        await addCounts(transaction, counts);
        await addTimings(transaction, timings);
        return true;
      }),
    add: (counts) => addCounts(db, counts),
    addTimings: (timings) => addTimings(db, timings),
    counts: async (from, to) =>
      (
        await db
          .selectFrom('figure_count')
          .select(['day', 'hour', 'channel_id', 'name', 'label'])
          .select(({ fn }) => fn.sum('amount').as('amount'))
          .where('day', '>=', from)
          .where('day', '<=', to)
          .groupBy(['day', 'hour', 'channel_id', 'name', 'label'])
          .execute()
      ).map(({ channel_id, amount, ...row }) => ({
        ...row,
        ...{ channelId: channel_id, terminalId: '', amount: Number(amount) },
      })),
    async byTerminal(day, hour) {
      let wanted = db
        .selectFrom('figure_count')
        .select(['channel_id', 'terminal_id', 'name', 'label'])
        .select(({ fn }) => fn.sum('amount').as('amount'))
        .where('day', '=', day)
        .groupBy(['channel_id', 'terminal_id', 'name', 'label']);
      if (hour !== undefined) wanted = wanted.where('hour', '=', hour);
      return (await wanted.execute()).map(({ channel_id, terminal_id, amount, ...row }) => ({
        ...row,
        ...{ day, hour: hour ?? -1, channelId: channel_id, terminalId: terminal_id, amount: Number(amount) },
      }));
    },
    timings: (from, to) =>
      db.selectFrom('figure_timing').selectAll().where('day', '>=', from).where('day', '<=', to).execute(),
    async noteOperation(terminalId, operationId, item) {
      await db
        .insertInto('figure_operation')
        .values({ terminal_id: terminalId, operation_id: operationId, item })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'operation_id']).doNothing())
        .execute();
    },
    async takeOperation(terminalId, operationId) {
      const row = await db
        .deleteFrom('figure_operation')
        .where('terminal_id', '=', terminalId)
        .where('operation_id', '=', operationId)
        .returning('item')
        .executeTakeFirst();
      return row?.item;
    },
    async see({ rule, subject, day, count, threshold, at }) {
      const added = await db
        .insertInto('anomaly')
        .values({
          ...{ rule, subject, day, count, threshold, first_at: at, last_at: at },
          ...{ state: 'open', settled_by: null, comment: null },
        })
        .onConflict((conflict) => conflict.columns(['rule', 'subject', 'day']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added) return true;
      await db
        .updateTable('anomaly')
        .set({ count, last_at: at })
        .where('rule', '=', rule)
        .where('subject', '=', subject)
        .where('day', '=', day)
        .where('count', '<', count)
        .execute();
      return false;
    },
    async anomalies(limit, before, state) {
      let wanted = db.selectFrom('anomaly').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) wanted = wanted.where('id', '<', before);
      if (state !== undefined) wanted = wanted.where('state', '=', state);
      return (await wanted.execute()).map(anomalyOf);
    },
    async settle(id, state, by, comment) {
      const row = await db
        .updateTable('anomaly')
        .set({ state, settled_by: by, comment })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .returningAll()
        .executeTakeFirst();
      return row && anomalyOf(row);
    },
    async addRegister({ what, personHash, nameMasked, requestNumber, from, until, reason, by, approvedBy }) {
      const { id } = await db
        .insertInto('register_entry')
        .values({
          ...{ what, person_hash: personHash, name_masked: nameMasked, request_number: requestNumber, from, until },
          ...{ lifted: 0, reason, by, approved_by: approvedBy },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    register: async () =>
      (await db.selectFrom('register_entry').selectAll().orderBy('id', 'desc').execute()).map(
        (row): KeptRegisterEntry => ({
          ...{ id: row.id, what: row.what as KeptRegisterEntry['what'], personHash: row.person_hash },
          ...{ nameMasked: row.name_masked, requestNumber: row.request_number, from: row.from, until: row.until },
          ...{ lifted: row.lifted === 1, reason: row.reason, by: row.by, approvedBy: row.approved_by },
        }),
      ),
    async liftRegister(id) {
      const lifted = await db
        .updateTable('register_entry')
        .set({ lifted: 1 })
        .where('id', '=', id)
        .where('lifted', '=', 0)
        .executeTakeFirst();
      return lifted.numUpdatedRows === 1n;
    },
  };
}

/** Rows in one statement: far below what either engine takes as parameters. */
const AT_ONCE = 500;

async function addCounts(db: Db, counts: readonly FigureCount[]): Promise<void> {
  const rows = counts.map(({ day, hour, channelId, terminalId, name, label, amount }) => ({
    ...{ day, hour, channel_id: channelId, terminal_id: terminalId, name, label, amount },
  }));
  const keyOf = (row: (typeof rows)[number]) =>
    [row.day, row.hour, row.channel_id, row.terminal_id, row.name, row.label].join('\n');
  for (const part of partsOf(rows, keyOf)) {
    await db
      .insertInto('figure_count')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'hour', 'channel_id', 'terminal_id', 'name', 'label'])
          .doUpdateSet(({ eb, ref }) => ({ amount: eb(ref('figure_count.amount'), '+', ref('excluded.amount')) })),
      )
      .execute();
  }
}

async function addTimings(db: Db, timings: readonly FigureTiming[]): Promise<void> {
  for (const part of partsOf(timings, ({ day, step, bucket }) => `${day} ${bucket} ${step}`)) {
    await db
      .insertInto('figure_timing')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'step', 'bucket'])
          .doUpdateSet(({ eb, ref }) => ({ amount: eb(ref('figure_timing.amount'), '+', ref('excluded.amount')) })),
      )
      .execute();
  }
}

/** One statement may not touch a row twice: what has the same key is added up first. */
function partsOf<T extends { readonly amount: number }>(rows: readonly T[], keyOf: (row: T) => string): T[][] {
  const found = new Map<string, T>();
  for (const row of rows) {
    const known = found.get(keyOf(row));
    found.set(keyOf(row), known ? { ...known, amount: known.amount + row.amount } : { ...row });
  }
  const all = [...found.values()];
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

const anomalyOf = (row: Selectable<ConsoleTables['anomaly']>): KeptAnomaly => ({
  ...{ id: row.id, rule: row.rule, subject: row.subject, day: row.day, count: row.count, threshold: row.threshold },
  ...{ firstAt: row.first_at, lastAt: row.last_at, state: row.state as KeptAnomaly['state'] },
  ...{ settledBy: row.settled_by, comment: row.comment },
});
