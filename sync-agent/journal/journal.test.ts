import assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { EntryBody, type RequestForm, StreamName } from '@kiosk/contract/journal/entry.ts';
import { openJson, unwrapKey } from '@kiosk/contract/journal/sealing.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { TERMINAL, centre, intended, must, openTestJournal, sample, temporaryFolder } from '../testing/journal.ts';
import { entryWriter } from './chain/entries.ts';
import { fileKeyProvider } from './chain/keys.ts';
import { openStore } from './file/open.ts';
import { MIGRATIONS, entryTable } from './file/schema.ts';
import { verifyAll } from './chain/verify.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
const request = {
  sessionId: 'session-1',
  operationId: 'operation-1',
  level: 'L1',
  offline: true,
  form: { item: 'S01', topicId: 'complaint' },
  person: { name: person.name, idNumber: person.idNumber, phone: person.phone },
} as const;

test('entries of any interleaving keep each stream gapless and chained, also after a restart', (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...StreamName.options), { maxLength: 40 }), (order) => {
      const folder = temporaryFolder(t);
      const journal = must(openTestJournal(folder));
      const counts = { business: 0, audit: 0, telemetry: 0 };
      order.forEach((stream, n) => {
        const placed = must(journal.record(sample[stream](n)));
        assert.equal(placed.stream, stream);
        assert.equal(placed.seq, ++counts[stream], 'a sequence number was skipped or given twice');
      });
      journal.close();
      const again = must(openTestJournal(folder));
      for (const stream of StreamName.options) {
        const standing = must(again.withOutbox((outbox) => outbox.standing(stream)));
        assert.equal(standing.headSeq, counts[stream]);
      }
      again.close();
    }),
    { numRuns: 12 },
  );
});

test('a record altered, taken away, moved, swapped or cut off at the end is found at the next start', (t) => {
  const damage: readonly [string, string][] = [
    ['body altered', `UPDATE $table SET body = CAST('{}' AS BLOB) WHERE seq = $seq`],
    ['salt altered', `UPDATE $table SET salt = zeroblob(16) WHERE seq = $seq`],
    ['link altered', `UPDATE $table SET link = zeroblob(32) WHERE seq = $seq`],
    ['removed', `DELETE FROM $table WHERE seq = $seq`],
    ['two swapped', `UPDATE $table SET seq = CASE seq WHEN $seq THEN -1 ELSE $seq END WHERE seq IN ($seq, 8)`],
    ['base moved', `UPDATE stream SET base_seq = $seq WHERE name = '$stream'`],
    ['cut off at the end, signed before', `DELETE FROM $table WHERE seq >= $seq`],
    [
      'an entry after the end',
      `INSERT INTO $table SELECT 9, at, requests, salt, link, NULL, NULL, body FROM $table WHERE seq = $seq`,
    ],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...damage),
      fc.constantFrom(...StreamName.options),
      fc.integer({ min: 1, max: 7 }),
      ([what, sql], stream, seq) => {
        const folder = temporaryFolder(t);
        const journal = must(openTestJournal(folder));
        for (let n = 1; n <= 8; n++) for (const name of StreamName.options) must(journal.record(sample[name](n)));
        must(journal.signHeads(() => Buffer.alloc(64)));
        journal.close();
        const db = new Database(join(folder, 'journal.db'));
        db.pragma('ignore_check_constraints = ON');
        const table = entryTable(stream);
        const named = sql.replaceAll('$table', table).replaceAll('$stream', stream);
        db.exec(named.replaceAll('$seq', String(seq)));
        if (what === 'two swapped') db.exec(`UPDATE ${table} SET seq = 8 WHERE seq = -1`);
        db.close();
        const opened = openTestJournal(folder);
        assert.ok(!opened.ok, `not found: ${what} at ${stream} ${seq}`);
        assert.equal(opened.error.code, 'E6104');
      },
    ),
    { numRuns: 40 },
  );
});

