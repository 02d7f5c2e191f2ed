import type { ConfigurationChange, ConfigurationStore } from '../configuration-store.ts';
import type { Db } from '../tables/tables.ts';

const CHANGE = [
  'id',
  'kind',
  'scope',
  'content',
  'proposed_by as proposedBy',
  'proposed_at as proposedAt',
  'approved_by as approvedBy',
  'approved_at as approvedAt',
] as const;
const RELEASE = [
  'kind',
  'version',
  'scope',
  'change_id as changeId',
  'statement',
  'key_id as keyId',
  'signature',
  'issued_at as issuedAt',
  'expires',
] as const;

type ChangeRow = Omit<ConfigurationChange, 'content'> & { readonly content: string };
const fromRow = (row: ChangeRow): ConfigurationChange => ({ ...row, content: JSON.parse(row.content) as unknown });

export function configurationStore(db: Db): ConfigurationStore {
  const changes = db.selectFrom('configuration_change').select(CHANGE);
  const releases = db.selectFrom('configuration_release').select(RELEASE);
  const one = async (wanted: typeof changes): Promise<ConfigurationChange | undefined> => {
    const row = await wanted.executeTakeFirst();
    return row && fromRow(row);
  };
  return {
    async propose({ kind, scope, content, by, at }) {
      const { id } = await db
        .insertInto('configuration_change')
        .values({ kind, scope, content: JSON.stringify(content), proposed_by: by, proposed_at: at })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async approve(id, by, at) {
      const done = await db
        .updateTable('configuration_change')
        .set({ approved_by: by, approved_at: at })
        .where('id', '=', id)
        .where('approved_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },
    change: (id) => one(changes.where('id', '=', id)),
    async changes() {
      return (await changes.orderBy('id', 'desc').limit(200).execute()).map(fromRow);
    },
    inForce: (kind, scope) =>
      one(
        changes
          .where('kind', '=', kind)
          .where('scope', '=', scope)
          .where('approved_at', 'is not', null)
          .orderBy('id', 'desc')
          .limit(1),
      ),
    async scopes(kind) {
      const found = await db
        .selectFrom('configuration_change')
        .select('scope')
        .distinct()
        .where('kind', '=', kind)
        .where('approved_at', 'is not', null)
        .orderBy('scope')
        .execute();
      return found.map(({ scope }) => scope);
    },
    async lastVersion(kind) {
      const found = await db
        .selectFrom('configuration_release')
        .select((e) => e.fn.max('version').as('last'))
        .where('kind', '=', kind)
        .executeTakeFirst();
      return (found?.last as number | null | undefined) ?? 0;
    },
    async addRelease({ kind, version, scope, changeId, statement, keyId, signature, issuedAt, expires }) {
      const added = await db
        .insertInto('configuration_release')
        .values({
          kind,
          version,
          scope,
          change_id: changeId,
          statement,
          key_id: keyId,
          signature,
          issued_at: issuedAt,
          expires,
        })
        .onConflict((conflict) => conflict.columns(['kind', 'version']).doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },
    releases: (limit) => releases.orderBy('issued_at', 'desc').orderBy('version', 'desc').limit(limit).execute(),
    newest: (kind, terminalId) =>
      releases
        .where('kind', '=', kind)
        .where('scope', 'in', ['', terminalId])
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst(),
    after: (kind, terminalId, version, now) =>
      releases
        .where('kind', '=', kind)
        .where('scope', 'in', ['', terminalId])
        .where('version', '>', version)
        .where('expires', '>', now)
        .orderBy('version')
        .limit(40)
        .execute(),
  };
}
