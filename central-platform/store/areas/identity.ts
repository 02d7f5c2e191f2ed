import { inTurn } from '../engine/engine-of.ts';
import type { IdentityStore } from '../store.ts';
import type { Db } from '../tables/tables.ts';

const CHALLENGE = [
  'challenge_id as challengeId',
  'terminal_id as terminalId',
  'person_hash as personHash',
  'depositor_id as depositorId',
  'code_hash as codeHash',
  'phone_masked as phoneMasked',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const;

export function identityStore(db: Db): IdentityStore {
  const open = db.selectFrom('challenge').select(CHALLENGE).where('used', '=', 0);
  return {
    openChallenge: (personHash) =>
      open.where('person_hash', '=', personHash).orderBy('created_at', 'desc').limit(1).executeTakeFirst(),
    challenge: (challengeId) => open.where('challenge_id', '=', challengeId).executeTakeFirst(),
    async addChallenge(challenge) {
      const { challengeId, terminalId, personHash, depositorId, codeHash, phoneMasked, createdAt, expiresAt } =
        challenge;
      await db.transaction().execute(async (transaction) => {
        await inTurn(transaction, `person ${personHash}`);
        // A new code ends the ones before it.
        await transaction.updateTable('challenge').set({ used: 1 }).where('person_hash', '=', personHash).execute();
        await transaction
          .insertInto('challenge')
          .values({
            challenge_id: challengeId,
            terminal_id: terminalId,
            person_hash: personHash,
            depositor_id: depositorId,
            code_hash: codeHash,
            phone_masked: phoneMasked,
            created_at: createdAt,
            expires_at: expiresAt,
          })
          .execute();
      });
    },
    async useChallenge(challengeId) {
      const done = await db
        .updateTable('challenge')
        .set({ used: 1 })
        .where('challenge_id', '=', challengeId)
        .where('used', '=', 0)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    async lockedUntil(personHash) {
      const found = await db
        .selectFrom('identity_tries')
        .select('locked_until')
        .where('person_hash', '=', personHash)
        .executeTakeFirst();
      return found?.locked_until ?? 0;
    },
    countTry: (personHash, { at, tries: most, lockMs }) =>
      db.transaction().execute(async (transaction) => {
        await inTurn(transaction, `person ${personHash}`);
        const known = await transaction
          .selectFrom('identity_tries')
          .select(['tries', 'locked_until'])
          .where('person_hash', '=', personHash)
          .executeTakeFirst();
        // A lock that has run out starts the count again.
        const lockIsOver = known !== undefined && known.locked_until > 0 && known.locked_until <= at;
        const tries = (lockIsOver ? 0 : (known?.tries ?? 0)) + 1;
        const counted = { tries, locked_until: tries >= most ? at + lockMs : 0 };
        await transaction
          .insertInto('identity_tries')
          .values({ person_hash: personHash, ...counted })
          .onConflict((conflict) => conflict.column('person_hash').doUpdateSet(counted))
          .execute();
        return tries;
      }),
    async clearTries(personHash) {
      await db.deleteFrom('identity_tries').where('person_hash', '=', personHash).execute();
    },
    async addToken({ tokenHash, terminalId, depositorId, expiresAt }) {
      await db
        .insertInto('identity_token')
        .values({ token_hash: tokenHash, terminal_id: terminalId, depositor_id: depositorId, expires_at: expiresAt })
        .execute();
    },
    token: (tokenHash) =>
      db
        .selectFrom('identity_token')
        .select(['terminal_id as terminalId', 'depositor_id as depositorId', 'expires_at as expiresAt'])
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst(),
    async endToken(tokenHash) {
      await db.deleteFrom('identity_token').where('token_hash', '=', tokenHash).execute();
    },
    async addMessage({ at, phoneMasked, text }) {
      await db.insertInto('sms_outbox').values({ at, phone_masked: phoneMasked, text }).execute();
    },
    messages: () =>
      db
        .selectFrom('sms_outbox')
        .select(['id', 'at', 'phone_masked as phoneMasked', 'text'])
        .orderBy('id', 'desc')
        .limit(50)
        .execute(),
  };
}