test('a request has one number for ever, counted on across restarts, and its person is sealed', (t) => {
  const folder = temporaryFolder(t);
  const first = must(openTestJournal(folder));
  const taken = must(first.takeRequest(request));
  assert.deepEqual(must(first.takeRequest(request)), taken, 'the same operation must give the same number');
  first.close();

  const journal = must(openTestJournal(folder));
  const next = must(journal.takeRequest({ ...request, operationId: 'operation-2' }));
  const counters = [taken, next].map((r) => {
    const parsed = parseRequestNumber(r.requestNumber);
    assert.ok(parsed.ok);
    return parsed.value.counter;
  });
  assert.deepEqual(counters, [1, 2]);
  assert.equal(must(journal.waitingRequests()), 2);

  const batch = must(journal.withOutbox((outbox) => outbox.nextBatch('business', { entries: 10, bytes: 1e6 })));
  const [entry] = batch!.entries;
  const body = EntryBody.parse(JSON.parse(Buffer.from(entry!.bodyBase64, 'base64').toString()));
  assert.equal(body.data.type, 'request.submitted');
  const sealed = body.data.type === 'request.submitted' ? body.data.person : undefined;
  const dataKey = unwrapKey(centre.privateKey, Buffer.from(entry!.keyForCentreBase64!, 'base64'));
  assert.deepEqual(openJson(dataKey, sealed!), request.person, 'the centre must be able to read it');

  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    for (const secret of [person.idNumber, person.phone, person.name]) {
      assert.ok(!bytes.includes(secret), `${name} holds a readable personal field`);
    }
  }
  journal.close();
});

test('a request of a form that only the next release knows: the file opens, and its operation has its number still', (t) => {
  const folder = temporaryFolder(t);
  const newer = must(openTestJournal(folder));
  const form = { item: 'B99', amountFen: 1 } as unknown as RequestForm;
  const request = { sessionId: 'session-1', operationId: 'operation-1', level: 'L1', offline: true, form } as const;
  const taken = must(newer.takeRequest(request));
  newer.close();
  const older = must(openTestJournal(folder));
  assert.deepEqual(must(older.findRequest('operation-1')), taken);
  older.close();
});

test('an intent stays open until it is settled, and only the session overrules a restart', (t) => {
  const folder = temporaryFolder(t);
  const first = must(openTestJournal(folder));
  const placed = must(first.record(intended('print-1')));
  assert.deepEqual(must(first.record(intended('print-1'))), placed, 'intended twice is one intent');
  first.close();

  const journal = must(openTestJournal(folder));
  assert.deepEqual(must(journal.openIntents()), [{ operationId: 'print-1', sessionId: 'session-1' }]);
  const settle = (outcome: 'done' | 'failed' | 'unknown', reconciled?: true) =>
    journal.record({
      type: 'operation.settled',
      sessionId: 'session-1',
      operationId: 'print-1',
      outcome,
      ...(reconciled ? { reconciled } : {}),
    });
  assert.equal(must(settle('unknown', true)).seq, 2);
  assert.deepEqual(must(journal.openIntents()), []);
  assert.equal(must(settle('done')).seq, 3, 'the session knows better than the restart');
  assert.equal(must(settle('done')).seq, 3, 'settled twice is settled once');
  assert.equal(must(settle('unknown', true)).seq, 3, 'a restart never overrules the session');
  const contradiction = settle('failed');
  assert.equal(contradiction.ok ? 'ok' : contradiction.error.code, 'E9005');
  journal.close();
});

test('a second program cannot open the live journal', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  const second = openTestJournal(folder);
  assert.equal(second.ok ? 'opened' : second.error.code, 'E6102');
  assert.throws(
    () => new Database(join(folder, 'journal.db'), { timeout: 0 }).prepare('SELECT * FROM entry').all(),
    /locked/,
  );
  must(journal.record(sample.audit(1)));
  journal.close();
});

