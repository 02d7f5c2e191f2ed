import { CompiledQuery } from 'kysely';
import { prepared } from '../engine/prepared.ts';
import type { JournalStore } from '../store.ts';
import type { Db } from '../tables/tables.ts';

type Batch = Parameters<JournalStore['append']>[0];
type HeadMove = Pick<Batch, 'terminalId' | 'stream' | 'signature' | 'at'> & {
  readonly durableUpTo: number;
  readonly head: string;
  readonly expectedUpTo: number;
  readonly expectedHead: string;
};

/** Rows that go in with one statement: every count would be a text of its own, so there are four. */
const SIZES = [64, 16, 4, 1] as const;

const KEYS = inserts('entry_key (terminal_id, stream, seq, digest, link, received_at)');
const BODIES = inserts('entry_body (terminal_id, stream, seq, salt, body, wrapped_key)');

/** Of six columns each. */
function inserts(into: string): ReadonlyMap<number, string> {
  return new Map(
    SIZES.map((size) => [size, `INSERT INTO ${into} VALUES ${Array<string>(size).fill('(?,?,?,?,?,?)').join()}`]),
  );
}

/** Head first: where the stream stands elsewhere than expected nothing else is written. */
export function sqliteAppend(db: Db): JournalStore['append'] {
  const moveHead = prepared(db, (given: HeadMove) =>
    db
      .insertInto('stream_head')
      .values({
        terminal_id: given.terminalId,
        stream: given.stream,
        durable_up_to: given.durableUpTo,
        head: given.head,
        signature: given.signature,
        received_at: given.at,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['terminal_id', 'stream'])
          .doUpdateSet((e) => ({
            durable_up_to: e.ref('excluded.durable_up_to'),
            head: e.ref('excluded.head'),
            signature: e.ref('excluded.signature'),
            received_at: e.ref('excluded.received_at'),
          }))
          .where('stream_head.durable_up_to', '=', given.expectedUpTo)
          .where('stream_head.head', '=', given.expectedHead),
      )
      .returning('durable_up_to'),
  );

  return (batch) =>
    db.transaction().execute(async (transaction) => {
      const { terminalId, stream, expected, entries, signature, at } = batch;
      const last = entries.at(-1);
      if (!last) return true;
      const moved = await moveHead(
        {
          ...{ terminalId, stream, signature, at },
          ...{ durableUpTo: last.seq, head: last.link },
          ...{ expectedUpTo: expected.durableUpTo, expectedHead: expected.head },
        },
        transaction,
      );
      if (moved.length === 0) return false;
      for (let done = 0; done < entries.length;) {
        const size = SIZES.find((one) => one <= entries.length - done)!;
        const rows = entries.slice(done, done + size);
        const keys = rows.flatMap(({ seq, digest, link }) => [terminalId, stream, seq, digest, link, at]);
        await transaction.executeQuery(CompiledQuery.raw(KEYS.get(size)!, keys));
        const bodies = rows.flatMap(({ seq, salt, body, wrappedKey }) => [
          ...[terminalId, stream, seq, salt, body, wrappedKey],
        ]);
        await transaction.executeQuery(CompiledQuery.raw(BODIES.get(size)!, bodies));
        done += size;
      }
      for (const { seq, quarantine } of entries) {
        if (!quarantine) continue;
        await transaction
          .insertInto('quarantine')
          .values({ terminal_id: terminalId, stream, seq, at, ...quarantine })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      return true;
    });
}
