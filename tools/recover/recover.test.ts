import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SUITES, type SuiteName } from '@kiosk/contract/journal/suite/suite.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { openJournal } from '@kiosk/sync-agent/journal/journal.ts';
import { fileKeyProvider } from '@kiosk/sync-agent/journal/chain/keys.ts';
import type { RecoveredRequest } from './recover.ts';

const COMMAND = join(import.meta.dirname, '../journal-recover.ts');
const centre = generateKeyPairSync('x25519');
const pem = (key: typeof centre.privateKey) => key.export({ type: 'pkcs8', format: 'pem' });
const { name, idNumber, phone } = syntheticPerson('ordinary', '2026-11-21');

/** A terminal takes three requests and dies: its journal with its log is all that is left, not even its own key. */
function diskOfADeadTerminal(t: TestContext, suite: SuiteName): string {
  const terminal = mkdtempSync(join(tmpdir(), 'kiosk-dead-'));
  const disk = mkdtempSync(join(tmpdir(), 'kiosk-disk-'));
  t.after(() => rmSync(disk, { recursive: true, force: true }));
  const keys = fileKeyProvider(join(terminal, 'keys/terminal.key'), SUITES[suite]);
  assert.ok(keys.ok);
  const opened = openJournal({
    file: join(terminal, 'journal.db'),
    terminalId: '003017',
    clock: new ManualClock(),
    keys: keys.value,
    centreKey: centre.publicKey,
    suite,
  });
  assert.ok(opened.ok);
  for (const [n, person] of [{ name, idNumber, phone }, { phone }, undefined].entries()) {
    const form = { item: 'S01', topicId: 'complaint', text: `text ${n}` } as const;
    const ids = { sessionId: `s${n}`, operationId: `o${n}` };
    assert.ok(opened.value.takeRequest({ ...ids, level: 'L1', offline: true, form, person }).ok);
  }
  for (const end of ['', '-wal']) copyFileSync(join(terminal, `journal.db${end}`), join(disk, `journal.db${end}`));
  opened.value.close();
  rmSync(terminal, { recursive: true });
  return disk;
}

function run(disk: string, key: typeof centre.privateKey) {
  const keyFile = join(disk, 'centre.key');
  writeFileSync(keyFile, pem(key), { mode: 0o600 });
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, join(disk, 'journal.db'), keyFile], {
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { requests: lines.map((line) => JSON.parse(line) as RecoveredRequest), stderr, status };
}

for (const suite of ['intl', 'sm'] as const) {
  test(`the terminal is gone: its disk and the centre's key give every request back (${suite})`, (t) => {
    const disk = diskOfADeadTerminal(t, suite);
    const before = readFileSync(join(disk, 'journal.db'));
    const { requests, stderr, status } = run(disk, centre.privateKey);
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      requests.map(({ person }) => person),
      [{ name, idNumber, phone }, { phone }, null],
    );
    assert.deepEqual(
      requests.map(({ seq, requestNumber, form }) => [seq, requestNumber.slice(0, 15), form]),
      [0, 1, 2].map((n) => [n + 1, `YTJ00301700000${n + 1}`, { item: 'S01', topicId: 'complaint', text: `text ${n}` }]),
    );
    assert.match(stderr, /business: 3 entries, chain verifies/);
    assert.ok(readFileSync(join(disk, 'journal.db')).equals(before), 'the evidence itself was changed');
  });
}

test("with another centre's key the requests are listed, their persons are not, and the command says so", (t) => {
  const { requests, stderr, status } = run(diskOfADeadTerminal(t, 'intl'), generateKeyPairSync('x25519').privateKey);
  assert.equal(status, 1);
  assert.deepEqual(
    requests.map(({ person }) => person),
    ['unreadable', 'unreadable', null],
  );
  assert.match(stderr, /3 requests, 2 of them unreadable/);
});
