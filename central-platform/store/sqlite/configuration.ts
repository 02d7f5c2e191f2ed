import type { DownlinkKind } from '@kiosk/contract/platform/downlink.ts';
import type Database from 'better-sqlite3';
import type { ConfigurationChange, ConfigurationRelease, ConfigurationStore } from '../configuration-store.ts';

const CHANGE = `id, kind, scope, content, proposed_by proposedBy, proposed_at proposedAt, approved_by approvedBy,
  approved_at approvedAt`;
const RELEASE = `kind, version, scope, change_id changeId, statement, key_id keyId, signature, issued_at issuedAt, expires`;

type ChangeRow = Omit<ConfigurationChange, 'content'> & { readonly content: string };
const fromRow = (row: ChangeRow): ConfigurationChange => ({ ...row, content: JSON.parse(row.content) as unknown });

export function configurationStore(db: Database.Database): ConfigurationStore {
  const propose = db
    .prepare<[string, string, string, string, number], number>(
      `INSERT INTO configuration_change (kind, scope, content, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?)
       RETURNING id`,
    )
    .pluck();
  const approve = db.prepare(
    'UPDATE configuration_change SET approved_by = ?, approved_at = ? WHERE id = ? AND approved_at IS NULL',
  );
  const one = db.prepare<[number], ChangeRow>(`SELECT ${CHANGE} FROM configuration_change WHERE id = ?`);
  const changes = db.prepare<[], ChangeRow>(`SELECT ${CHANGE} FROM configuration_change ORDER BY id DESC LIMIT 200`);
  const inForce = db.prepare<[string, string], ChangeRow>(
    `SELECT ${CHANGE} FROM configuration_change WHERE kind = ? AND scope = ? AND approved_at IS NOT NULL
     ORDER BY id DESC LIMIT 1`,
  );
  const scopes = db
    .prepare<[string], string>(
      'SELECT DISTINCT scope FROM configuration_change WHERE kind = ? AND approved_at IS NOT NULL ORDER BY scope',
    )
    .pluck();
  const last = db
    .prepare<[string], number | null>('SELECT max(version) FROM configuration_release WHERE kind = ?')
    .pluck();
  const add = db.prepare(
    `INSERT INTO configuration_release (kind, version, scope, change_id, statement, key_id, signature, issued_at, expires)
     VALUES (@kind, @version, @scope, @changeId, @statement, @keyId, @signature, @issuedAt, @expires)`,
  );
  const newest = db.prepare<[string, string], ConfigurationRelease>(
    `SELECT ${RELEASE} FROM configuration_release WHERE kind = ? AND scope IN ('', ?) ORDER BY version DESC LIMIT 1`,
  );
  const after = db.prepare<[string, string, number, number], ConfigurationRelease>(
    `SELECT ${RELEASE} FROM configuration_release WHERE kind = ? AND scope IN ('', ?) AND version > ? AND expires > ?
     ORDER BY version LIMIT 40`,
  );
  return {
    propose: async ({ kind, scope, content, by, at }) => propose.get(kind, scope, JSON.stringify(content), by, at)!,
    approve: async (id, by, at) => approve.run(by, at, id).changes === 1,
    async change(id) {
      const row = one.get(id);
      return row && fromRow(row);
    },
    changes: async () => changes.all().map(fromRow),
    async inForce(kind, scope) {
      const row = inForce.get(kind, scope);
      return row && fromRow(row);
    },
    scopes: async (kind) => scopes.all(kind),
    lastVersion: async (kind: DownlinkKind) => last.get(kind) ?? 0,
    async addRelease(release) {
      add.run(release);
    },
    newest: async (kind, terminalId) => newest.get(kind, terminalId),
    after: async (kind, terminalId, version, now) => after.all(kind, terminalId, version, now),
  };
}
