import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@kiosk/contract/kernel/clock.ts';
import fc from 'fast-check';
import { type AdmissionLimits, type Entry, createAdmission } from './admission.ts';
import { PRIORITIES, type Priority, priorityOf } from './priority.ts';

const LIMITS: AdmissionLimits = {
  perSecond: 1_000,
  burst: 1_000,
  atOnce: 1,
  longestWaitMs: { interactive: 3_000, business: 3_000, control: 2_000, audit: 1_000, telemetry: 500, enrolment: 500 },
  comeBackSeconds: { from: 5, to: 30 },
};

const setUp = (change: Partial<AdmissionLimits> = {}, random = () => 0.5) => {
  const clock = new ManualClock();
  return { clock, admission: createAdmission(clock, { ...LIMITS, ...change }, random) };
};
const leave = (entry: Entry) => entry.admitted && entry.leave();

test('what a request is stands in its first line', () => {
  const cases: readonly [string, Priority][] = [
    ['/v1/identity/codes', 'interactive'],
    ['/v1/documents/statements?x=1', 'interactive'],
    ['/v1/streams/business/batches', 'business'],
    ['/v1/streams/telemetry/batches?', 'telemetry'],
    ['/v1/streams/audit/head', 'control'],
    ['/v1/heartbeat', 'control'],
    ['/v1/heartbeats', 'enrolment'],
    ['/v1/enrolment', 'enrolment'],
    ['/../../etc/passwd', 'enrolment'],
  ];
  for (const [url, priority] of cases) assert.equal(priorityOf(url), priority, url);
});

test('while one is worked on the others wait, and are let in by what they are, whoever came first', async () => {
  const { admission } = setUp();
  const first = await admission.enter('telemetry');
  const order: string[] = [];
  const wanted = ['telemetry', 'audit', 'control', 'business', 'interactive', 'business'] as const;
  const waiting = wanted.map(async (priority, i) => {
    const entry = await admission.enter(priority);
    order.push(`${priority}${i}`);
    leave(entry);
  });
  assert.deepEqual(admission.state, { working: 1, waiting: 6 });
  leave(first);
  await Promise.all(waiting);
  assert.deepEqual(order, ['interactive4', 'business3', 'business5', 'control2', 'audit1', 'telemetry0']);
  assert.deepEqual(admission.state, { working: 0, waiting: 0 });
});

test('of telemetry the newest goes first', async () => {
  const { admission } = setUp();
  const first = await admission.enter('business');
  const order: number[] = [];
  const waiting = [0, 1, 2].map(async (i) => {
    const entry = await admission.enter('telemetry');
    order.push(i);
    leave(entry);
  });
  leave(first);
  await Promise.all(waiting);
  assert.deepEqual(order, [2, 1, 0]);
});

test('nobody waits longer than is of use, and is then told when to come back', async () => {
  const { clock, admission } = setUp();
  const first = await admission.enter('business');
  const audit = admission.enter('audit');
  const business = admission.enter('business');
  clock.advance(1_000);
  assert.deepEqual(await audit, { admitted: false, retryAfterSeconds: 18 });
  assert.equal(admission.state.waiting, 1);
  leave(first);
  assert.equal((await business).admitted, true, 'whoever may still be served in time is');
});

test('a caller who hangs up while waiting takes no place', async () => {
  const { admission } = setUp();
  const first = await admission.enter('business');
  const gone = new AbortController();
  const waiting = admission.enter('business', gone.signal);
  gone.abort();
  assert.equal((await waiting).admitted, false);
  assert.deepEqual(admission.state, { working: 1, waiting: 0 });
  leave(first);
  leave(first);
  assert.deepEqual(admission.state, { working: 0, waiting: 0 }, 'leaving twice is leaving once');
});

test('when more come than may, what is worth less is refused first and people at the screen last', async () => {
  const { admission } = setUp({ perSecond: 1, burst: 100, atOnce: 1_000 });
  const refusedAt = new Map<Priority, number>();
  for (let round = 0; round < 100; round++) {
    for (const priority of PRIORITIES) {
      const { admitted } = await admission.enter(priority);
      if (!admitted && !refusedAt.has(priority)) refusedAt.set(priority, round);
    }
  }
  const rounds = PRIORITIES.slice(0, 5).map((priority) => refusedAt.get(priority)!);
  assert.deepEqual(
    rounds,
    rounds.toSorted((a, b) => b - a),
  );
  assert.ok(new Set(rounds).size === 5, `first refused in rounds ${rounds.join()}`);
});

test('refused callers are spread over the window the centre names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (random) => {
      const { admission } = setUp({ burst: 1, perSecond: 0.001, atOnce: 9 }, () => random);
      await admission.enter('interactive');
      const entry = await admission.enter('interactive');
      assert.ok(!entry.admitted && entry.retryAfterSeconds >= 5 && entry.retryAfterSeconds <= 30);
      assert.ok(Number.isInteger(entry.retryAfterSeconds));
    }),
  );
});

test('any crowd: never more at work than may be, every caller answered, nothing left behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ priority: fc.constantFrom(...PRIORITIES), after: fc.nat(400), work: fc.nat(900) }), {
        minLength: 1,
        maxLength: 60,
      }),
      async (crowd) => {
        const { clock, admission } = setUp({ atOnce: 3 });
        let answered = 0;
        for (const { priority, after, work } of crowd) {
          clock.advance(after);
          void admission.enter(priority).then((entry) => {
            answered++;
            assert.ok(admission.state.working <= 3);
            if (entry.admitted) clock.after(work, entry.leave);
          });
          await Promise.resolve();
          await Promise.resolve();
        }
        for (let i = 0; i < 2 * crowd.length + 10; i++) {
          clock.advance(1_000);
          await new Promise(setImmediate);
        }
        assert.equal(answered, crowd.length);
        assert.deepEqual(admission.state, { working: 0, waiting: 0 });
      },
    ),
    { numRuns: 60 },
  );
});
