import { inTurn } from '../engine/engine-of.ts';
import type { DifferenceCase, ReconciliationStore, Seen } from '../reconciliation-store.ts';
import type { Db } from '../tables/tables.ts';

const COLUMNS = [
  'case_id as caseId',
  'terminal_id as terminalId',
  'kind',
  'subject',
  'number',
  'day',
  'seq',
  'first_seq as firstSeq',
  'terminal_value as terminalValue',
  'platform_value as platformValue',
  'state',
  'owner',
  'opened_at as openedAt',
  'last_seen_at as lastSeenAt',
  'reports',
] as const;

/** Cases of differences: opened once, counted when they are reported again, never closed from here. */
export function differenceCases(db: Db): Pick<ReconciliationStore, 'see' | 'locate' | 'cases'> {
  const ofSubject = (on: Db, { terminalId, kind, subject }: Seen) =>
    newestFirst(on)
      .where('terminal_id', '=', terminalId)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .limit(1);
  return {
    see: (seen) =>
      forTerminal(db, seen, async (transaction) => {
        const sought = ofSubject(transaction, seen);
        // A difference of heads goes on behind its place: whatever is seen of a stream later is the same one until another
        // place is found. Totals and counters belong to their close.
        const known = await (
          seen.kind === 'heads' ? sought : sought.where('number', seen.number === null ? 'is' : '=', seen.number)
        ).executeTakeFirst();
        if (!known) return open(transaction, seen, null);
        await transaction
          .updateTable('difference_case')
          .set((e) => ({ last_seen_at: seen.at, reports: e('reports', '+', 1) }))
          .where('case_id', '=', known.caseId)
          .execute();
        return { ...known, lastSeenAt: seen.at, reports: known.reports + 1 };
      }),
    locate: (seen) =>
      forTerminal(db, seen, async (transaction) => {
        const { firstSeq, terminalValue, platformValue, at } = seen;
        const sought = ofSubject(transaction, seen);
        const known =
          (await sought.where('first_seq', '=', firstSeq).executeTakeFirst()) ??
          (await sought.where('first_seq', 'is', null).executeTakeFirst());
        if (!known) return open(transaction, seen, firstSeq);
        if (known.firstSeq !== null) return known;
        await transaction
          .updateTable('difference_case')
          .set({ first_seq: firstSeq, terminal_value: terminalValue, platform_value: platformValue, last_seen_at: at })
          .where('case_id', '=', known.caseId)
          .execute();
        return { ...known, firstSeq, terminalValue, platformValue, lastSeenAt: at };
      }),
    cases(terminalId, limit) {
      const all = newestFirst(db).limit(limit);
      return (terminalId === undefined ? all : all.where('terminal_id', '=', terminalId)).execute();
    },
  };
}

/** An id begins with its time and goes on at random: enough to have an order that stays. */
const newestFirst = (on: Db) =>
  on.selectFrom('difference_case').select(COLUMNS).orderBy('opened_at', 'desc').orderBy('case_id', 'desc');

/** Two processes that are told of the same difference open one case. */
function forTerminal<T>(db: Db, { terminalId }: Seen, work: (transaction: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await inTurn(transaction, `cases of ${terminalId}`);
    return work(transaction);
  });
}

async function open(db: Db, seen: Seen, firstSeq: number | null): Promise<DifferenceCase> {
  return db
    .insertInto('difference_case')
    .values({
      ...{ case_id: seen.newId, terminal_id: seen.terminalId, kind: seen.kind, subject: seen.subject },
      ...{ number: seen.number, day: seen.day, seq: seen.seq, first_seq: firstSeq },
      ...{ terminal_value: seen.terminalValue, platform_value: seen.platformValue },
      ...{ opened_at: seen.at, last_seen_at: seen.at },
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}
