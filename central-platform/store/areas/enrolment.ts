import type { Selectable } from 'kysely';
import type { EnrolmentStore, TerminalCertificate } from '../enrolment-store.ts';
import type { EnrolmentTables } from '../tables/enrolment.ts';
import type { Db } from '../tables/tables.ts';

export function enrolmentStore(db: Db): EnrolmentStore {
  return {
    async addCode({ codeId, terminalId, codeHash, createdBy, createdAt, expiresAt }) {
      await db.transaction().execute(async (transaction) => {
        await cancel(transaction, terminalId, createdAt);
        await transaction
          .insertInto('enrolment_code')
          .values({
            code_id: codeId,
            terminal_id: terminalId,
            code_hash: codeHash,
            created_by: createdBy,
            created_at: createdAt,
            expires_at: expiresAt,
            tries: 0,
            used_at: null,
            cancelled_at: null,
            keys_hash: null,
            answer: null,
          })
          .execute();
      });
    },
    async tryCode(terminalId, at, most) {
      const tried = await db
        .updateTable('enrolment_code')
        .set((e) => ({ tries: e('tries', '+', 1) }))
        .where('terminal_id', '=', terminalId)
        .where('used_at', 'is', null)
        .where('cancelled_at', 'is', null)
        .where('expires_at', '>', at)
        .where('tries', '<', most)
        .returning(['code_id as codeId', 'code_hash as codeHash'])
        .executeTakeFirst();
      return tried;
    },
    async useCode(codeId, at, { keysHash, answer }) {
      const used = await db
        .updateTable('enrolment_code')
        .set({ used_at: at, keys_hash: keysHash, answer })
        .where('code_id', '=', codeId)
        .where('used_at', 'is', null)
        .where('cancelled_at', 'is', null)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
    async repeatCode(terminalId, since, most) {
      const last = db
        .selectFrom('enrolment_code')
        .select('code_id')
        .where('terminal_id', '=', terminalId)
        .orderBy('created_at', 'desc')
        .orderBy('code_id', 'desc')
        .limit(1);
      const row = await db
        .updateTable('enrolment_code')
        .set((e) => ({ repeats: e('repeats', '+', 1) }))
        .where('code_id', '=', last)
        .where('used_at', '>', since)
        .where('repeats', '<', most)
        .returning(['code_id', 'code_hash', 'used_at', 'keys_hash', 'answer'])
        .executeTakeFirst();
      if (!row) return undefined;
      const { code_id: codeId, code_hash: codeHash, keys_hash: keysHash, answer } = row;
      return { codeId, codeHash, keysHash, answer, usedAt: row.used_at! };
    },
    cancelCodes: (terminalId, at) => cancel(db, terminalId, at),
    async codes(limit) {
      const rows = await db
        .selectFrom('enrolment_code')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('code_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        codeId: row.code_id,
        terminalId: row.terminal_id,
        createdBy: row.created_by,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        tries: row.tries,
        usedAt: row.used_at,
        cancelledAt: row.cancelled_at,
      }));
    },
    async addCertificate({ serialNumber, terminalId, origin, issuedAt, notBefore, notAfter }) {
      await db.transaction().execute(async (transaction) => {
        if (origin === 'enrolment') {
          await transaction
            .updateTable('terminal_certificate')
            .set({ superseded_at: issuedAt })
            .where('terminal_id', '=', terminalId)
            .where('superseded_at', 'is', null)
            .execute();
        }
        await transaction
          .insertInto('terminal_certificate')
          .values({
            serial_number: serialNumber,
            terminal_id: terminalId,
            origin,
            issued_at: issuedAt,
            not_before: notBefore,
            not_after: notAfter,
            first_seen_at: null,
            superseded_at: null,
          })
          // Noted again after a process ended half-way.
          .onConflict((conflict) => conflict.column('serial_number').doUpdateSet({ superseded_at: null }))
          .execute();
      });
    },
    async certificates(terminalId) {
      const rows = await db
        .selectFrom('terminal_certificate')
        .selectAll()
        .where('terminal_id', '=', terminalId)
        .orderBy('issued_at', 'desc')
        .limit(50)
        .execute();
      return rows.map(certificateOf);
    },
    async certificateSeen(serialNumber, at) {
      await db.transaction().execute(async (transaction) => {
        const seen = await transaction
          .updateTable('terminal_certificate')
          .set({ first_seen_at: at })
          .where('serial_number', '=', serialNumber)
          .where('first_seen_at', 'is', null)
          .returning(['terminal_id', 'issued_at'])
          .executeTakeFirst();
        if (!seen) return;
        await transaction
          .updateTable('terminal_certificate')
          .set({ superseded_at: at })
          .where('terminal_id', '=', seen.terminal_id)
          .where('serial_number', '!=', serialNumber)
          .where('issued_at', '<=', seen.issued_at)
          .where('superseded_at', 'is', null)
          .execute();
      });
    },
    async noteRevocation({ terminalId, reason, by, at }) {
      await db
        .insertInto('terminal_revocation')
        .values({ terminal_id: terminalId, reason, by, at })
        .onConflict((conflict) => conflict.column('terminal_id').doUpdateSet({ reason, by, at }))
        .execute();
    },
    async revocation(terminalId) {
      const row = await db
        .selectFrom('terminal_revocation')
        .selectAll()
        .where('terminal_id', '=', terminalId)
        .executeTakeFirst();
      return row && { terminalId: row.terminal_id, reason: row.reason, by: row.by, at: row.at };
    },
  };
}

async function cancel(db: Db, terminalId: string, at: number): Promise<void> {
  await db
    .updateTable('enrolment_code')
    .set({ cancelled_at: at })
    .where('terminal_id', '=', terminalId)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
}

function certificateOf(row: Selectable<EnrolmentTables['terminal_certificate']>): TerminalCertificate {
  return {
    serialNumber: row.serial_number,
    terminalId: row.terminal_id,
    origin: row.origin,
    issuedAt: row.issued_at,
    notBefore: row.not_before,
    notAfter: row.not_after,
    firstSeenAt: row.first_seen_at,
    supersededAt: row.superseded_at,
  };
}
