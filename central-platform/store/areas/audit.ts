import { createHash } from 'node:crypto';
import type { AuditEntry, AuditEvent, AuditStore } from '../audit-store.ts';
import type { AuditTables } from '../tables/audit.ts';
import type { Db } from '../tables/tables.ts';
import type { Selectable } from 'kysely';

const GENESIS = '0'.repeat(64);
/** Two processes that append at the same moment want the same place in the chain; one of them asks again. */
const TRIES = 100;
const PAGE = 1_000;

type Row = Selectable<AuditTables['audit_entry']>;

export function auditStore(db: Db): AuditStore {
  const last = () => db.selectFrom('audit_entry').select('link').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return {
    async append({ at, actor, action, subject, detail }) {
      const row = { at, actor, action, subject, detail: JSON.stringify(detail) };
      for (let tries = 1; ; tries++) {
        const before = (await last())?.link ?? GENESIS;
        const link = linkOf(before, row);
        const added = await db
          .insertInto('audit_entry')
          .values({ ...row, before, link })
          .onConflict((conflict) => conflict.column('before').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (added) return entryOf(added);
        if (tries === TRIES) throw new Error('the audit log takes no entry: others are always faster');
      }
    },
    async list(limit, beforeId) {
      let wanted = db.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(limit);
      if (beforeId !== undefined) wanted = wanted.where('id', '<', beforeId);
      return (await wanted.execute()).map(entryOf);
    },
    async verify() {
      let [link, entries, after] = [GENESIS, 0, 0];
      for (;;) {
        const rows = await db
          .selectFrom('audit_entry')
          .selectAll()
          .where('id', '>', after)
          .orderBy('id')
          .limit(PAGE)
          .execute();
        for (const row of rows) {
          if (row.before !== link || row.link !== linkOf(link, row)) return { entries, brokenAt: row.id };
          [link, after] = [row.link, row.id];
          entries++;
        }
        if (rows.length < PAGE) return { entries, brokenAt: null };
      }
    },
  };
}

function linkOf(before: string, { at, actor, action, subject, detail }: Omit<Row, 'id' | 'before' | 'link'>): string {
  return createHash('sha256')
    .update(JSON.stringify([before, at, actor, action, subject, detail]))
    .digest('hex');
}

function entryOf(row: Row): AuditEntry {
  return { ...row, detail: JSON.parse(row.detail) as AuditEvent['detail'] };
}
