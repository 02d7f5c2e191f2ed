import type Database from 'better-sqlite3';
import type { SecurityEvent, SecurityStore, Terminal, TerminalStore } from '../store.ts';

interface TerminalRow {
  terminalId: string;
  signingKeyPem: string;
  state: Terminal['state'];
  registeredAt: number;
  lastSeenAt: number | null;
  heartbeat: string | null;
}

const COLUMNS = `terminal_id terminalId, signing_key_pem signingKeyPem, state, registered_at registeredAt,
  last_seen_at lastSeenAt, heartbeat`;

const fromRow = (row: TerminalRow): Terminal => ({
  ...row,
  heartbeat: row.heartbeat === null ? null : (JSON.parse(row.heartbeat) as unknown),
});

export function terminalStore(db: Database.Database): TerminalStore {
  const get = db.prepare<[string], TerminalRow>(`SELECT ${COLUMNS} FROM terminal WHERE terminal_id = ?`);
  const list = db.prepare<[], TerminalRow>(`SELECT ${COLUMNS} FROM terminal ORDER BY terminal_id`);
  const register = db.prepare(
    `INSERT INTO terminal (terminal_id, signing_key_pem, registered_at) VALUES (?, ?, ?)
     ON CONFLICT (terminal_id) DO UPDATE SET signing_key_pem = excluded.signing_key_pem`,
  );
  const setState = db.prepare('UPDATE terminal SET state = ? WHERE terminal_id = ?');
  const beat = db.prepare('UPDATE terminal SET last_seen_at = ?, heartbeat = ? WHERE terminal_id = ?');
  const registerOnce = db.transaction((terminalId: string, pem: string, at: number) => {
    const before = get.get(terminalId);
    register.run(terminalId, pem, at);
    return before && fromRow(before);
  });

  return {
    async get(terminalId) {
      const row = get.get(terminalId);
      return row && fromRow(row);
    },
    list: async () => list.all().map(fromRow),
    register: async (terminalId, pem, at) => registerOnce(terminalId, pem, at),
    setState: async (terminalId, state) => setState.run(state, terminalId).changes === 1,
    async heartbeat(terminalId, at, content) {
      beat.run(at, JSON.stringify(content), terminalId);
    },
  };
}

export function securityStore(db: Database.Database): SecurityStore {
  const add = db.prepare('INSERT INTO security_event (at, code, terminal_id, detail) VALUES (?, ?, ?, ?)');
  const list = db.prepare<[], SecurityEvent>(
    'SELECT at, code, terminal_id terminalId, detail FROM security_event ORDER BY id DESC LIMIT 500',
  );
  return {
    async record(event) {
      add.run(event.at, event.code, event.terminalId, event.detail);
    },
    list: async () => list.all(),
  };
}
