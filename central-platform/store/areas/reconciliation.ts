import type { Line } from '@kiosk/contract/platform/day-totals.ts';
import type { DayClose } from '@kiosk/contract/platform/reconciliation.ts';
import { sql } from 'kysely';
import { engineOf } from '../engine/engine-of.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReconciliationStore, StoredClose } from '../reconciliation-store.ts';
import type { Db } from '../tables/tables.ts';
import { differenceCases } from './reconciliation-cases.ts';

const CLOSE = [
  'terminal_id as terminalId',
  'content',
  'statement',
  'signature',
  'received_at as receivedAt',
  'equal',
] as const;

type CloseRow = Omit<StoredClose, 'close' | 'equal'> & { readonly content: string; readonly equal: 0 | 1 | null };
const storedClose = ({ content, equal, ...row }: CloseRow): StoredClose => ({
  ...row,
  close: JSON.parse(content) as DayClose,
  equal: equal === null ? null : equal === 1,
});

export function reconciliationStore(db: Db): ReconciliationStore {
  // SQLite would rather walk all lines of the terminal: 9 ms an operation in a month's 50,000, for 0.1 ms.
  const byOperation = engineOf(db) === 'sqlite' ? sql`INDEXED BY ledger_line_operation` : sql``;
  const earlier = prepared<{ terminalId: string; operationId: string; kind: string; seq: number }, { content: string }>(
    db,
    ({ terminalId, operationId, kind, seq }) =>
      sql`SELECT content FROM ledger_line ${byOperation}
          WHERE terminal_id = ${terminalId} AND operation_id = ${operationId} AND kind = ${kind} AND seq < ${seq}
          ORDER BY seq DESC LIMIT 1`,
  );
  async function found<K extends Line['kind']>(
    terminalId: string,
    operationIds: readonly string[],
    kind: K,
    seq: number,
  ): Promise<readonly Extract<Line, { kind: K }>[]> {
    const lines: Extract<Line, { kind: K }>[] = [];
    for (const operationId of operationIds) {
      const [row] = await earlier({ terminalId, operationId, kind, seq });
      const line = row && (JSON.parse(row.content) as Line);
      if (line?.kind === kind) lines.push(line as Extract<Line, { kind: K }>);
    }
    return lines;
  }

  return {
    ...differenceCases(db),
    async close(terminalId, number) {
      const row = await db
        .selectFrom('day_close')
        .select(CLOSE)
        .where('terminal_id', '=', terminalId)
        .where('number', '=', number)
        .executeTakeFirst();
      return row && storedClose(row);
    },
    async addClose({ terminalId, close, statement, signature, receivedAt }) {
      const { number, day } = close;
      const added = await db
        .insertInto('day_close')
        .values({
          ...{ terminal_id: terminalId, number, day, content: JSON.stringify(close) },
          ...{ statement, signature, received_at: receivedAt },
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    async compared(terminalId, number, equal) {
      await db
        .updateTable('day_close')
        .set({ equal: equal ? 1 : 0 })
        .where('terminal_id', '=', terminalId)
        .where('number', '=', number)
        .execute();
    },
    async closes(terminalId, limit) {
      const all = db
        .selectFrom('day_close')
        .select(CLOSE)
        .orderBy('received_at', 'desc')
        .orderBy('number', 'desc')
        .limit(limit);
      const rows = await (terminalId === undefined ? all : all.where('terminal_id', '=', terminalId)).execute();
      return rows.map(storedClose);
    },
    async addHeads({ terminalId, day, at, heads, signature, equal }) {
      const report = { at, heads: JSON.stringify(heads), signature, equal: equal ? 1 : 0 } as const;
      await db
        .insertInto('head_report')
        .values({ terminal_id: terminalId, day, ...report })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'day']).doUpdateSet(report))
        .execute();
    },

    async unread(terminalId, stream, upTo, limit) {
      const cursor = await db
        .selectFrom('ledger_cursor')
        .select('seq')
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .executeTakeFirst();
      return db
        .selectFrom('entry_body')
        .select(['seq', 'body'])
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .where('seq', '>', cursor?.seq ?? 0)
        .where('seq', '<=', upTo)
        .orderBy('seq')
        .limit(limit)
        .execute();
    },
    addLines: (terminalId, stream, placed, upTo) =>
      db.transaction().execute(async (transaction) => {
        for (let done = 0; done < placed.length; done += AT_ONCE) {
          await transaction
            .insertInto('ledger_line')
            .values(
              placed.slice(done, done + AT_ONCE).map(({ seq, line }) => ({
                ...{ terminal_id: terminalId, stream, seq, kind: line.kind },
                ...{ operation_id: 'operationId' in line ? line.operationId : null, content: JSON.stringify(line) },
              })),
            )
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        await transaction
          .insertInto('ledger_cursor')
          .values({ terminal_id: terminalId, stream, seq: upTo })
          .onConflict((conflict) =>
            conflict
              .columns(['terminal_id', 'stream'])
              .doUpdateSet({ seq: upTo })
              .where('ledger_cursor.seq', '<', upTo),
          )
          .execute();
      }),
    async lines(terminalId, stream, from, to) {
      const rows = await db
        .selectFrom('ledger_line')
        .select('content')
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .where('seq', '>=', from)
        .where('seq', '<=', to)
        .orderBy('seq')
        .execute();
      return rows.map(({ content }) => JSON.parse(content) as Line);
    },
    intendedBefore: (terminalId, operationIds, seq) => found(terminalId, operationIds, 'intended', seq),
    async capturedBefore(terminalId, operationIds, seq) {
      return new Set((await found(terminalId, operationIds, 'captured', seq)).map(({ operationId }) => operationId));
    },
    async requests(terminalId, from, to) {
      const { registered } = await db
        .selectFrom('request')
        .select((e) => e.fn.countAll<number>().as('registered'))
        .where('terminal_id', '=', terminalId)
        .where('seq', '>=', from)
        .where('seq', '<=', to)
        .executeTakeFirstOrThrow();
      const { aside } = await db
        .selectFrom('quarantine as q')
        .innerJoin('ledger_line as l', (join) =>
          join
            .onRef('l.terminal_id', '=', 'q.terminal_id')
            .onRef('l.stream', '=', 'q.stream')
            .onRef('l.seq', '=', 'q.seq'),
        )
        .select((e) => e.fn.countAll<number>().as('aside'))
        .where('q.terminal_id', '=', terminalId)
        .where('q.stream', '=', 'business')
        .where('q.seq', '>=', from)
        .where('q.seq', '<=', to)
        .where('l.kind', '=', 'request')
        .executeTakeFirstOrThrow();
      return registered + aside;
    },

    async brokenAt(terminalId, stream) {
      const row = await db
        .selectFrom('broken_chain')
        .select('seq')
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .executeTakeFirst();
      return row?.seq;
    },
    async setBroken(terminalId, stream, seq) {
      if (seq === undefined) {
        await db
          .deleteFrom('broken_chain')
          .where('terminal_id', '=', terminalId)
          .where('stream', '=', stream)
          .execute();
        return;
      }
      await db
        .insertInto('broken_chain')
        .values({ terminal_id: terminalId, stream, seq })
        .onConflict((conflict) => conflict.columns(['terminal_id', 'stream']).doUpdateSet({ seq }))
        .execute();
    },
  };
}

/** Lines that go in with one statement; six values each, and an engine takes 32,000 at once. */
const AT_ONCE = 100;
