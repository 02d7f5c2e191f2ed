import type { BusinessStore, Effect, ReceivedRequest, StoredEntry } from '../store.ts';
import { prepared } from '../engine/prepared.ts';
import type { Db } from '../tables/tables.ts';

const REQUEST = [
  'request_number as requestNumber',
  'terminal_id as terminalId',
  'seq',
  'operation_id as operationId',
  'item',
  'topic_id as topicId',
  'level',
  'offline',
  'submitted_at as submittedAt',
  'received_at as receivedAt',
  'content',
] as const;

export function businessStore(db: Db): BusinessStore {
  const move = prepared(db, (given: { terminalId: string; from: number; to: number }) =>
    db
      .insertInto('projection_place')
      .values({ terminal_id: given.terminalId, seq: given.to })
      .onConflict((conflict) =>
        conflict
          .column('terminal_id')
          .doUpdateSet((e) => ({ seq: e.ref('excluded.seq') }))
          .where('projection_place.seq', '=', given.from),
      )
      .returning('seq'),
  );
  return {
    apply: ({ terminalId, after }, projected, at) =>
      db.transaction().execute(async (transaction) => {
        const last = projected.at(-1);
        if (!last) return true;
        // The place is held until the end: a process that comes second waits, and then finds it elsewhere.
        const moved = await move({ terminalId, from: after, to: last.entry.seq }, transaction);
        if (moved.length === 0) return false;
        for (const { entry, effect } of projected) await applyOne(transaction, entry, effect, at);
        return true;
      }),
    applyAgain: (entry, effect, at) =>
      db.transaction().execute(async (transaction) => {
        if (effect.kind === 'request') return isNew(transaction, effect.request);
        await applyOne(transaction, entry, effect, at);
        return true;
      }),
    async requests() {
      const rows = await db
        .selectFrom('request')
        .select(REQUEST)
        .orderBy('received_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(500)
        .execute();
      return rows.map((row): ReceivedRequest => ({ ...row, offline: row.offline === 1 }));
    },
    async ratings() {
      const rows = await db
        .selectFrom('rating')
        .select((e) => ['score', e.fn.countAll<number>().as('count')])
        .groupBy('score')
        .execute();
      return Object.fromEntries(rows.map(({ score, count }) => [score, count]));
    },
  };
}

async function applyOne(db: Db, entry: StoredEntry, effect: Effect, at: number): Promise<void> {
  const { terminalId, seq } = entry;
  switch (effect.kind) {
    case 'request':
      if (!(await isNew(db, effect.request))) {
        await setAside(db, entry, 'E6301', 'request number already stands for another operation', at);
      }
      return;
    case 'rating':
      await db
        .insertInto('rating')
        .values({
          ...{ terminal_id: terminalId, seq, session_id: effect.sessionId },
          ...{ score: effect.score, reason: effect.reason, at: effect.at },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return;
    case 'printIntended':
    case 'printSettled': {
      const { operationId, documentNumber, outcome, code, printed } = effect.operation;
      const told = effect.kind === 'printIntended' ? { document_number: documentNumber } : { outcome, code, printed };
      await db
        .insertInto('print_operation')
        .values({
          ...{ terminal_id: effect.operation.terminalId, operation_id: operationId },
          ...{ document_number: null, outcome: null, code: null, printed: null, ...told },
        })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'operation_id']).doUpdateSet(told))
        .execute();
      return;
    }
    case 'quarantine':
      await setAside(db, entry, effect.code, effect.reason, at);
      return;
    case 'none':
      return;
  }
}

/** False: its number stands for another operation. The same request again is as good as new. */
async function isNew(db: Db, request: ReceivedRequest): Promise<boolean> {
  const added = await db
    .insertInto('request')
    .values({
      request_number: request.requestNumber,
      terminal_id: request.terminalId,
      seq: request.seq,
      operation_id: request.operationId,
      item: request.item,
      topic_id: request.topicId,
      level: request.level,
      offline: request.offline ? 1 : 0,
      submitted_at: request.submittedAt,
      received_at: request.receivedAt,
      content: request.content,
    })
    .onConflict((conflict) => conflict.column('request_number').doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 1n) return true;
  const known = await db
    .selectFrom('request')
    .select(['terminal_id', 'operation_id'])
    .where('request_number', '=', request.requestNumber)
    .executeTakeFirstOrThrow();
  return known.operation_id === request.operationId && known.terminal_id === request.terminalId;
}

async function setAside(db: Db, entry: StoredEntry, code: string, reason: string, at: number): Promise<void> {
  const { terminalId, stream, seq } = entry;
  await db
    .insertInto('quarantine')
    .values({ terminal_id: terminalId, stream, seq, code, reason, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
