import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sm } from '@kiosk/contract/journal/suite/suite.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import fc from 'fast-check';
import { sqliteTables } from '../store/engine/sqlite.ts';
import { openDatabase } from '../store/sqlite/database.ts';
import type { Store, Terminal } from '../store/store.ts';
import { engines } from '../testing/engines.ts';
import { TestJournal } from '../testing/terminal.ts';
import { createIntake } from './intake.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const clock = new ManualClock();
let nextTerminal = 400_000;
async function newTerminal(store: Store): Promise<Terminal> {
  const terminalId = String(nextTerminal++);
  await store.terminals.register(terminalId, publicKey.export({ type: 'spki', format: 'pem' }).toString(), clock.now());
  return (await store.terminals.get(terminalId))!;
}

function filledJournal(terminalId: string, length: number): TestJournal {
  const journal = new TestJournal({ terminalId, signingKey: privateKey }, 'telemetry');
  for (let i = 0; i < length; i++) journal.write({ type: 'device.changed', deviceId: `d${i}`, state: 'online' });
  return journal;
}

for (const { name, skip, openStore } of engines) {
  test(
    `whatever stretches of a journal arrive, in whatever order and how often, each entry is kept once and in order (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      const stretch = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 5 }));
      await fc.assert(
        fc.asyncProperty(fc.array(stretch, { maxLength: 25 }), async (stretches) => {
          const terminal = await newTerminal(store);
          const journal = filledJournal(terminal.terminalId, 17);
          const intake = createIntake(store, clock, () => {});
          let model = 0;
          for (const [from, more] of stretches) {
            const to = from + more;
            const answer = await intake.receive(terminal, journal.batch(from, to));
            assert.equal(answer.ok, from <= model + 1, `batch ${from}–${to} while standing at ${model}`);
            if (answer.ok) model = Math.max(model, to);
            else assert.equal(answer.error.code, 'E6203');
            const standing = answer.ok ? answer.value : answer.error.standing;
            assert.equal(standing.durableUpTo, model);
            assert.equal(standing.head, journal.linkAt(model));
          }
          const keys = await store.journal.keys(terminal.terminalId, 'telemetry', 1, 100);
          assert.deepEqual(
            keys.map((key) => [key.seq, key.link]),
            Array.from({ length: model }, (_, i) => [i + 1, journal.linkAt(i + 1)]),
          );
        }),
        { numRuns: 60 },
      );
    },
  );

  test(
    `a terminal that lost part of its journal and went on is never believed, wherever it broke off (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      const bound = fc.integer({ min: 0, max: 9 });
      await fc.assert(
        fc.asyncProperty(bound, fc.integer({ min: 1, max: 12 }), async (kept, written) => {
          const terminal = await newTerminal(store);
          const journal = filledJournal(terminal.terminalId, 10);
          const intake = createIntake(store, clock, () => {});
          assert.ok((await intake.receive(terminal, journal.batch())).ok);
          const restored = journal.copy(kept);
          for (let i = 0; i < written; i++)
            restored.write({ type: 'device.changed', deviceId: 'again', state: 'online' });
          const answer = await intake.receive(terminal, restored.batch(kept + 1));
          assert.ok(!answer.ok, 'another history was taken');
          assert.equal(answer.error.code, kept + written < 10 ? 'E6202' : 'E6201');
          assert.equal(answer.error.standing.head, journal.linkAt(10), 'the kept history is untouched');
        }),
        { numRuns: 40 },
      );
    },
  );

  test(
    `a terminal with the national algorithms: SM3 links and heads signed with SM2 are taken, under another name they are not (${name})`,
    { skip },
    async (t) => {
      const store = await openStore(t);
      const stored = generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      });
      const signingKey = createPrivateKey(stored);
      const terminalId = String(nextTerminal++);
      const pem = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
      await store.terminals.register(terminalId, pem, clock.now());
      const terminal = (await store.terminals.get(terminalId))!;
      const journal = new TestJournal({ terminalId, signingKey }, 'audit', sm);
      for (let i = 0; i < 5; i++) journal.write({ type: 'session.opened', sessionId: `s${i}`, mode: 'depositor' });
      const intake = createIntake(store, clock, () => {});
      const misnamed = await intake.receive(terminal, { ...journal.batch(1, 3), suite: 'intl' });
      assert.equal(misnamed.ok ? 'taken' : misnamed.error.code, 'E6204');
      const taken = await intake.receive(terminal, journal.batch(1, 3));
      assert.ok(taken.ok);
      const rest = await intake.receive(terminal, journal.batch(3, 5));
      assert.ok(rest.ok);
      assert.equal(rest.value.head, journal.linkAt(5));
      const forged = { ...journal.batch(1, 5), signatureBase64: journal.batch(1, 4).signatureBase64 };
      const refused = await intake.receive(terminal, forged);
      assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6204');
    },
  );
}

test('the settings that make an acknowledgement true are on, and a newer file is still read', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'intake-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'settings.db');
  for (let open = 0; open < 2; open++) {
    const opened = openDatabase(file);
    assert.ok(opened.ok);
    const db = opened.value;
    await sqliteTables(db);
    const setting = (name: string) => db.pragma(name, { simple: true });
    assert.deepEqual([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')], ['wal', 2, 1]);
    // As the next release would leave it.
    db.pragma('user_version = 99');
    db.close();
  }
});

test('a file that is no database stops the start with a code', () => {
  const opened = openDatabase(tmpdir());
  assert.ok(!opened.ok);
  assert.equal(opened.error.code, 'E6102');
});
