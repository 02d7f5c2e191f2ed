import type { Selectable } from 'kysely';
import type { Consent, DepartmentRow, OutwardStore } from '../outward-store.ts';
import type { OutwardTables } from '../tables/outward.ts';
import type { Db } from '../tables/tables.ts';

export function outwardStore(db: Db): OutwardStore {
  return {
    departments: async () =>
      (await db.selectFrom('department').selectAll().orderBy('department_id').execute()).map(departmentOf),
    async department(departmentId) {
      const row = await db
        .selectFrom('department')
        .selectAll()
        .where('department_id', '=', departmentId)
        .executeTakeFirst();
      return row && departmentOf(row);
    },
    async put({ departmentId, keyHash, settings, version, changedAt }) {
      const row = { key_hash: keyHash, settings, version, changed_at: changedAt };
      const done = await db
        .insertInto('department')
        .values({ department_id: departmentId, ...row })
        .onConflict((conflict) =>
          conflict
            .column('department_id')
            .doUpdateSet(row)
            .where('department.version', '=', version - 1),
        )
        .returning('version')
        .executeTakeFirst();
      return done !== undefined;
    },
    async consent({ consentId, depositorId, departmentId, fields, purpose, channel, givenAt, until, withdrawnAt }) {
      await db
        .insertInto('consent')
        .values({
          consent_id: consentId,
          depositor_id: depositorId,
          department_id: departmentId,
          fields: JSON.stringify(fields),
          purpose,
          channel,
          given_at: givenAt,
          until,
          withdrawn_at: withdrawnAt,
        })
        .execute();
    },
    async withdraw(consentId, depositorId, at) {
      const done = await db
        .updateTable('consent')
        .set({ withdrawn_at: at })
        .where('consent_id', '=', consentId)
        .where('depositor_id', '=', depositorId)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    consents: async (depositorId) =>
      (
        await db
          .selectFrom('consent')
          .selectAll()
          .where('depositor_id', '=', depositorId)
          .orderBy('given_at', 'desc')
          .orderBy('consent_id', 'desc')
          .limit(200)
          .execute()
      ).map(consentOf),
    async log({ at, departmentId, personHash, given, withheld, found }) {
      await db
        .insertInto('outward_answer')
        .values({
          at,
          department_id: departmentId,
          person_hash: personHash,
          given: JSON.stringify(given),
          withheld: JSON.stringify(withheld),
          found: Number(found),
        })
        .execute();
    },
    async answers(departmentId, limit) {
      let wanted = db.selectFrom('outward_answer').selectAll().orderBy('id', 'desc').limit(limit);
      if (departmentId !== undefined) wanted = wanted.where('department_id', '=', departmentId);
      return (await wanted.execute()).map((row) => ({
        at: row.at,
        departmentId: row.department_id,
        personHash: row.person_hash,
        given: JSON.parse(row.given) as string[],
        withheld: JSON.parse(row.withheld) as string[],
        found: row.found === 1,
      }));
    },
    async counts(since) {
      const rows = await db
        .selectFrom('outward_answer')
        .select(({ fn }) => ['department_id', fn.countAll<number>().as('asked'), fn.sum<number>('found').as('found')])
        .where('at', '>=', since)
        .groupBy('department_id')
        .orderBy('department_id')
        .execute();
      return rows.map((row) => ({
        departmentId: row.department_id,
        asked: Number(row.asked),
        found: Number(row.found),
      }));
    },
  };
}

const departmentOf = (row: Selectable<OutwardTables['department']>): DepartmentRow => ({
  departmentId: row.department_id,
  keyHash: row.key_hash,
  settings: row.settings,
  version: row.version,
  changedAt: row.changed_at,
});

const consentOf = (row: Selectable<OutwardTables['consent']>): Consent => ({
  consentId: row.consent_id,
  depositorId: row.depositor_id,
  departmentId: row.department_id,
  fields: JSON.parse(row.fields) as string[],
  purpose: row.purpose,
  channel: row.channel,
  givenAt: row.given_at,
  until: row.until,
  withdrawnAt: row.withdrawn_at,
});
