import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { TERMINAL, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import { type Backup, type BackupPlace, generations, makeBackup } from './backup.ts';
import type { Journal } from '../journal.ts';
import { openStore } from '../file/open.ts';
import { verifyAll } from '../chain/verify.ts';

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const backUp = (journal: Journal, place: BackupPlace): Result<Backup> =>
  finish(makeBackup(journal.store, place, () => 0));

function filled(t: TestContext) {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(join(folder, 'data')));
  for (let n = 1; n <= 20; n++) must(journal.record(sample.business(n)));
  const place = { terminalId: TERMINAL, folder: join(folder, 'second-disk'), make: true, keep: 3 };
  return { folder, journal, place };
}

test('a backup is whole, for the service user only, and opens as the journal it was', (t) => {
  const { journal, place } = filled(t);
  const { file, bytes } = must(backUp(journal, place));
  must(journal.record(sample.business(21)));
  journal.close();
  assert.equal(statSync(file).size, bytes);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  const copy = must(openStore({ file, terminalId: TERMINAL, now: 0 }));
  assert.deepEqual(
    verifyAll(copy, TERMINAL).map(({ entries, brokenAt }) => [entries, brokenAt]),
    [
      [20, null],
      [0, null],
      [0, null],
    ],
  );
  copy.close();
});

test('the newest generations stay, and one that was cut off half-way is cleared away and never counted', (t) => {
  const { journal, place } = filled(t);
  for (let n = 0; n < 5; n++) must(backUp(journal, place));
  writeFileSync(join(place.folder, `journal-${TERMINAL}-000009.db.part`), 'half');
  must(backUp(journal, place));
  assert.deepEqual(
    readdirSync(place.folder).sort(),
    [4, 5, 6].map((n) => `journal-${TERMINAL}-00000${n}.db`),
  );
  assert.deepEqual(
    generations(place).map(({ file }) => file.slice(-5)),
    ['06.db', '05.db', '04.db'],
  );
  journal.close();
});

test('a second disk that is not mounted is said so, and nothing is written where it would be', (t) => {
  const { journal, place } = filled(t);
  const result = backUp(journal, { ...place, make: false });
  assert.equal(result.ok ? 'done' : result.error.code, 'E6401');
  assert.ok(!existsSync(place.folder));
  must(journal.record(sample.business(99)));
  journal.close();
});

test('a journal damaged since it was opened never replaces a good generation', (t) => {
  const { journal, place } = filled(t);
  must(backUp(journal, place));
  journal.store.db.exec(`UPDATE entry_business SET body = CAST('{}' AS BLOB) WHERE seq = 7`);
  const result = backUp(journal, { ...place, keep: 1 });
  assert.match(result.ok ? '' : result.error.detail!, /business breaks at 7/);
  assert.equal(generations(place).length, 1);
  assert.deepEqual(readdirSync(place.folder), [`journal-${TERMINAL}-000001.db`]);
  journal.close();
});

test('a full second disk: the backup fails, the generations before it and the journal are as they were', (t) => {
  const { folder, journal, place } = filled(t);
  const disk = join(folder, 'small');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    journal.close();
    return t.skip('needs the right to mount a small disk');
  }
  try {
    const small = { ...place, folder: disk, reserveBytes: 0 };
    const before = must(backUp(journal, small));
    const kept = readFileSync(before.file);
    assert.match(reasonOf(backUp(journal, { ...small, reserveBytes: 2 ** 21 })), /1 MB free, \d MB needed/);
    // Room is there when it is looked for and gone when it is written, as when somebody else fills the disk meanwhile.
    writeFileSync(join(disk, 'filler'), Buffer.alloc(1024 * 1024 - statSync(before.file).size - 16 * 1024));
    assert.match(reasonOf(backUp(journal, { ...small, reserveBytes: -(2 ** 30) })), /SQLITE_FULL/);
    assert.deepEqual(readdirSync(disk).sort(), ['filler', `journal-${TERMINAL}-000001.db`]);
    assert.deepEqual(readFileSync(before.file), kept);
    assert.equal(must(journal.record(sample.audit(1))).seq, 1, 'the journal goes on');
  } finally {
    journal.close();
    execFileSync('umount', [disk], { stdio: 'ignore' });
  }
  must(openTestJournal(join(folder, 'data'))).close();
});

const reasonOf = (result: Result<unknown>): string =>
  result.ok ? 'done' : `${result.error.code} ${result.error.detail}`;
