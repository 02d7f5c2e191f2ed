import type { Selectable } from 'kysely';
import type { DutyStore, Incident } from '../duty-store.ts';
import type { DutyTables } from '../tables/duty.ts';
import type { Db } from '../tables/tables.ts';

export function dutyStore(db: Db): DutyStore {
  return {
    contacts: async () =>
      (await db.selectFrom('duty_contact').selectAll().orderBy('branch_id').orderBy('level').execute()).map((row) => ({
        ...{ contactId: row.contact_id, branchId: row.branch_id, level: row.level, label: row.label },
        ...{ phone: row.phone, phoneMasked: row.phone_masked, from: row.from_time, to: row.to_time },
      })),
    async saveContact({ contactId, branchId, level, label, phone, phoneMasked, from, to }) {
      const values = {
        ...{ branch_id: branchId, level, label, phone: Buffer.from(phone), phone_masked: phoneMasked },
        ...{ from_time: from, to_time: to },
      };
      await db
        .insertInto('duty_contact')
        .values({ contact_id: contactId, ...values })
        .onConflict((conflict) => conflict.column('contact_id').doUpdateSet(values))
        .execute();
    },
    async removeContact(contactId) {
      const gone = await db.deleteFrom('duty_contact').where('contact_id', '=', contactId).executeTakeFirst();
      return gone.numDeletedRows === 1n;
    },
    open: async () =>
      (
        await db
          .selectFrom('terminal_incident')
          .selectAll()
          .where('open_key', 'is not', null)
          .orderBy('opened_at')
          .execute()
      ).map(incidentOf),
    async begin({ incidentId, terminalId, kind, openedAt }) {
      const added = await db
        .insertInto('terminal_incident')
        .values({
          ...{ incident_id: incidentId, terminal_id: terminalId, kind, opened_at: openedAt, recovered_at: null },
          ...{ level: 0, told_at: null, open_key: `${terminalId} ${kind}` },
        })
        .onConflict((conflict) => conflict.column('open_key').doNothing())
        .returning('incident_id')
        .executeTakeFirst();
      return added !== undefined;
    },
    async told(incidentId, level, at) {
      await db
        .updateTable('terminal_incident')
        .set({ level, told_at: at })
        .where('incident_id', '=', incidentId)
        .where('level', '<', level)
        .execute();
    },
    async recover(incidentId, at) {
      const done = await db
        .updateTable('terminal_incident')
        .set({ recovered_at: at, open_key: null })
        .where('incident_id', '=', incidentId)
        .where('open_key', 'is not', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    ofTerminal: async (terminalId, limit) =>
      (
        await db
          .selectFrom('terminal_incident')
          .selectAll()
          .where('terminal_id', '=', terminalId)
          .orderBy('opened_at', 'desc')
          .limit(limit)
          .execute()
      ).map(incidentOf),
    incidents: async (limit) =>
      (await db.selectFrom('terminal_incident').selectAll().orderBy('opened_at', 'desc').limit(limit).execute()).map(
        incidentOf,
      ),
  };
}

const incidentOf = (row: Selectable<DutyTables['terminal_incident']>): Incident => ({
  ...{ incidentId: row.incident_id, terminalId: row.terminal_id, kind: row.kind, openedAt: row.opened_at },
  ...{ recoveredAt: row.recovered_at, level: row.level, toldAt: row.told_at },
});
