import type { Selectable } from 'kysely';
import type { CaseDesk, LookupRow, Settled, WorkOrderRow, WorkStore } from '../desk-store.ts';
import type { ConsoleTables } from '../tables/console.ts';
import type { Db } from '../tables/tables.ts';

const COLUMN = {
  idHash: 'id_hash',
  phoneHash: 'phone_hash',
  terminalId: 'terminal_id',
  branchId: 'branch_id',
} as const;

export function workStore(db: Db): WorkStore {
  return {
    async addStep(kind, subject, { at, by, act, text }) {
      await db
        .insertInto('console_step')
        .values({ kind, subject, at, by, act, text: Buffer.from(text) })
        .execute();
    },
    steps: (kind, subject) =>
      db
        .selectFrom('console_step')
        .select(['at', 'by', 'act', 'text'])
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .orderBy('id')
        .execute(),
    async addWorkOrder(order) {
      const added = await db
        .insertInto('work_order')
        .values({
          ...{ number: order.number, kind: order.kind, state: order.state, topic_id: order.topicId },
          ...{ channel_id: order.channelId, terminal_id: order.terminalId, received_at: order.receivedAt },
          ...{ due_at: order.dueAt, assignee: order.assignee, rating_reason: order.ratingReason },
          ...{ name_masked: order.nameMasked, phone_masked: order.phoneMasked, has_text: Number(order.hasText) },
          ...{ answered_at: order.answeredAt, closed_at: order.closedAt, outcome: order.outcome },
        })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .returning('number')
        .executeTakeFirst();
      return added !== undefined;
    },
    async workOrder(number) {
      const row = await db.selectFrom('work_order').selectAll().where('number', '=', number).executeTakeFirst();
      return row && orderOf(row);
    },
    async workOrders({ state, kind, assignee, dueBefore }, limit, before) {
      let wanted = db
        .selectFrom('work_order')
        .selectAll()
        .orderBy('received_at', 'desc')
        .orderBy('number', 'desc')
        .limit(limit);
      if (state !== undefined) wanted = wanted.where('state', '=', state);
      if (kind !== undefined) wanted = wanted.where('kind', '=', kind);
      if (assignee !== undefined) wanted = wanted.where('assignee', '=', assignee);
      if (dueBefore !== undefined) wanted = wanted.where('state', '=', 'open').where('due_at', '<', dueBefore);
      if (before !== undefined) {
        const [at, number] = [Number(before.slice(0, before.indexOf('.'))), before.slice(before.indexOf('.') + 1)];
        wanted = wanted.where(({ or, and, eb }) =>
          or([eb('received_at', '<', at), and([eb('received_at', '=', at), eb('number', '<', number)])]),
        );
      }
      return (await wanted.execute()).map(orderOf);
    },
    workOrdersBetween: async (from, to) =>
      (
        await db
          .selectFrom('work_order')
          .selectAll()
          .where('received_at', '>=', from)
          .where('received_at', '<', to)
          .execute()
      ).map(orderOf),
    async changeWorkOrder(number, from, { kind, state, dueAt, assignee, answeredAt, closedAt, outcome }) {
      const changed = await db
        .updateTable('work_order')
        .set({
          number,
          ...(kind !== undefined && { kind }),
          ...(state !== undefined && { state }),
          ...(dueAt !== undefined && { due_at: dueAt }),
          ...(assignee !== undefined && { assignee }),
          ...(answeredAt !== undefined && { answered_at: answeredAt }),
          ...(closedAt !== undefined && { closed_at: closedAt }),
          ...(outcome !== undefined && { outcome }),
        })
        .where('number', '=', number)
        .where('state', '=', from)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
    async addLookup(row) {
      await db
        .insertInto('request_lookup')
        .values({
          ...{ request_number: row.requestNumber, item: row.item, topic_id: row.topicId, channel_id: row.channelId },
          ...{ terminal_id: row.terminalId, received_at: row.receivedAt, id_hash: row.idHash },
          ...{ phone_hash: row.phoneHash, content: Buffer.from(row.content), branch_id: row.branchId },
          ...{ date: row.date, half: row.half },
        })
        .onConflict((conflict) => conflict.column('request_number').doNothing())
        .execute();
    },
    async lookup(requestNumber) {
      const row = await db
        .selectFrom('request_lookup')
        .selectAll()
        .where('request_number', '=', requestNumber)
        .executeTakeFirst();
      return row && lookupOf(row);
    },
    find: async (by, value, limit) =>
      (
        await db
          .selectFrom('request_lookup')
          .selectAll()
          .where(COLUMN[by], '=', value)
          .orderBy('received_at', 'desc')
          .limit(limit)
          .execute()
      ).map(lookupOf),
    async caseDesk(caseId) {
      const row = await db.selectFrom('case_desk').selectAll().where('case_id', '=', caseId).executeTakeFirst();
      return row && deskOf(row);
    },
    caseDesks: async () => (await db.selectFrom('case_desk').selectAll().execute()).map(deskOf),
    async changeCase(caseId, { assignee, closedAt, resolution }) {
      const set = {
        ...(assignee !== undefined && { assignee }),
        ...(closedAt !== undefined && { closed_at: closedAt }),
        ...(resolution !== undefined && { resolution }),
      };
      await db
        .insertInto('case_desk')
        .values({ case_id: caseId, assignee: null, closed_at: null, resolution: null, ...set })
        .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ case_id: caseId, ...set }))
        .execute();
    },
    async settleQuarantined({ terminalId, stream, seq, decision, by, at, comment }) {
      const added = await db
        .insertInto('quarantine_decision')
        .values({ terminal_id: terminalId, stream, seq, decision, by, at, comment })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'stream', 'seq']).doNothing())
        .returning('seq')
        .executeTakeFirst();
      return added !== undefined;
    },
    settled: async () =>
      (await db.selectFrom('quarantine_decision').selectAll().execute()).map(
        ({ terminal_id, stream, seq, decision, by, at, comment }): Settled => ({
          ...{ terminalId: terminal_id, stream, seq, by, at, comment },
          decision: decision as Settled['decision'],
        }),
      ),
  };
}

const orderOf = (row: Selectable<ConsoleTables['work_order']>): WorkOrderRow => ({
  number: row.number,
  kind: row.kind as WorkOrderRow['kind'],
  state: row.state as WorkOrderRow['state'],
  topicId: row.topic_id,
  channelId: row.channel_id,
  terminalId: row.terminal_id,
  receivedAt: row.received_at,
  dueAt: row.due_at,
  assignee: row.assignee,
  ratingReason: row.rating_reason,
  nameMasked: row.name_masked,
  phoneMasked: row.phone_masked,
  hasText: row.has_text === 1,
  answeredAt: row.answered_at,
  closedAt: row.closed_at,
  outcome: row.outcome,
});

const lookupOf = (row: Selectable<ConsoleTables['request_lookup']>): LookupRow => ({
  requestNumber: row.request_number,
  item: row.item,
  topicId: row.topic_id,
  channelId: row.channel_id,
  terminalId: row.terminal_id,
  receivedAt: row.received_at,
  idHash: row.id_hash,
  phoneHash: row.phone_hash,
  content: row.content,
  branchId: row.branch_id,
  date: row.date,
  half: row.half,
});

const deskOf = (row: Selectable<ConsoleTables['case_desk']>): CaseDesk => ({
  caseId: row.case_id,
  assignee: row.assignee,
  closedAt: row.closed_at,
  resolution: row.resolution,
});
