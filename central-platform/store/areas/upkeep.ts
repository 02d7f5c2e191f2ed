import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { sql } from 'kysely';
import { engineOf, inTurn } from '../engine/engine-of.ts';
import { dropParts, makeRoomFor } from '../engine/partitions.ts';
import type { Db } from '../tables/tables.ts';
import { headsOf } from '../upkeep/proof.ts';
import type { AgingTable, UpkeepStore } from '../upkeep-store.ts';

/** Rows that go with one statement: others wait for it no longer than for an ordinary one. */
const AT_ONCE = 500;

const AGE: Readonly<Record<AgingTable, { readonly key: string; readonly age: string }>> = {
  challenge: { key: 'challenge_id', age: 'expires_at' },
  identity_token: { key: 'token_hash', age: 'expires_at' },
  identity_factor: { key: 'factor_id', age: 'expires_at' },
  sms_outbox: { key: 'id', age: 'at' },
  security_event: { key: 'id', age: 'at' },
};

export function upkeepStore(db: Db): UpkeepStore {
  const isPostgres = engineOf(db) === 'postgres';
  return {
    async makeRoom(at) {
      if (isPostgres) await makeRoomFor(db, at);
    },
    dropBodies: (stream, before) => (isPostgres ? dropParts(db, stream, before) : deleteBodies(db, stream, before)),
    async dropRows(table, before) {
      const { key, age } = AGE[table];
      const done = await sql`
        DELETE FROM ${sql.table(table)} WHERE ${sql.ref(key)} IN
          (SELECT ${sql.ref(key)} FROM ${sql.table(table)} WHERE ${sql.ref(age)} < ${before} LIMIT ${sql.lit(AT_ONCE)})`.execute(
        db,
      );
      return Number(done.numAffectedRows ?? 0n);
    },
    async noteRetention(run) {
      await db.insertInto('retention_run').values(run).execute();
    },
    retentionRuns: () =>
      db
        .selectFrom('retention_run')
        .select(['at', 'what', 'before', 'dropped', 'kept'])
        .orderBy('id', 'desc')
        .limit(200)
        .execute(),
    beginBackup: (at, file, notSince) =>
      db.transaction().execute(async (transaction) => {
        await inTurn(transaction, 'backup');
        const begun = await transaction
          .selectFrom('backup_run')
          .select('id')
          .where('started_at', '>', notSince)
          .limit(1)
          .executeTakeFirst();
        if (begun) return undefined;
        const { id } = await transaction
          .insertInto('backup_run')
          .values({ started_at: at, file, verified: 0 })
          .returning('id')
          .executeTakeFirstOrThrow();
        return id;
      }),
    heads: () => headsOf(db),
    async endBackup(id, { endedAt, bytes, verified, compared, error }) {
      await db
        .updateTable('backup_run')
        .set({ ended_at: endedAt, bytes, verified: verified ? 1 : 0, compared, error })
        .where('id', '=', id)
        .execute();
    },
    async backupRuns() {
      const rows = await db
        .selectFrom('backup_run')
        .select([
          'id',
          'started_at as startedAt',
          'ended_at as endedAt',
          'file',
          'bytes',
          'verified',
          'compared',
          'error',
        ])
        .orderBy('id', 'desc')
        .limit(200)
        .execute();
      return rows.map((row) => ({ ...row, verified: row.verified === 1 }));
    },
  };
}

/** The oldest bodies of one terminal after the other: order of receipt is order of sequence. */
async function deleteBodies(db: Db, stream: StreamName, before: number) {
  const heads = await db.selectFrom('stream_head').select('terminal_id').where('stream', '=', stream).execute();
  let rows = 0;
  let more = false;
  for (const { terminal_id: terminalId } of heads) {
    const done = await sql`
      DELETE FROM entry_body WHERE terminal_id = ${terminalId} AND stream = ${stream} AND seq IN (
        SELECT b.seq FROM entry_body b JOIN entry_key k USING (terminal_id, stream, seq)
        WHERE b.terminal_id = ${terminalId} AND b.stream = ${stream} AND k.received_at < ${before}
          AND (b.stream <> 'business' OR b.seq <=
            coalesce((SELECT told FROM projection_place p WHERE p.terminal_id = b.terminal_id), 0))
          AND NOT EXISTS (SELECT 1 FROM quarantine q
            WHERE q.terminal_id = b.terminal_id AND q.stream = b.stream AND q.seq = b.seq)
        ORDER BY b.seq LIMIT ${sql.lit(AT_ONCE)})`.execute(db);
    const count = Number(done.numAffectedRows ?? 0n);
    rows += count;
    more ||= count === AT_ONCE;
  }
  return { dropped: `${rows} rows`, kept: null, more };
}
