import type { CarriedStore } from '../store.ts';
import type { Db } from '../tables/tables.ts';

export function carriedStore(db: Db): CarriedStore {
  return {
    async note({ sha256, terminalId, at, entries }) {
      await db
        .insertInto('bundle')
        .values({ sha256, terminal_id: terminalId, first_received_at: at, entries })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async putAside({ sha256, terminalId, stream, fromSeq, toSeq, code, at, batch }) {
      await db
        .insertInto('put_aside')
        .values({
          bundle_sha256: sha256,
          terminal_id: terminalId,
          stream,
          from_seq: fromSeq,
          to_seq: toSeq,
          code,
          at,
          batch,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    listPutAside: () =>
      db
        .selectFrom('put_aside')
        .select([
          'bundle_sha256 as sha256',
          'terminal_id as terminalId',
          'stream',
          'from_seq as fromSeq',
          'to_seq as toSeq',
          'code',
          'at',
        ])
        .orderBy('id', 'desc')
        .limit(500)
        .execute(),
  };
}
