import type { PassStore } from '../pass-store.ts';
import type { Db } from '../tables/tables.ts';

export function passStore(db: Db): PassStore {
  return {
    async add({ passHash, purpose, depositorId, channel, content, createdAt, expiresAt }) {
      const added = await db
        .insertInto('pass')
        .values({
          pass_hash: passHash,
          purpose,
          depositor_id: depositorId,
          channel,
          content: Buffer.from(content),
          created_at: createdAt,
          expires_at: expiresAt,
          used_at: null,
          used_by: null,
        })
        .onConflict((conflict) => conflict.column('pass_hash').doNothing())
        .returning('pass_hash')
        .executeTakeFirst();
      return added !== undefined;
    },
    async find(passHash) {
      const row = await db.selectFrom('pass').selectAll().where('pass_hash', '=', passHash).executeTakeFirst();
      return (
        row && {
          passHash: row.pass_hash,
          purpose: row.purpose,
          depositorId: row.depositor_id,
          channel: row.channel,
          content: row.content,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          usedAt: row.used_at,
        }
      );
    },
    async use(passHash, by, at) {
      const done = await db
        .updateTable('pass')
        .set({ used_at: at, used_by: by })
        .where('pass_hash', '=', passHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async end(purpose, depositorId, at) {
      await db
        .updateTable('pass')
        .set({ expires_at: at })
        .where('purpose', '=', purpose)
        .where('depositor_id', '=', depositorId)
        .where('expires_at', '>', at)
        .execute();
    },
    async sweep(before) {
      await db.deleteFrom('pass').where('expires_at', '<', before).execute();
    },
  };
}
