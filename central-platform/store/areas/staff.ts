import type { Selectable } from 'kysely';
import type { Role } from '../../management/contract/route.ts';
import type { StaffMember, StaffSession, StaffStore } from '../staff-store.ts';
import type { ConsoleTables } from '../tables/console.ts';
import type { Db } from '../tables/tables.ts';

export function staffStore(db: Db): StaffStore {
  return {
    list: async () => (await db.selectFrom('staff').selectAll().orderBy('login').execute()).map(memberOf),
    async get(login) {
      const row = await db.selectFrom('staff').selectAll().where('login', '=', login).executeTakeFirst();
      return row && memberOf(row);
    },
    async add(member) {
      const { login, name, role, state, secret, mustChange, tries, lockedUntil, createdAt, lastSignInAt } = member;
      const added = await db
        .insertInto('staff')
        .values({
          ...{ login, name, role, state, secret, tries, must_change: Number(mustChange) },
          ...{ locked_until: lockedUntil, created_at: createdAt, last_sign_in_at: lastSignInAt },
        })
        .onConflict((conflict) => conflict.column('login').doNothing())
        .returning('login')
        .executeTakeFirst();
      return added !== undefined;
    },
    async change(login, { name, role, state, secret, mustChange, lockedUntil, lastSignInAt }) {
      const changed = await db
        .updateTable('staff')
        .set({
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
          ...(state !== undefined && { state }),
          ...(secret !== undefined && { secret }),
          ...(mustChange !== undefined && { must_change: Number(mustChange) }),
          ...(lockedUntil !== undefined && { locked_until: lockedUntil }),
          ...(lastSignInAt !== undefined && { last_sign_in_at: lastSignInAt }),
        })
        .where('login', '=', login)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
    async countTry(login) {
      const row = await db
        .updateTable('staff')
        .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
        .where('login', '=', login)
        .returning('tries')
        .executeTakeFirst();
      return row?.tries ?? 0;
    },
    async clearTries(login) {
      await db.updateTable('staff').set({ tries: 0 }).where('login', '=', login).execute();
    },
    async addSession({ tokenHash, login, csrfToken, createdAt, lastUsedAt }) {
      await db
        .insertInto('staff_session')
        .values({
          ...{ token_hash: tokenHash, login, csrf_token: csrfToken },
          ...{ created_at: createdAt, last_used_at: lastUsedAt },
        })
        .execute();
    },
    async session(tokenHash) {
      const row = await db
        .selectFrom('staff_session')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row && sessionOf(row);
    },
    sessions: async () => (await db.selectFrom('staff_session').selectAll().execute()).map(sessionOf),
    async touch(tokenHash, at) {
      await db.updateTable('staff_session').set({ last_used_at: at }).where('token_hash', '=', tokenHash).execute();
    },
    async endSession(tokenHash) {
      await db.deleteFrom('staff_session').where('token_hash', '=', tokenHash).execute();
    },
    async endSessionsOf(login, except = '') {
      await db.deleteFrom('staff_session').where('login', '=', login).where('token_hash', '!=', except).execute();
    },
    async sweepSessions(lastUsedBefore) {
      await db.deleteFrom('staff_session').where('last_used_at', '<', lastUsedBefore).execute();
    },
  };
}

const memberOf = (row: Selectable<ConsoleTables['staff']>): StaffMember => ({
  login: row.login,
  name: row.name,
  role: row.role as Role,
  state: row.state as StaffMember['state'],
  secret: row.secret,
  mustChange: row.must_change === 1,
  tries: row.tries,
  lockedUntil: row.locked_until,
  createdAt: row.created_at,
  lastSignInAt: row.last_sign_in_at,
});

const sessionOf = (row: Selectable<ConsoleTables['staff_session']>): StaffSession => ({
  tokenHash: row.token_hash,
  login: row.login,
  csrfToken: row.csrf_token,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
});