test('a damaged file, a foreign one and one of a newer release stop acceptance and are left as they are', (t) => {
  const change = (name: string, how: (file: string) => void): [string, string] => {
    const folder = temporaryFolder(t);
    const journal = must(openTestJournal(folder));
    for (let n = 0; n < 200; n++) must(journal.record(sample.business(n)));
    journal.close();
    const file = join(folder, 'journal.db');
    how(file);
    const before = readFileSync(file);
    const opened = openTestJournal(folder);
    assert.ok(readFileSync(file).equals(before), `${name}: the file was changed`);
    return [name, opened.ok ? 'opened' : opened.error.code];
  };
  const sql = (text: string) => (file: string) => {
    const db = new Database(file);
    db.exec(text);
    db.close();
  };
  const overwrite = (from: number, length: number) => (file: string) => {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, from, from + length));
  };
  assert.deepEqual(
    [
      change('first page overwritten', overwrite(0, 100)),
      change('pages in the middle overwritten', overwrite(4096 * 8, 4096 * 4)),
      change('another terminal', sql(`UPDATE terminal SET terminal_id = '000001'`)),
      change(
        'newer release',
        sql(
          `PRAGMA user_version = ${MIGRATIONS.length + 1}; UPDATE file_format SET minimum_reader = ${MIGRATIONS.length + 1}`,
        ),
      ),
    ],
    [
      ['first page overwritten', 'E6103'],
      ['pages in the middle overwritten', 'E6103'],
      ['another terminal', 'E8101'],
      ['newer release', 'E6106'],
    ],
  );
});

test('a migration adds to the file after a copy of it is safe', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'journal.db');
  const journal = must(openTestJournal(folder));
  must(journal.record(sample.audit(1)));
  journal.close();
  const migrations = [...MIGRATIONS, 'ALTER TABLE request ADD COLUMN note TEXT'];
  const store = must(openStore({ file, terminalId: TERMINAL, now: 0, migrations }));
  assert.equal(store.db.pragma('user_version', { simple: true }), migrations.length);
  store.close();
  const copy = must(openStore({ file: `${file}.v${MIGRATIONS.length}.bak`, terminalId: TERMINAL, now: 0 }));
  assert.equal(copy.db.prepare('SELECT count(*) FROM entry').pluck().get(), 1);
  copy.close();
});

test('the terminal key is made once, for the service user only, and refused when others can read it', (t) => {
  const file = join(temporaryFolder(t), 'keys', 'terminal.key');
  const first = must(fileKeyProvider(file));
  const wrapped = first.wrap(Buffer.alloc(32, 1));
  const again = must(fileKeyProvider(file));
  assert.deepEqual(again.unwrap(wrapped), Buffer.alloc(32, 1));
  assert.equal(again.pseudonym('a'), first.pseudonym('a'));
  assert.notEqual(again.pseudonym('a'), again.pseudonym('b'));
  if (process.platform === 'win32') return;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  chmodSync(file, 0o640);
  const refused = fileKeyProvider(file);
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E8101');
});

test('a full disk: nothing is promised any more, also not when there is room again, until the file was checked anew', (t) => {
  const file = join(temporaryFolder(t), 'journal.db');
  const options = { file, terminalId: TERMINAL, now: 0 };
  const store = must(openStore(options));
  const writer = entryWriter(store, TERMINAL, new ManualClock());
  store.db.pragma('max_page_count = 40');
  let promised = 0;
  const write = () => store.write(() => writer.append(sample.audit(promised + 1)));
  let last = write();
  for (; last.ok; last = write()) promised++;
  assert.equal(last.error.code, 'E6101');
  assert.ok(promised > 10);
  store.db.pragma('max_page_count = 4000');
  const still = write();
  assert.equal(still.ok ? 'taken' : still.error.code, 'E6101');
  store.close();
  const again = must(openStore(options));
  assert.deepEqual(
    verifyAll(again, TERMINAL).map(({ entries, brokenAt }) => [entries, brokenAt]),
    [
      [0, null],
      [promised, null],
      [0, null],
    ],
  );
  again.close();
});
