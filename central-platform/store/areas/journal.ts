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
  const unprojected = prepared(db, (given: { terminalId: string; after: number; limit: number }) =>
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
      .orderBy('b.seq')
      .limit(given.limit),
  );
  const projectedUpTo = prepared(db, ({ terminalId }: { terminalId: string }) =>
    db.selectFrom('projection_place').select('seq').where('terminal_id', '=', terminalId),
  );

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
    async quarantinedBody(terminalId, stream, seq) {
      const bodies = (table: 'entry_body' | 'quarantined_body') =>
        db
          .selectFrom(table)
          .select('body')
          .where('terminal_id', '=', terminalId)
          .where('stream', '=', stream)
          .where('seq', '=', seq)
          .executeTakeFirst();
      return ((await bodies('entry_body')) ?? (await bodies('quarantined_body')))?.body;
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
        .where((e) => e('h.durable_up_to', '>', e.fn.coalesce('p.seq', e.lit(0))))
        .orderBy('h.terminal_id')
        .execute();
      return found.map((row) => row.terminal_id);
    },
    async unprojected(terminalId, limit) {
      const after = (await projectedUpTo({ terminalId }))[0]?.seq ?? 0;
      const rows = await unprojected({ terminalId, after, limit });
      return { after, entries: rows.map(({ code, ...row }): StoredEntry => ({ ...row, setAside: code !== null })) };
    },
  };
}
