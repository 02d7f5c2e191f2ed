import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { JournalConfig, type TerminalConfig } from '@kiosk/contract/config.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import type { Parameters } from '@kiosk/contract/platform/parameters.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { retention } from '../journal/life/retention.ts';
import { ending, within } from '../testing/ending.ts';
import { TERMINAL, intended, must, openTestJournal, sample, temporaryFolder } from '../testing/journal.ts';
import { Upkeep } from './upkeep.ts';

const person = syntheticPerson('ordinary', '2026-11-21');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Told {
  readonly event: string;
  readonly at: number;
}

/** A journal, a clock that is moved by hand, and what the upkeep has told its log. */
function room(t: TestContext, journalConfig: unknown = {}) {
  const dataDir = temporaryFolder(t);
  const clock = new ManualClock();
  const journal = must(openTestJournal(dataDir, clock));
  ending(t, () => journal.close());
  const config = {
    terminal: { terminalId: TERMINAL },
    dataDir,
    journal: JournalConfig.parse(journalConfig),
  } as TerminalConfig;
  const told: Told[] = [];
  let heard = () => {};
  const state = { attended: false, retentionDays: undefined as Parameters['retentionDays'] | undefined };
  const begin = () => {
    const upkeep = new Upkeep({
      journal,
      config,
      clock,
      log(event) {
        told.push({ event, at: clock.now() });
        heard();
      },
      attended: () => state.attended,
      onChanged: () => {},
      retentionDays: () => state.retentionDays,
    });
    ending(t, () => upkeep.close());
    upkeep.start();
    return upkeep;
  };
  const begun = clock.now();
  return {
    ...{ dataDir, clock, journal, state, begin },
    backups: () => readdirSync(join(dataDir, 'backup')).sort(),
    /** ms after the beginning of every such event. */
    times: (event: string) => told.filter((one) => one.event === event).map(({ at }) => at - begun),
    /** The next word to the log when the clock moves on by so much. */
    async next(event: string, ms: number): Promise<void> {
      const before = told.length;
      const said = new Promise<void>((resolve) => (heard = resolve));
      clock.advance(ms);
      await within(said, () => `${event} after ${ms / HOUR} h`);
      assert.deepEqual(
        told.slice(before).map((one) => one.event),
        [event],
      );
      await turn();
    },
    /** The clock moves on by so much, and nobody says anything. */
    async quiet(ms: number): Promise<void> {
      const before = told.length;
      clock.advance(ms);
      await turn();
      assert.deepEqual(told.slice(before), []);
    },
  };
}

/** A look that finds nothing to do has ended by then: nothing in it waits for more than what is already there. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const acknowledgeAll = ({ journal }: ReturnType<typeof room>) =>
  must(
    journal.withOutbox((outbox) => {
      for (const stream of StreamName.options) outbox.acknowledge(stream, outbox.standing(stream).headSeq, []);
    }),
  );

/** The platform says its time, in one run of the program, so many days later than it said it last. */
function age({ journal }: ReturnType<typeof room>, days: number): void {
  const kept = retention(journal.store);
  const { heard } = must(kept.heard({ platformAt: 1e12, wallAt: 1e12, steadyMs: 0 }));
  must(kept.heard({ platformAt: heard!.platformAt + days * DAY, wallAt: 1e12, steadyMs: days * DAY }));
}

test('not in the first five minutes, then looked after every hour: one copy a day', async (t) => {
  const { begin, next, quiet, times, backups } = room(t);
  const upkeep = begin();
  assert.deepEqual(upkeep.backup, { at: null });
  await quiet(5 * MINUTE - 1);
  await next('backup.made', 1);
  for (let hour = 1; hour < 24; hour++) await quiet(HOUR);
  await next('backup.made', HOUR);
  assert.deepEqual(times('backup.made'), [5 * MINUTE, 5 * MINUTE + DAY]);
  assert.equal(backups().length, 2);
});

test('how often and how many is the configuration', async (t) => {
  const { begin, next, quiet, backups } = room(t, { backup: { everyHours: 2, keep: 2 } });
  begin();
  await next('backup.made', 5 * MINUTE);
  for (let copy = 0; copy < 3; copy++) {
    await quiet(HOUR);
    await next('backup.made', HOUR);
  }
  assert.deepEqual(backups(), [`journal-${TERMINAL}-000003.db`, `journal-${TERMINAL}-000004.db`]);
});

test('while somebody is served it waits, and the next hour looks again', async (t) => {
  const { begin, next, quiet, state } = room(t);
  begin();
  state.attended = true;
  await quiet(5 * MINUTE);
  await quiet(3 * HOUR);
  state.attended = false;
  await next('backup.made', HOUR);
});

