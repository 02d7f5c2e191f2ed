import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { Ledger } from './ledger.ts';

function temporary(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'ledger-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'operations.db');
}

function open(path: string): Ledger {
  const ledger = Ledger.open(path);
  assert.ok(ledger.ok, JSON.stringify(ledger));
  return ledger.value;
}

const SLIP = { operationId: 'operation-1', deviceId: 'slip-printer', command: 'printSlip' } as const;

test('what was started is there for another reader of the file before the call returns', (t) => {
  const path = temporary(t);
  const ledger = open(path);
  assert.ok(ledger.start(SLIP, 1).ok);
  const other = new Database(path, { readonly: true });
  assert.equal(other.prepare('SELECT count(*) FROM operation').pluck().get(), 1);
  other.close();
  ledger.close();
});

test('an outcome is written once and survives a restart', (t) => {
  const path = temporary(t);
  const first = open(path);
  first.start(SLIP, 1);
  first.settle('operation-1', { outcome: 'failed', code: 'E4204', printed: 0 }, 2);
  first.settle('operation-1', { outcome: 'done', printed: 1 }, 3);
  first.close();
  const again = open(path);
  assert.deepEqual(again.find('operation-1')?.completion, { outcome: 'failed', code: 'E4204', printed: 0 });
  assert.deepEqual(again.unsettled(), []);
  again.close();
});

test('a document on both sides: pages and sheets are kept apart', (t) => {
  const path = temporary(t);
  const ledger = open(path);
  ledger.start({ ...SLIP, command: 'printDocument' }, 1);
  ledger.settle('operation-1', { outcome: 'done', printed: 3, sheets: 2 }, 2);
  ledger.close();
  const again = open(path);
  assert.deepEqual(again.find('operation-1')?.completion, { outcome: 'done', printed: 3, sheets: 2 });
  again.close();
});

test('a settled operation cannot be forgotten, a refused one can', (t) => {
  const ledger = open(temporary(t));
  ledger.start(SLIP, 1);
  ledger.settle('operation-1', { outcome: 'done', printed: 1 }, 2);
  ledger.forget('operation-1');
  assert.ok(ledger.find('operation-1'));
  ledger.start({ ...SLIP, operationId: 'operation-2' }, 3);
  ledger.forget('operation-2');
  assert.equal(ledger.find('operation-2'), undefined);
  ledger.close();
});

test('the same operation cannot be started twice', (t) => {
  const ledger = open(temporary(t));
  ledger.start(SLIP, 1);
  assert.throws(() => ledger.start(SLIP, 2), 'callers look first; a second start is a bug and not a failure');
  ledger.close();
});

test('a ledger that a newer release wrote is not touched', (t) => {
  const path = temporary(t);
  open(path).close();
  const db = new Database(path);
  db.pragma('user_version = 99');
  db.close();
  const ledger = Ledger.open(path);
  assert.equal(!ledger.ok && ledger.error.code, 'E6106');
});

test('a file that is no database is left as it is and reported', (t) => {
  const ledger = Ledger.open(join(temporary(t), 'no-such-folder', 'operations.db'));
  assert.equal(!ledger.ok && ledger.error.code, 'E6102');
});

test('counters go on where they stood', (t) => {
  const path = temporary(t);
  const first = open(path);
  first.count('a4-printer', 'sheets', 3);
  first.close();
  const again = open(path);
  again.count('a4-printer', 'sheets', 2);
  again.count('a4-printer', 'resets', 1);
  assert.deepEqual(again.counters('a4-printer'), { resets: 1, sheets: 5 });
  assert.deepEqual(again.counters('slip-printer'), {});
  again.close();
});

test('a ledger of the first release keeps what it knows and learns to retain cards', (t) => {
  const path = temporary(t);
  const old = new Database(path);
  old.exec(`
    CREATE TABLE operation (
      operation_id TEXT PRIMARY KEY, device_id TEXT NOT NULL,
      command TEXT NOT NULL CHECK (command IN ('printSlip', 'printDocument')), started_at INTEGER NOT NULL, job_ref TEXT,
      outcome TEXT CHECK (outcome IN ('done', 'failed', 'unknown')), code TEXT, printed INTEGER, settled_at INTEGER,
      CHECK ((outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (printed IS NULL))
    ) STRICT;
    CREATE INDEX operation_open ON operation (operation_id) WHERE outcome IS NULL;
    CREATE TABLE counter (device_id TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
      PRIMARY KEY (device_id, name)) STRICT;
    INSERT INTO operation VALUES ('operation-1', 'slip-printer', 'printSlip', 1, NULL, 'done', NULL, 1, 2);
    INSERT INTO operation VALUES ('operation-2', 'a4-printer', 'printDocument', 3, '17', NULL, NULL, NULL, NULL);
    INSERT INTO counter VALUES ('slip-printer', 'slips', 1);
    PRAGMA user_version = 1;
  `);
  old.close();
  const ledger = open(path);
  assert.deepEqual(ledger.find('operation-1')?.completion, { outcome: 'done', printed: 1 });
  assert.deepEqual(
    ledger.unsettled().map(({ operationId, jobRef }) => [operationId, jobRef]),
    [['operation-2', '17']],
  );
  assert.deepEqual(ledger.counters('slip-printer'), { slips: 1 });
  assert.ok(ledger.start({ operationId: 'operation-3', deviceId: 'bank-card', command: 'retainCard' }, 4).ok);
  ledger.close();
});

test('a ledger of the release before learns of captured cards, and that release can still open it', (t) => {
  const path = temporary(t);
  open(path).close();
  const old = new Database(path);
  old.exec('DROP TABLE capture; ALTER TABLE operation DROP COLUMN sheets');
  old.close();
  const ledger = open(path);
  const capture = { operationId: 'operation-1', deviceId: 'bank-card' };
  assert.ok(ledger.startCapture(capture, 'leftInside', 1).ok);
  assert.deepEqual(ledger.captures(), [], 'a capture under way has no outcome to show');
  assert.ok(ledger.settle('operation-1', { outcome: 'done', printed: 1 }, 2).ok);
  assert.deepEqual(ledger.captures(), [{ ...capture, at: 2, why: 'leftInside', outcome: 'done' }]);
  assert.ok(ledger.noteJournaled('operation-1').ok);
  assert.deepEqual(ledger.captures(), []);
  ledger.close();
  const version = new Database(path);
  t.after(() => version.close());
  assert.equal(version.pragma('user_version', { simple: true }), 2);
});

test('the history of a device is kept newest first and does not grow for ever', (t) => {
  const path = temporary(t);
  const first = open(path);
  first.noteChange('slip-printer', { at: 0, state: 'ready' });
  for (let at = 1; at <= 250; at++) first.noteChange('a4-printer', { at, state: 'fault', code: 'E4102' });
  first.close();
  const again = open(path);
  const history = again.history('a4-printer');
  assert.deepEqual([history.length, history[0]?.at, history.at(-1)?.at], [200, 250, 51]);
  assert.deepEqual(again.history('slip-printer'), [{ at: 0, state: 'ready' }]);
  again.close();
});
