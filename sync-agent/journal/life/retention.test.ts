import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { intended, must, openTestJournal, sample, temporaryFolder } from '../../testing/journal.ts';
import type { Journal } from '../journal.ts';
import { retention } from './retention.ts';
import { DEFAULT_RETENTION, type RetentionPolicy } from './retention-rules.ts';

const DAY = 24 * 3_600_000;
const person = syntheticPerson('ordinary', '2026-11-21');

function takeRequest(journal: Journal, n: number) {
  return must(
    journal.takeRequest({
      sessionId: `session-${n}`,
      operationId: `request-${n}`,
      level: 'L1',
      offline: true,
      form: { item: 'S01', topicId: 'complaint', text: 'x'.repeat((n * 37) % 500) },
      person: { name: person.name, idNumber: person.idNumber, phone: person.phone },
    }),
  );
}

const acknowledgeAll = (journal: Journal) =>
  must(
    journal.withOutbox((outbox) => {
      for (const stream of StreamName.options) outbox.acknowledge(stream, outbox.standing(stream).headSeq, []);
    }),
  );

/** Heartbeats in one run of the program, `days` apart in all. */
function age(journal: Journal, days: number) {
  const kept = retention(journal.store);
  const { elapsedMs, heard } = must(kept.heard({ platformAt: 1e12, wallAt: 1e12, steadyMs: 0 }));
  const platformAt = heard!.platformAt + days * DAY;
  const after = must(kept.heard({ platformAt, wallAt: 1e12, steadyMs: days * DAY }));
  assert.equal(after.elapsedMs - elapsedMs, days * DAY);
}

function sweep(journal: Journal, policy: RetentionPolicy = DEFAULT_RETENTION) {
  const kept = retention(journal.store);
  const plan = must(kept.plan(policy));
  const steps = kept.carryOut(plan);
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    must(step.value);
    return plan;
  }
}

/** Every data key in the file as it is stored. */
function storedKeys(journal: Journal): Buffer[] {
  return (
    journal.store.db
      .prepare<[], { key_terminal: Buffer; key_centre: Buffer }>(
        'SELECT key_terminal, key_centre FROM entry WHERE key_centre IS NOT NULL',
      )
      .all()
      // What opens a key of the centre is the same for all of a day; what is in it lies behind the first 41 bytes.
      .flatMap(({ key_terminal, key_centre }) => [key_terminal, key_centre.subarray(41)])
  );
}

function filesHold(folder: string, secrets: readonly Buffer[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    // A part of a key is worth as much as most of it: a quarter must not be there either.
    return secrets.some((secret) => bytes.includes(secret.subarray(0, 16)) || bytes.includes(secret.subarray(-16)))
      ? [name]
      : [];
  });
}

test('thirty days after the acknowledgement the keys are gone from every byte of the files, and the chain verifies', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  for (let n = 1; n <= 120; n++) {
    takeRequest(journal, n);
    must(journal.record(sample.business(n)));
  }
  acknowledgeAll(journal);
  assert.deepEqual(sweep(journal), [], 'nothing is due on the day it was acknowledged');
  const doomed = storedKeys(journal);
  assert.equal(doomed.length, 240);
  for (let n = 121; n <= 140; n++) takeRequest(journal, n);
  age(journal, 31);
  // Half of them in the database, all of them in the log.
  journal.store.db.pragma('wal_checkpoint(PASSIVE)');
  must(journal.record(sample.business(1)));
  assert.deepEqual(filesHold(folder, doomed), ['journal.db', 'journal.db-wal'], 'the search finds what is there');

  const plan = sweep(journal);
  assert.deepEqual(plan, [{ stream: 'business', entriesUpTo: 0, entries: 0, keysUpTo: 240, keys: 120 }]);
  assert.deepEqual(filesHold(folder, doomed), [], 'a destroyed key can still be read');
  assert.equal(storedKeys(journal).length, 40, 'keys of what is not acknowledged stay');
  journal.close();
  assert.deepEqual(filesHold(folder, doomed), []);
  const again = must(openTestJournal(folder));
  assert.deepEqual(sweep(again), [], 'nothing is left to do');
  again.close();
});