test('after a restart the age of the youngest copy counts, not the time since the start', async (t) => {
  const { begin, next, quiet, clock, dataDir, backups } = room(t);
  const first = begin();
  await next('backup.made', 5 * MINUTE);
  await first.close();
  const [copy] = backups();
  const dated = (ago: number) => {
    const at = new Date(clock.now() - ago);
    utimesSync(join(dataDir, 'backup', copy!), at, at);
  };
  dated(20 * HOUR);
  const second = begin();
  assert.equal(second.backup.at, clock.now() - 20 * HOUR);
  await quiet(5 * MINUTE);
  await second.close();
  dated(DAY);
  begin();
  await next('backup.made', 5 * MINUTE);
});

test('a clock that was set back by a year does not put off the next copy by a year; an hour is nothing', async (t) => {
  const { begin, next, quiet, clock } = room(t);
  begin();
  await next('backup.made', 5 * MINUTE);
  clock.step(-2 * HOUR);
  await quiet(HOUR);
  clock.step(-365 * DAY);
  await next('backup.made', HOUR);
});

test('the second disk is not there: the code is shown, every hour tries again, and the code goes with the cause', async (t) => {
  const elsewhere = join(temporaryFolder(t), 'disk');
  const { begin, next } = room(t, { backup: { folder: elsewhere } });
  const upkeep = begin();
  await next('backup.failed', 5 * MINUTE);
  assert.deepEqual(upkeep.backup, { at: null, code: 'E6401' });
  await next('backup.failed', HOUR);
  mkdirSync(elsewhere);
  await next('backup.made', HOUR);
  assert.equal(upkeep.backup.code, undefined);
});

test('what may go is journaled, then goes: by the configuration first, by the signed parameters once there are some', async (t) => {
  const all = room(t, { backup: { everyHours: 168 }, retention: { telemetryDays: 10 } });
  const { begin, next, quiet, journal, state } = all;
  must(journal.recordAll([1, 2, 3].map((n) => sample.telemetry(n))));
  acknowledgeAll(all);
  begin();
  await next('backup.made', 5 * MINUTE);
  age(all, 5);
  await quiet(HOUR);
  state.retentionDays = { business: 400, audit: 400, telemetry: 4, keys: 30 };
  await next('journal.retired', HOUR);
  const left = journal.store.db.prepare('SELECT count(*) FROM entry_telemetry').pluck().get();
  assert.equal(left, 1, 'the last entry stays');
  const bodies = journal.store.db.prepare<[], Buffer>('SELECT body FROM entry_audit').pluck().all();
  assert.ok(
    bodies.some((body) => body.includes('journal.retired')),
    'nothing goes untold',
  );
  await quiet(HOUR);
});

test('a copy from before a migration goes with the keys it still holds, once a backup is younger than it', async (t) => {
  const all = room(t, { backup: { everyHours: 168 } });
  const { begin, next, clock, journal, dataDir } = all;
  const migrated = (version: number, at: number) => {
    const file = join(dataDir, `journal.db.v${version}.bak`);
    writeFileSync(file, 'an old journal');
    utimesSync(file, new Date(at), new Date(at));
    return file;
  };
  const request = (n: number) =>
    must(
      journal.takeRequest({
        ...{ sessionId: 'session-1', operationId: `request-${n}`, level: 'L1', offline: true },
        ...{ form: { item: 'S01', topicId: 'complaint' }, person: { phone: person.phone } },
      }),
    );
  const old = migrated(1, clock.now() - DAY);
  const young = migrated(2, clock.now() + DAY);
  request(1);
  acknowledgeAll(all);
  begin();
  await next('backup.made', 5 * MINUTE);
  must(journal.record(intended('print-1')));
  must(journal.recordAll([1, 2].map((n) => sample.telemetry(n))));
  assert.ok(existsSync(old), 'no key was destroyed yet');
  age(all, 31);
  await next('journal.retired', HOUR);
  assert.equal(existsSync(old), false);
  assert.ok(existsSync(young), 'a file younger than every backup may be the only copy');
});

test('the time that the platform tells is written every ten minutes at most', (t) => {
  const { begin, clock, journal } = room(t);
  const upkeep = begin();
  const proven = () => journal.store.db.prepare('SELECT elapsed_ms FROM proven_time').pluck().get();
  upkeep.heard(clock.now());
  for (let minute = 1; minute <= 9; minute++) {
    clock.advance(MINUTE);
    upkeep.heard(clock.now());
  }
  assert.equal(proven(), 0);
  clock.advance(MINUTE);
  upkeep.heard(clock.now());
  assert.equal(proven(), 10 * MINUTE);
});

test('the program ends in the middle of a look: what is under way ends, and no copy begins on a closed journal', async (t) => {
  const all = room(t, { backup: { everyHours: 1 } });
  const { begin, next, clock, journal, times, backups } = all;
  must(journal.recordAll([1, 2, 3].map((n) => sample.telemetry(n))));
  acknowledgeAll(all);
  const upkeep = begin();
  await next('backup.made', 5 * MINUTE);
  age(all, 31);
  clock.advance(HOUR);
  await upkeep.close();
  assert.equal(times('journal.retired').length, 1);
  assert.equal(backups().length, 1);
  const late = await upkeep.backUp();
  assert.equal(late.ok ? 'made' : late.error.code, 'E6401');
});
