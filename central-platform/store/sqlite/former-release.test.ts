import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { MIGRATIONS } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';

const TERMINAL = '300120';
const hex = (n: number) => String(n).padStart(64, '0');

/** As the release before the second engine left its file: two of three requests projected, by a cursor over arrivals. */
function formerFile(file: string, migrations: number): void {
  const db = new Database(file);
  for (const text of MIGRATIONS.slice(0, migrations)) db.exec(text);
  db.pragma(`user_version = ${migrations}`);
  db.prepare('INSERT INTO terminal (terminal_id, signing_key_pem, registered_at) VALUES (?, ?, 1)').run(
    TERMINAL,
    'pem',
  );
  for (let seq = 1; seq <= 3; seq++) {
    db.prepare('INSERT INTO entry_key VALUES (?, ?, ?, ?, ?, 1)').run(
      TERMINAL,
      'business',
      seq,
      hex(seq),
      hex(seq + 100),
    );
    db.prepare('INSERT INTO entry_body (terminal_id, stream, seq, salt, body) VALUES (?, ?, ?, ?, ?)').run(
      ...[TERMINAL, 'business', seq, Buffer.from('salt'), Buffer.from(`{"n":${seq}}`)],
    );
  }
  db.prepare('INSERT INTO stream_head VALUES (?, ?, 3, ?, ?, 1)').run(TERMINAL, 'business', hex(103), Buffer.from('s'));
  db.prepare('UPDATE projection_cursor SET entry_id = 2').run();
  db.prepare(
    `INSERT INTO document (document_number, kind, state, terminal_id, operation_id, depositor_id, fingerprint, issued_at)
     VALUES ('N1', 'depositStatement', 'issuing', ?, 'op', 'd', 'f', 1)`,
  ).run(TERMINAL);
  db.close();
}

for (const migrations of [1, MIGRATIONS.length]) {
  test(`a file of a former release (${migrations} of its steps) opens, goes on where it stood, and opens again`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'former-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'platform.db');
    formerFile(file, migrations);
    for (let open = 0; open < 2; open++) {
      const opened = await openSqliteStore(file);
      assert.ok(opened.ok, JSON.stringify(opened));
      const { journal, documents, close } = opened.value;
      assert.deepEqual(await journal.standing(TERMINAL, 'business'), { durableUpTo: 3, head: hex(103) });
      assert.deepEqual(await journal.waiting(), [TERMINAL]);
      const { after, entries } = await journal.unprojected(TERMINAL, 10);
      assert.deepEqual([after, entries.map(({ seq }) => seq)], [2, [3]], 'two were projected already');
      assert.equal((await documents.find('N1'))?.state, 'issuing');
      await close();
    }
    // The release before can go on with it: nothing it knows was taken away.
    const db = new Database(file);
    t.after(() => db.close());
    assert.equal(db.pragma('user_version', { simple: true }), MIGRATIONS.length);
    assert.equal(db.prepare('SELECT entry_id FROM projection_cursor').pluck().get(), 2);
    db.prepare('INSERT INTO entry_key VALUES (?, ?, 4, ?, ?, 1)').run(TERMINAL, 'business', hex(4), hex(104));
  });
}
