import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { EntryBody, StreamName } from '@kiosk/contract/journal/entry.ts';
import { openJson, unwrapKey } from '@kiosk/contract/journal/sealing.ts';
import { SUITES, SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { TERMINAL, centre, intended, must, sample, temporaryFolder } from '../testing/journal.ts';
import { openJournal } from './journal.ts';
import { keyProvider } from './chain/keys.ts';
import { entryTable } from './file/schema.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
const clear = { name: person.name, idNumber: person.idNumber, phone: person.phone };
const secret = Buffer.alloc(32, 7);

const open = (folder: string, suite: SuiteName) =>
  openJournal({
    file: join(folder, 'journal.db'),
    terminalId: TERMINAL,
    clock: new ManualClock(),
    keys: keyProvider(secret, SUITES[suite]),
    centreKey: centre.publicKey,
    suite,
  });

const request = (n: number) => ({
  sessionId: `session-${n}`,
  operationId: `operation-${n}`,
  level: 'L1' as const,
  offline: true,
  form: { item: 'S01' as const, topicId: 'complaint' },
  person: clear,
});

for (const suite of SuiteName.options) {
  test(`suite ${suite}: any entries chain and open again, the centre and the terminal read every person`, (t) => {
    const step = fc.constantFrom(...StreamName.options, 'request' as const);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const folder = temporaryFolder(t);
        const journal = must(open(folder, suite));
        steps.forEach((what, n) => {
          if (what === 'request') must(journal.takeRequest(request(n)));
          else must(journal.record(sample[what](n)));
        });
        journal.close();
        const again = must(open(folder, suite));
        const rows = again.store.db
          .prepare<[], { body: Buffer; key_terminal: Buffer; key_centre: Buffer }>(
            'SELECT body, key_terminal, key_centre FROM entry_business WHERE key_centre IS NOT NULL',
          )
          .all();
        assert.equal(rows.length, steps.filter((what) => what === 'request').length);
        for (const row of rows) {
          const { data } = EntryBody.parse(JSON.parse(row.body.toString('utf8')));
          assert.ok(data.type === 'request.submitted' && data.person);
          assert.equal(data.person.alg, SUITES[suite].sealing);
          const byCentre = unwrapKey(centre.privateKey, row.key_centre);
          assert.deepEqual(keyProvider(secret, SUITES[suite]).unwrap(row.key_terminal), byCentre);
          assert.deepEqual(openJson(byCentre, data.person), clear);
        }
        again.close();
      }),
      { numRuns: 10 },
    );
  });

  test(`suite ${suite}: one altered bit of any stored entry is found at the next start`, (t) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...StreamName.options),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (stream, seq, bit) => {
          const folder = temporaryFolder(t);
          const journal = must(open(folder, suite));
          for (let n = 1; n <= 5; n++) for (const name of StreamName.options) must(journal.record(sample[name](n)));
          journal.close();
          const db = new Database(join(folder, 'journal.db'));
          const column = (['body', 'salt', 'link'] as const)[bit % 3]!;
          const table = entryTable(stream);
          const bytes = db.prepare<[number], Buffer>(`SELECT ${column} FROM ${table} WHERE seq = ?`).pluck().get(seq)!;
          const at = bit % (bytes.length * 8);
          bytes[at >> 3]! ^= 1 << (at & 7);
          db.prepare(`UPDATE ${table} SET ${column} = ? WHERE seq = ?`).run(bytes, seq);
          db.close();
          const opened = open(folder, suite);
          assert.equal(opened.ok ? 'opened' : opened.error.code, 'E6104');
        },
      ),
      { numRuns: 15 },
    );
  });

  test(`suite ${suite}: a journal made with it opens with it only, and is left as it is`, (t) => {
    const folder = temporaryFolder(t);
    must(open(folder, suite)).close();
    const before = readFileSync(join(folder, 'journal.db'));
    const refused = open(folder, suite === 'sm' ? 'intl' : 'sm');
    assert.equal(refused.ok ? 'opened' : refused.error.code, 'E8101');
    assert.ok(readFileSync(join(folder, 'journal.db')).equals(before));
    must(open(folder, suite)).close();
  });
}

test('neither database, log nor copy holds a name or number in any usual form', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(open(folder, 'intl'));
  const forms = (text: string) => {
    const utf8 = Buffer.from(text, 'utf8');
    const utf16 = Buffer.from(text, 'utf16le');
    // Base64 of a text inside a longer one, whatever the bytes before it: the characters that depend on it alone.
    const base64 = [0, 1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), utf8])
        .toString('base64')
        .slice(Math.ceil((before * 8) / 6), Math.floor(((before + utf8.length) * 8) / 6)),
    );
    return [
      utf8,
      utf16,
      Buffer.from(utf16).swap16(),
      ...base64.map((b) => Buffer.from(b)),
      Buffer.from(utf8.toString('hex')),
    ];
  };
  const searched = [...Object.values(clear), person.idNumber.slice(6), person.phone.slice(3)];
  const found = () =>
    readdirSync(folder).flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      return searched.some((text) => forms(text).some((form) => bytes.includes(form))) ? [name] : [];
    });
  for (let n = 0; n < 50; n++) must(journal.takeRequest(request(n)));
  assert.ok(
    readFileSync(join(folder, 'journal.db-wal')).includes('operation-49'),
    'the search looks at what was written',
  );
  assert.deepEqual(found(), []);
  journal.store.db.prepare('VACUUM INTO ?').run(join(folder, 'backup.db'));
  assert.deepEqual(found(), []);
  journal.close();
  assert.deepEqual(found(), []);
});

test('entries recorded together are all there or none, in memory and on the disk', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(open(folder, 'intl'));
  const heard: string[] = [];
  journal.onAppended((stream) => heard.push(stream));
  const burst = Array.from({ length: 64 }, (_, n) => sample[n % 3 === 0 ? 'audit' : 'telemetry'](n));
  const placed = must(journal.recordAll(burst));
  assert.equal(placed.length, 64);
  assert.deepEqual(heard.toSorted(), ['audit', 'telemetry'], 'each stream is announced once');
  assert.deepEqual(must(journal.recordAll([])), []);

  const nobodyIntended = { type: 'operation.settled', sessionId: 's', operationId: 'x', outcome: 'done' } as const;
  const refused = journal.recordAll([sample.audit(1), intended('print-1'), sample.business(1), nobodyIntended]);
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E9005');
  assert.deepEqual(must(journal.openIntents()), [], 'the intent of a refused burst stayed');
  const last = must(journal.record(sample.audit(2)));
  assert.equal(
    last.seq,
    placed.filter(({ stream }) => stream === 'audit').length + 1,
    'a sequence was used up by nothing',
  );
  assert.equal(must(journal.record(sample.business(2))).seq, 1);
  journal.close();
  must(open(folder, 'intl')).close();
});

test('a request that a restart finds only among the entries keeps its number, and none is given twice', (t) => {
  const folder = temporaryFolder(t);
  const numbers = new Map<string, string>();
  // More than are written down together, with restarts between.
  for (let n = 0; n < 300;) {
    const journal = must(open(folder, 'intl'));
    for (const until = n + 100; n < until; n++) {
      numbers.set(`operation-${n}`, must(journal.takeRequest({ ...request(n), person: undefined })).requestNumber);
    }
    for (const [operationId, number] of numbers) {
      assert.equal(must(journal.findRequest(operationId))?.requestNumber, number);
    }
    journal.close();
  }
  assert.equal(new Set(numbers.values()).size, 300);
});
