import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { TERMINAL, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import { entryWriter } from '../chain/entries.ts';
import { openStore } from './open.ts';
import { MIGRATIONS } from './schema.ts';
import type { Store } from './store.ts';
import { verifyAll } from '../chain/verify.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const versions = MIGRATIONS.map((_, i) => i + 1);
/** The newest schema may still change until it is released; the next one makes its file necessary. */
const former = versions.slice(0, -1);

/** The journal of a machine whose release knew so many migrations. */
function machineOf(t: TestContext, version: number): string {
  const folder = temporaryFolder(t);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(FIXTURES, `journal-v${version}.db`), join(folder, 'journal.db'));
  return folder;
}

const open = (folder: string, known: number): Store =>
  must(
    openStore({
      file: join(folder, 'journal.db'),
      terminalId: TERMINAL,
      now: 0,
      migrations: MIGRATIONS.slice(0, known),
    }),
  );

const bodies = ({ db }: Store) =>
  db.prepare('SELECT stream, seq, salt, body, link FROM entry ORDER BY stream, seq').all();

function assertWhole(store: Store): void {
  for (const { stream, brokenAt } of verifyAll(store, TERMINAL)) assert.equal(brokenAt, null, `${stream} is broken`);
}

test('every schema before this one has a file of its time', () => {
  assert.deepEqual(
    former.filter((version) => !existsSync(join(FIXTURES, `journal-v${version}.db`))),
    [],
    'make it: node sync-agent/testing/make-fixture.ts N',
  );
  for (const version of former) {
    const db = new Database(join(FIXTURES, `journal-v${version}.db`), { readonly: true });
    assert.equal(db.pragma('user_version', { simple: true }), version);
    db.close();
  }
});

for (const version of former) {
  test(`a machine of schema ${version} is taken over: nothing changes in an entry, the chain goes on`, (t) => {
    const folder = machineOf(t, version);
    const old = open(folder, version);
    const before = bodies(old);
    old.close();
    const journal = must(openTestJournal(folder));
    assert.deepEqual(bodies(journal.store), before);
    assert.equal(must(journal.openIntents()).length, 1);
    assert.equal(must(journal.withOutbox((outbox) => outbox.standing('audit'))).acknowledgedSeq, 12);
    for (const stream of StreamName.options) must(journal.record(sample[stream](1)));
    journal.close();
    must(openTestJournal(folder)).close();
    const copies = readdirSync(folder).filter((name) => /^journal\.db\.v\d+\.bak$/.test(name));
    assert.deepEqual(
      copies.sort(),
      versions.filter((n) => n >= version && n < MIGRATIONS.length).map((n) => `journal.db.v${n}.bak`),
    );
  });
}

for (const version of former) {
  test(`the release of schema ${version} still reads and writes the file of this one, and this one goes on after it`, (t) => {
    const folder = temporaryFolder(t);
    const journal = must(openTestJournal(folder));
    for (const stream of StreamName.options) must(journal.record(sample[stream](1)));
    journal.close();

    const before = open(folder, version);
    assertWhole(before);
    assert.equal(before.db.pragma('user_version', { simple: true }), MIGRATIONS.length, 'it leaves the schema alone');
    const writer = entryWriter(before, TERMINAL, new ManualClock());
    must(before.write(() => StreamName.options.map((stream) => writer.append(sample[stream](2)))));
    before.close();

    const again = must(openTestJournal(folder));
    for (const stream of StreamName.options) {
      assert.equal(must(again.record(sample[stream](3))).seq, 3, `${stream} does not go on`);
    }
    again.close();
  });
}

test('a file that says an older release would read it wrongly is left alone by that one', (t) => {
  const folder = temporaryFolder(t);
  must(openTestJournal(folder)).close();
  const db = new Database(join(folder, 'journal.db'));
  db.exec(`UPDATE file_format SET minimum_reader = ${MIGRATIONS.length}`);
  db.close();
  const older = openStore({
    file: join(folder, 'journal.db'),
    terminalId: TERMINAL,
    now: 0,
    migrations: MIGRATIONS.slice(0, -1),
  });
  assert.equal(older.ok ? 'opened' : older.error.code, 'E6106');
});

test('a migration adds and takes nothing away', () => {
  const columns = (db: Database.Database) =>
    db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .all()
      .flatMap(({ name }) =>
        (db.pragma(`table_xinfo(${name})`) as { name: string; type: string }[]).map(
          (c) => `${name}.${c.name} ${c.type}`,
        ),
      );
  const db = new Database(':memory:');
  let before: string[] = [];
  for (const [i, migration] of MIGRATIONS.entries()) {
    db.exec(migration);
    const after = columns(db);
    assert.deepEqual(
      before.filter((column) => !after.includes(column)),
      [],
      `migration ${i + 1} takes away`,
    );
    before = after;
  }
});

test('a power cut between the steps of a migration: the next start finishes it', (t) => {
  const cuts: readonly [string, (folder: string) => void][] = [
    ['half a copy', (folder) => writeFileSync(join(folder, 'journal.db.v1.bak.new'), 'half of it')],
    [
      'the copy, not the migration',
      (folder) => copyFileSync(join(FIXTURES, 'journal-v1.db'), join(folder, 'journal.db.v1.bak')),
    ],
    ['the first migration, not the next', (folder) => open(folder, 2).close()],
  ];
  for (const [what, cut] of cuts) {
    const folder = machineOf(t, 1);
    cut(folder);
    const journal = must(openTestJournal(folder));
    assertWhole(journal.store);
    assert.equal(journal.store.db.pragma('user_version', { simple: true }), MIGRATIONS.length, what);
    journal.close();
    const copy = open(folder, MIGRATIONS.length);
    copy.close();
    assert.notEqual(readFileSync(join(folder, 'journal.db.v1.bak')).length, 0);
  }
});
