import type { Selectable } from 'kysely';
import type { UserTables } from '../tables/users.ts';
import type { Db } from '../tables/tables.ts';
import type { PlatformUser, UserStore } from '../user-store.ts';

export function userStore(db: Db): UserStore {
  return {
    async bind(user) {
      const row = await db
        .insertInto('platform_user')
        .values({
          user_id: user.userId,
          depositor_id: user.depositorId,
          person_hash: user.personHash,
          phone_hash: user.phoneHash,
          registered_at: user.registeredAt,
          registered_by: user.registeredBy,
        })
        .onConflict((conflict) =>
          conflict.column('depositor_id').doUpdateSet({ person_hash: user.personHash, phone_hash: user.phoneHash }),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return userOf(row);
    },
    byPhone: async (phoneHash) =>
      (
        await db
          .selectFrom('platform_user')
          .selectAll()
          .where('phone_hash', '=', phoneHash)
          .orderBy('registered_at')
          .limit(20)
          .execute()
      ).map(userOf),
    async byDepositor(depositorId) {
      const row = await db
        .selectFrom('platform_user')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .executeTakeFirst();
      return row && userOf(row);
    },
    page: async (after, limit) =>
      (
        await db
          .selectFrom('platform_user')
          .selectAll()
          .where('depositor_id', '>', after)
          .orderBy('depositor_id')
          .limit(limit)
          .execute()
      ).map(userOf),
    async addChallenge({ challengeId, purpose, channel, subjectHash, candidates, codeHash, createdAt, expiresAt }) {
      await db
        .insertInto('web_challenge')
        .values({
          challenge_id: challengeId,
          purpose,
          channel,
          subject_hash: subjectHash,
          candidates: JSON.stringify(candidates),
          code_hash: codeHash,
          created_at: createdAt,
          expires_at: expiresAt,
          used: 0,
        })
        .execute();
    },
    async challenge(challengeId) {
      const row = await db
        .selectFrom('web_challenge')
        .selectAll()
        .where('challenge_id', '=', challengeId)
        .where('used', '=', 0)
        .executeTakeFirst();
      return (
        row && {
          challengeId: row.challenge_id,
          purpose: row.purpose,
          channel: row.channel,
          subjectHash: row.subject_hash,
          candidates: JSON.parse(row.candidates) as string[],
          codeHash: row.code_hash,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      );
    },
    async useChallenge(challengeId) {
      const done = await db
        .updateTable('web_challenge')
        .set({ used: 1 })
        .where('challenge_id', '=', challengeId)
        .where('used', '=', 0)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async addSession({ tokenHash, channel, kind, subject, createdAt, expiresAt }) {
      await db
        .insertInto('web_session')
        .values({ token_hash: tokenHash, channel, kind, subject, created_at: createdAt, expires_at: expiresAt })
        .execute();
    },
    async session(tokenHash) {
      const row = await db.selectFrom('web_session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return (
        row && {
          tokenHash: row.token_hash,
          channel: row.channel,
          kind: row.kind,
          subject: row.subject,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      );
    },
    async endSession(tokenHash) {
      await db.deleteFrom('web_session').where('token_hash', '=', tokenHash).execute();
    },
    async sweep(before) {
      await db.deleteFrom('web_challenge').where('expires_at', '<', before).execute();
      await db.deleteFrom('web_session').where('expires_at', '<', before).execute();
    },
  };
}

const userOf = (row: Selectable<UserTables['platform_user']>): PlatformUser => ({
  userId: row.user_id,
  depositorId: row.depositor_id,
  personHash: row.person_hash,
  phoneHash: row.phone_hash,
  registeredAt: row.registered_at,
  registeredBy: row.registered_by,
});
