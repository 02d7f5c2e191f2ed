import type { Selectable } from 'kysely';
import { inTurn } from '../engine/engine-of.ts';
import { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { IdentityStore, KeptAuthorisation } from '../identity-store.ts';
import type { IdentityTables } from '../tables/identity.ts';
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
    async addToken({ tokenHash, terminalId, depositorId, expiresAt, agent = null, factors }) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('identity_token')
          .values({
            token_hash: tokenHash,
            terminal_id: terminalId,
            depositor_id: depositorId,
            expires_at: expiresAt,
            agent,
          })
          .execute();
        for (const { kind, at } of factors) {
          await transaction
            .insertInto('identity_factor')
            .values(factorRow(tokenHash, kind, at, expiresAt))
            .execute();
        }
      });
    },
    async addFactor(tokenHash, kind, at) {
      const token = await db
        .selectFrom('identity_token')
        .select('expires_at')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!token) return;
      await db
        .insertInto('identity_factor')
        .values(factorRow(tokenHash, kind, at, token.expires_at))
        .onConflict((conflict) => conflict.column('factor_id').doUpdateSet({ at }))
        .execute();
    },
    async token(tokenHash) {
      const token = await db
        .selectFrom('identity_token')
        .select(['terminal_id as terminalId', 'depositor_id as depositorId', 'expires_at as expiresAt', 'agent'])
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!token) return undefined;
      const rows = await db
        .selectFrom('identity_factor')
        .select(['kind', 'at'])
        .where('token_hash', '=', tokenHash)
        .orderBy('at')
        .orderBy('kind')
        .execute();
      // A kind that a newer release writes is not known here and counts for nothing.
      const factors = rows.flatMap(({ kind, at }) => {
        const known = FactorKind.safeParse(kind);
        return known.success ? [{ kind: known.data, at }] : [];
      });
      return { ...token, factors };
    },
    async endToken(tokenHash) {
      await db.deleteFrom('identity_token').where('token_hash', '=', tokenHash).execute();
      await db.deleteFrom('identity_factor').where('token_hash', '=', tokenHash).execute();
    },
    async addAuthorisation(given) {
      await db
        .insertInto('agent_authorisation')
        .values({
          authorisation_id: given.authorisationId,
          depositor_id: given.depositorId,
          code_hash: given.codeHash,
          agent_hash: given.agentHash,
          agent_name: given.agentNameMasked,
          agent_number: given.agentIdNumberMasked,
          items: JSON.stringify(given.items),
          given_at: given.givenAt,
          until: given.until,
          withdrawn_at: given.withdrawnAt,
        })
        .execute();
    },
    async authorisationByCode(codeHash) {
      const row = await db
        .selectFrom('agent_authorisation')
        .selectAll()
        .where('code_hash', '=', codeHash)
        .executeTakeFirst();
      return row && readAuthorisation(row);
    },
    async authorisationsOf(depositorId) {
      const rows = await db
        .selectFrom('agent_authorisation')
        .selectAll()
        .where('depositor_id', '=', depositorId)
        .orderBy('given_at', 'desc')
        .orderBy('authorisation_id')
        .limit(100)
        .execute();
      return rows.map(readAuthorisation);
    },
    async withdrawAuthorisation(authorisationId, depositorId, at) {
      const row = await db
        .updateTable('agent_authorisation')
        .set({ withdrawn_at: at })
        .where('authorisation_id', '=', authorisationId)
        .where('depositor_id', '=', depositorId)
        .where('withdrawn_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row && readAuthorisation(row);
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

const factorRow = (tokenHash: string, kind: string, at: number, expiresAt: number) => ({
  factor_id: `${tokenHash} ${kind}`,
  token_hash: tokenHash,
  kind,
  at,
  expires_at: expiresAt,
});

const readAuthorisation = (row: Selectable<IdentityTables['agent_authorisation']>): KeptAuthorisation => ({
  authorisationId: row.authorisation_id,
  depositorId: row.depositor_id,
  codeHash: row.code_hash,
  agentHash: row.agent_hash,
  agentNameMasked: row.agent_name,
  agentIdNumberMasked: row.agent_number,
  items: JSON.parse(row.items) as string[],
  givenAt: row.given_at,
  until: row.until,
  withdrawnAt: row.withdrawn_at,
});
