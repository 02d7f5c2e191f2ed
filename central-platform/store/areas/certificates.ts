import type { Selectable } from 'kysely';
import type { CertificateRecord, CertificateStore } from '../certificate-store.ts';
import type { DocumentTables } from '../tables/documents.ts';
import type { Db } from '../tables/tables.ts';

export function certificateStore(db: Db): CertificateStore {
  return {
    async open({ documentNumber, depositorId, state, content, at }, steps) {
      await db.transaction().execute(async (transaction) => {
        const added = await transaction
          .insertInto('certificate')
          .values({
            document_number: documentNumber,
            depositor_id: depositorId,
            state,
            content: JSON.stringify(content),
            version: steps.length,
            at,
          })
          .onConflict((conflict) => conflict.column('document_number').doNothing())
          .returning('document_number')
          .executeTakeFirst();
        if (!added) return;
        const rows = steps.map((step, i) => ({ ...rowOf(step), document_number: documentNumber, place: i + 1 }));
        if (rows.length > 0) await transaction.insertInto('certificate_step').values(rows).execute();
      });
    },
    async find(documentNumber) {
      const row = await db
        .selectFrom('certificate')
        .selectAll()
        .where('document_number', '=', documentNumber)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async step({ documentNumber, version }, { state, content }, step) {
      return db.transaction().execute(async (transaction) => {
        const changed = await transaction
          .updateTable('certificate')
          .set({ state, content: JSON.stringify(content), version: version + 1, at: step.at })
          .where('document_number', '=', documentNumber)
          .where('version', '=', version)
          .executeTakeFirst();
        if (changed.numUpdatedRows !== 1n) return false;
        await transaction
          .insertInto('certificate_step')
          .values({ ...rowOf(step), document_number: documentNumber, place: version + 1 })
          .execute();
        return true;
      });
    },
    async steps(documentNumber) {
      const rows = await db
        .selectFrom('certificate_step')
        .selectAll()
        .where('document_number', '=', documentNumber)
        .orderBy('place')
        .execute();
      return rows.map(({ document_number, place, at, actor, type, content }) => ({
        documentNumber: document_number,
        place,
        at,
        actor,
        type,
        content: JSON.parse(content) as unknown,
      }));
    },
    async inState(state, limit) {
      const rows = await db
        .selectFrom('certificate')
        .selectAll()
        .where('state', '=', state)
        .orderBy('at')
        .limit(limit)
        .execute();
      return rows.map(recordOf);
    },
  };
}

const rowOf = ({ at, actor, type, content }: { at: number; actor: string; type: string; content: unknown }) => ({
  at,
  actor,
  type,
  content: JSON.stringify(content),
});

const recordOf = (row: Selectable<DocumentTables['certificate']>): CertificateRecord => ({
  documentNumber: row.document_number,
  depositorId: row.depositor_id,
  state: row.state,
  content: JSON.parse(row.content) as unknown,
  version: row.version,
  at: row.at,
});