test('after thirteen months the base moves on in steps, the chain verifies from there, open intents hold what is theirs', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  for (let n = 1; n <= 30; n++) must(journal.record(intended(`print-${n}`)));
  for (let n = 1; n <= 30; n++) {
    if (n === 20) continue;
    must(journal.record({ type: 'operation.settled', sessionId: 's', operationId: `print-${n}`, outcome: 'done' }));
  }
  for (let n = 1; n <= 5_000; n++) must(journal.record(sample.audit(n)));
  acknowledgeAll(journal);
  assert.deepEqual(sweep(journal), []);
  age(journal, 401);
  const plan = sweep(journal);
  // Intent 20 is open, and those before it are settled behind it: cutting at any of them would cut an intent in two.
  assert.deepEqual(
    plan.map(({ stream, entriesUpTo }) => [stream, entriesUpTo]),
    [['audit', 4_999]],
  );
  must(journal.record({ type: 'operation.settled', sessionId: 's', operationId: 'print-20', outcome: 'unknown' }));
  must(journal.record(sample.business(1)));
  acknowledgeAll(journal);
  assert.deepEqual(sweep(journal), [], 'acknowledged just now');
  age(journal, 401);
  assert.deepEqual(
    sweep(journal).map(({ stream, entriesUpTo }) => [stream, entriesUpTo]),
    [['business', 60]],
  );
  journal.close();
  const again = must(openTestJournal(folder));
  for (const [stream, base, head] of [
    ['business', 60, 61],
    ['audit', 4_999, 5_000],
  ] as const) {
    const standing = must(again.withOutbox((outbox) => outbox.standing(stream)));
    assert.deepEqual([standing.baseSeq, standing.headSeq], [base, head]);
  }
  assert.equal(must(again.record(sample.audit(1))).seq, 5_001, 'the sequence goes on');
  again.close();
});

test('a request counter and the count of waiting requests outlive the entries they came from', (t) => {
  const folder = temporaryFolder(t);
  const journal = must(openTestJournal(folder));
  for (let n = 1; n <= 9; n++) takeRequest(journal, n);
  must(journal.record(sample.business(1)));
  acknowledgeAll(journal);
  sweep(journal);
  age(journal, 401);
  sweep(journal);
  const next = takeRequest(journal, 10);
  assert.match(next.requestNumber, /^YTJ003017000010/);
  assert.equal(must(journal.waitingRequests()), 1);
  journal.close();
});

test('any history, any sweep: what is not acknowledged stays, byte for byte', (t) => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('record' as const), stream: fc.constantFrom(...StreamName.options) }),
    fc.record({ kind: fc.constant('request' as const) }),
    fc.record({
      kind: fc.constant('acknowledge' as const),
      stream: fc.constantFrom(...StreamName.options),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('age' as const), days: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ kind: fc.constant('clock' as const), platform: fc.integer({ min: -9_000, max: 9_000 }) }),
    fc.record({ kind: fc.constant('sweep' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
      const folder = temporaryFolder(t);
      const journal = must(openTestJournal(folder));
      const rows = () =>
        new Map(
          journal.store.db
            .prepare<[], { stream: string; seq: number; body: Buffer; key_centre: Buffer | null }>(
              'SELECT stream, seq, body, key_centre FROM entry',
            )
            .all()
            .map((row) => [`${row.stream} ${row.seq}`, row]),
        );
      let requests = 0;
      for (const s of steps) {
        if (s.kind === 'record') must(journal.record(sample[s.stream](1)));
        else if (s.kind === 'request') takeRequest(journal, ++requests);
        else if (s.kind === 'age') age(journal, s.days);
        // The platform's clock jumps by days while no time passes here.
        else if (s.kind === 'clock')
          must(retention(journal.store).heard({ platformAt: 1e12 + s.platform * DAY, wallAt: 1e12, steadyMs: 0 }));
        else if (s.kind === 'acknowledge')
          must(
            journal.withOutbox((outbox) => {
              const { acknowledgedSeq, headSeq } = outbox.standing(s.stream);
              const to = acknowledgedSeq + Math.floor((headSeq - acknowledgedSeq) * s.share);
              outbox.acknowledge(s.stream, to, []);
            }),
          );
        else {
          const before = rows();
          const planned = sweep(journal);
          const after = rows();
          for (const [key, row] of before) {
            const { acknowledgedSeq } = must(journal.withOutbox((o) => o.standing(row.stream as StreamName)));
            if (row.seq <= acknowledgedSeq) continue;
            assert.deepEqual(
              after.get(key),
              row,
              `${key} is not acknowledged and was touched (${JSON.stringify(planned)})`,
            );
          }
        }
      }
      journal.close();
      must(openTestJournal(folder)).close();
    }),
    { numRuns: 25 },
  );
});
