import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { engineOf } from '../engine/engine-of.ts';
import { prepared } from '../engine/prepared.ts';
import type { EntryKey, ExactEntry, JournalStore, Place, StoredEntry } from '../store.ts';
import type { Db } from '../tables/tables.ts';
import { postgresAppend } from './append-postgres.ts';
import { sqliteAppend } from './append-sqlite.ts';
import { journalTogether } from './journal-together.ts';

interface Stretch {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly from: number;
  readonly to: number;
}

const QUARANTINED = ['terminal_id as terminalId', 'stream', 'seq', 'code', 'reason', 'at'] as const;

export function journalStore(db: Db): JournalStore {
  const head = prepared(db, ({ terminalId, stream }: { terminalId: string; stream: StreamName }) =>
    db
      .selectFrom('stream_head')
      .select(['durable_up_to as durableUpTo', 'head'])
      .where('terminal_id', '=', terminalId)
      .where('stream', '=', stream),
  );
  const keys = prepared(db, ({ terminalId, stream, from, to }: Stretch) =>
    db
      .selectFrom('entry_key')
      .select(['seq', 'digest', 'link'])
      .where('terminal_id', '=', terminalId)
      .where('stream', '=', stream)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .orderBy('seq'),
  );
  const headAndKeys = prepared(db, ({ terminalId, stream, from, to }: Stretch) =>
    db
      .selectFrom('stream_head as h')
      .leftJoin('entry_key as k', (join) =>
        join
          .onRef('k.terminal_id', '=', 'h.terminal_id')
          .onRef('k.stream', '=', 'h.stream')
          .on('k.seq', '>=', from)
          .on('k.seq', '<=', to),
      )
      .select(['h.durable_up_to as durableUpTo', 'h.head', 'k.seq', 'k.digest', 'k.link'])
      .where('h.terminal_id', '=', terminalId)
      .where('h.stream', '=', stream)
      .orderBy('k.seq'),
  );
  const quarantined = prepared(db, ({ terminalId, stream, from, to }: Stretch) =>
    db
      .selectFrom('quarantine')
      .select(QUARANTINED)
      .where('terminal_id', '=', terminalId)
      .where('stream', '=', stream)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .orderBy('seq'),
  );
  const entriesAfter = prepared(db, (given: { terminalId: string; after: number; to: number; limit: number }) =>
    db
      .selectFrom('entry_body as b')
      .leftJoin('quarantine as q', (join) =>
        join
          .onRef('q.terminal_id', '=', 'b.terminal_id')
          .onRef('q.stream', '=', 'b.stream')
          .onRef('q.seq', '=', 'b.seq'),
      )
      .select(['b.terminal_id as terminalId', 'b.stream', 'b.seq', 'b.body', 'b.wrapped_key as wrappedKey', 'q.code'])
      .where('b.terminal_id', '=', given.terminalId)
      .where('b.stream', '=', 'business')
      .where('b.seq', '>', given.after)
      .where('b.seq', '<=', given.to)
      .orderBy('b.seq')
      .limit(given.limit),
  );
  const projectedUpTo = prepared(db, ({ terminalId }: { terminalId: string }) =>
    db.selectFrom('projection_place').select(['seq', 'told']).where('terminal_id', '=', terminalId),
  );

  async function aside(terminalId: string, stream: StreamName, seq: number) {
    const bodies = (table: 'entry_body' | 'quarantined_body') =>
      db
        .selectFrom(table)
        .select(['body', 'wrapped_key as wrappedKey'])
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .where('seq', '=', seq)
        .executeTakeFirst();
    return (await bodies('entry_body')) ?? (await bodies('quarantined_body'));
  }

  return {
    async standing(terminalId, stream) {
      return (await head({ terminalId, stream }))[0] ?? { durableUpTo: 0, head: GENESIS };
    },
    standings: (terminalId) =>
      db
        .selectFrom('stream_head')
        .select(['stream', 'durable_up_to as durableUpTo', 'head', 'received_at as receivedAt'])
        .where('terminal_id', '=', terminalId)
        .orderBy('stream')
        .execute(),
    heads: (since) =>
      db
        .selectFrom('stream_head')
        .select(['terminal_id as terminalId', 'stream', 'durable_up_to as durableUpTo'])
        .where('received_at', '>=', since)
        .execute(),
    keys: (terminalId, stream, from, to) => keys({ terminalId, stream, from, to }),
    async place(terminalId, stream, from, to): Promise<Place> {
      const rows = await headAndKeys({ terminalId, stream, from, to });
      const [first] = rows;
      if (!first) return { standing: { durableUpTo: 0, head: GENESIS }, keys: [] };
      return {
        standing: { durableUpTo: first.durableUpTo, head: first.head },
        keys: rows.flatMap(({ seq, digest, link }): EntryKey[] =>
          seq === null ? [] : [{ seq, digest: digest!, link: link! }],
        ),
      };
    },
    async exact(terminalId, stream, after, limit) {
      const found: ExactEntry[] = await db
        .selectFrom('entry_body')
        .select(['seq', 'salt', 'body', 'wrapped_key as wrappedKey'])
        .where('terminal_id', '=', terminalId)
        .where('stream', '=', stream)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      const gap = found.findIndex(({ seq }, i) => seq !== after + 1 + i);
      return gap < 0 ? found : found.slice(0, gap);
    },
    ...(engineOf(db) === 'postgres'
      ? journalTogether(db, { append: postgresAppend(db) })
      : { append: sqliteAppend(db) }),
    quarantined: (terminalId, stream, from, to) => quarantined({ terminalId, stream, from, to }),
    allQuarantined: () =>
      db.selectFrom('quarantine').select(QUARANTINED).orderBy('at', 'desc').orderBy('seq', 'desc').limit(500).execute(),
    quarantinedBody: async (terminalId, stream, seq) => (await aside(terminalId, stream, seq))?.body,
    async quarantinedEntry(terminalId, stream, seq) {
      const kept = await aside(terminalId, stream, seq);
      return kept && { terminalId, stream, seq, body: kept.body, wrappedKey: kept.wrappedKey, setAside: true };
    },
    async quarantine({ terminalId, stream, seq, code, reason, at }) {
      await db
        .insertInto('quarantine')
        .values({ terminal_id: terminalId, stream, seq, code, reason, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async waiting() {
      const found = await db
        .selectFrom('stream_head as h')
        .leftJoin('projection_place as p', 'p.terminal_id', 'h.terminal_id')
        .select('h.terminal_id')
        .where('h.stream', '=', 'business')
        .where((e) =>
          e.or([e('h.durable_up_to', '>', e.fn.coalesce('p.seq', e.lit(0))), e('p.seq', '>', e.ref('p.told'))]),
        )
        .orderBy('h.terminal_id')
        .execute();
      return found.map((row) => row.terminal_id);
    },
    async unprojected(terminalId, limit) {
      const after = (await projectedUpTo({ terminalId }))[0]?.seq ?? 0;
      const rows = await entriesAfter({ terminalId, after, to: Number.MAX_SAFE_INTEGER, limit });
      return { after, entries: rows.map(entryOf) };
    },
    async untold(terminalId, limit) {
      const { seq, told: after } = (await projectedUpTo({ terminalId }))[0] ?? { seq: 0, told: 0 };
      if (after >= seq) return { after, upTo: after, entries: [] };
      const rows = await entriesAfter({ terminalId, after, to: seq, limit });
      return { after, upTo: rows.length < limit ? seq : rows.at(-1)!.seq, entries: rows.map(entryOf) };
    },
    async told(terminalId, after, to) {
      const done = await db
        .updateTable('projection_place')
        .set({ told: to })
        .where('terminal_id', '=', terminalId)
        .where('told', '=', after)
        .where('seq', '>=', to)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
  };
}

const entryOf = ({ code, ...row }: Omit<StoredEntry, 'setAside'> & { code: string | null }): StoredEntry => ({
  ...row,
  setAside: code !== null,
});
