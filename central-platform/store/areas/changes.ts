import type { Selectable } from 'kysely';
import type { ChangeContent } from '../../management/contract/changes.ts';
import type { ChangeStore, KeptChange } from '../desk-store.ts';
import type { ConsoleTables } from '../tables/console.ts';
import type { Db } from '../tables/tables.ts';

export function changeStore(db: Db): ChangeStore {
  return {
    async add({ content, before, state, emergency, confirmBy, proposedBy, proposedAt, reason, version }) {
      const { id } = await db
        .insertInto('change')
        .values({
          ...{ kind: content.kind, content: JSON.stringify(content), before: JSON.stringify(before ?? null), state },
          ...{ emergency: Number(emergency), confirm_by: confirmBy, proposed_by: proposedBy, proposed_at: proposedAt },
          ...{ reason, version, decided_by: null, decided_at: null, decision: null, code: null },
          ...{ waves_sent: 0, halted: 0 },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async get(id) {
      const row = await db.selectFrom('change').selectAll().where('id', '=', id).executeTakeFirst();
      return row && changeOf(row);
    },
    async list(limit, before, state) {
      let wanted = db.selectFrom('change').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) wanted = wanted.where('id', '<', before);
      if (state !== undefined) wanted = wanted.where('state', '=', state);
      return (await wanted.execute()).map(changeOf);
    },
    async move(id, from, { state, decidedBy, decidedAt, decision, code, version }) {
      const moved = await db
        .updateTable('change')
        .set({
          ...(state !== undefined && { state }),
          ...(decidedBy !== undefined && { decided_by: decidedBy }),
          ...(decidedAt !== undefined && { decided_at: decidedAt }),
          ...(decision !== undefined && { decision }),
          ...(code !== undefined && { code }),
          ...(version !== undefined && { version }),
        })
        .where('id', '=', id)
        .where('state', '=', from)
        .executeTakeFirst();
      return moved.numUpdatedRows === 1n;
    },
    async wave(id, sentBefore, { wavesSent, halted }) {
      const moved = await db
        .updateTable('change')
        .set({
          ...(wavesSent !== undefined && { waves_sent: wavesSent }),
          ...(halted !== undefined && { halted: Number(halted) }),
        })
        .where('id', '=', id)
        .where('waves_sent', '=', sentBefore)
        .executeTakeFirst();
      return moved.numUpdatedRows === 1n;
    },
  };
}

const changeOf = (row: Selectable<ConsoleTables['change']>): KeptChange => ({
  id: row.id,
  content: JSON.parse(row.content) as ChangeContent,
  before: JSON.parse(row.before) as unknown,
  state: row.state as KeptChange['state'],
  emergency: row.emergency === 1,
  confirmBy: row.confirm_by,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  reason: row.reason,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  decision: row.decision,
  code: row.code,
  version: row.version,
  wavesSent: row.waves_sent,
  halted: row.halted === 1,
});
