import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import { ending } from '../testing/ending.ts';
import { TERMINAL, centre, must, sample, temporaryFolder } from '../testing/journal.ts';
import { keyProvider } from './chain/keys.ts';
import { type ReopeningJournal, lookAgain, openReopeningJournal } from './reopening.ts';

const MINUTE = 60_000;

function openIn(folder: string, t: TestContext) {
  const clock = new ManualClock();
  const journal = must(
    openReopeningJournal({
      file: join(folder, 'journal.db'),
      terminalId: TERMINAL,
      clock,
      keys: keyProvider(Buffer.alloc(32, 7)),
      centreKey: centre.publicKey,
    }),
  );
  ending(t, () => journal.close());
  const stops: string[] = [];
  const resumed: Failure[] = [];
  journal.onStopped(({ code }) => stops.push(code));
  journal.onResumed((after) => resumed.push(after));
  return { journal, clock, stops, resumed };
}

/** Records until the disk says no; how many were promised, and with what code it ended. */
function recordUntilStopped(journal: ReopeningJournal, most = 20_000): { promised: number; code: string } {
  for (let promised = 0; promised < most; promised++) {
    const placed = journal.record(sample.business(promised));
    if (!placed.ok) return { promised, code: placed.error.code };
  }
  return { promised: most, code: 'never' };
}

const headOf = (journal: ReopeningJournal, stream: 'business' | 'audit') =>
  must(journal.withOutbox((outbox) => outbox.standing(stream))).headSeq;

/** A folder that something may be mounted over; freed before it is removed. */
function mountPoint(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-mount-'));
  ending(t, () => {
    spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const mounted = (...args: string[]): boolean =>
  process.platform === 'linux' && spawnSync('mount', args, { stdio: 'ignore' }).status === 0;

test('a disk is full: refused with a code, and taken again by itself when there is room, nothing lost', (t) => {
  const folder = mountPoint(t);
  if (!mounted('-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder)) {
    return t.skip('a small file system can be mounted by root on Linux only');
  }
  const { journal, clock, stops, resumed } = openIn(folder, t);
  const ballast = openSync(join(folder, 'ballast'), 'w');
  fillUp(ballast, 13 * 1024 * 1024);
  const { promised, code } = recordUntilStopped(journal);
  assert.equal(code, 'E6101');
  assert.ok(promised > 100, `only ${promised} fitted`);
  clock.advance(10 * MINUTE);
  const still = journal.record(sample.business(0));
  assert.equal(still.ok ? 'taken' : still.error.code, 'E6101', 'the disk is as full as before');

  closeSync(ballast);
  rmSync(join(folder, 'ballast'));
  const between = journal.record(sample.business(0));
  assert.ok(!between.ok, 'nothing is taken before the file was checked');
  clock.advance(MINUTE);
  assert.deepEqual([stops, resumed.map((after) => after.code)], [['E6101'], ['E6101']]);
  assert.equal(journal.stopped, undefined);
  assert.equal(headOf(journal, 'business'), promised, 'an entry was lost, or one came that was not promised');
  assert.equal(must(journal.record(sample.business(1))).seq, promised + 1);
  assert.equal(headOf(journal, 'audit'), 1, 'the audit stream tells that it stopped and goes on');
});

test('a disk that cannot write any more: stopped, and taken again by itself when it can', (t) => {
  const limit = (bytes: string) =>
    spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`], { stdio: 'ignore' }).status === 0;
  if (process.platform !== 'linux' || !limit('unlimited'))
    return t.skip('the size of files can be limited on Linux only');
  const { journal, clock, stops, resumed } = openIn(temporaryFolder(t), t);
  for (let n = 0; n < 100; n++) must(journal.record(sample.business(n)));
  limit('1000000');
  ending(t, () => limit('unlimited'));
  const { promised, code } = recordUntilStopped(journal);
  assert.equal(code, 'E6102');
  clock.advance(10 * MINUTE);
  assert.equal(journal.stopped?.code, 'E6102');
  limit('unlimited');
  clock.advance(MINUTE);
  assert.deepEqual([stops, resumed.map((after) => after.code)], [['E6102'], ['E6102']]);
  assert.equal(must(journal.record(sample.business(0))).seq, 100 + promised + 1);
});

test('a file system turns read-only: stopped for as long as it is', (t) => {
  const folder = mountPoint(t);
  const { journal, clock, resumed } = openIn(folder, t);
  must(journal.record(sample.business(1)));
  if (!mounted('--bind', folder, folder)) {
    return t.skip('a folder can be made read-only by root on Linux only');
  }
  spawnSync('mount', ['-o', 'remount,bind,ro', folder]);
  // What SQLite says then; the open files of this process themselves stay writable through a bind mount.
  journal.store.db.pragma('query_only = ON');
  const refused = journal.record(sample.business(2));
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6102');
  clock.advance(10 * MINUTE);
  assert.equal(journal.stopped?.code, 'E6102');
  assert.deepEqual(resumed, []);
  spawnSync('umount', [folder]);
  clock.advance(MINUTE);
  assert.equal(resumed.length, 1);
  assert.equal(must(journal.record(sample.business(2))).seq, 2);
});

test('a file found damaged when it is opened again stays closed, also when there is room', (t) => {
  const folder = temporaryFolder(t);
  const { journal, clock, stops, resumed } = openIn(folder, t);
  for (let n = 0; n < 300; n++) must(journal.record(sample.business(n)));
  journal.store.db.pragma('wal_checkpoint(TRUNCATE)');
  journal.store.db.pragma('query_only = ON');
  assert.ok(!journal.record(sample.business(0)).ok);
  const file = openSync(join(folder, 'journal.db'), 'r+');
  const pages = Math.floor(fstatSync(file).size / 4096);
  writeSync(file, Buffer.alloc(4096 * 3, 0xa5), 0, 4096 * 3, 4096 * (pages - 6));
  closeSync(file);
  clock.advance(MINUTE);
  assert.equal(journal.stopped?.code, 'E6103');
  const size = statSync(join(folder, 'journal.db')).size;
  clock.advance(24 * 60 * MINUTE);
  const refused = journal.record(sample.business(0));
  assert.equal(refused.ok ? 'taken' : refused.error.code, 'E6103');
  assert.deepEqual([stops, resumed], [['E6102', 'E6103'], []]);
  assert.equal(statSync(join(folder, 'journal.db')).size, size, 'evidence was changed');
});

test('a failing disk is looked at less and less often, for as long as it fails', () => {
  const clock = new ManualClock();
  const looks: number[] = [];
  lookAgain(clock, () => looks.push(clock.monotonic()) === 20);
  clock.advance(24 * 60 * MINUTE);
  assert.equal(looks.length, 20);
  assert.deepEqual(looks.slice(0, 6), [5_000, 15_000, 35_000, 75_000, 135_000, 195_000]);
});

function fillUp(fd: number, bytes: number): void {
  const block = Buffer.alloc(64 * 1024, 1);
  for (let written = 0; written < bytes; written += block.length) writeSync(fd, block);
}
