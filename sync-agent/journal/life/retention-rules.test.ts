import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_ACROSS_RESTART_MS, NEVER_HEARD, hear } from './proven-time.ts';
import {
  type AcknowledgedMark,
  DEFAULT_RETENTION,
  THIRTEEN_MONTHS_MS,
  remark,
  retirementOf,
} from './retention-rules.ts';

const DAY = 24 * 3_600_000;
const YEARS = 20 * 366 * DAY;

/** What happens to a terminal between two heartbeats: time really passes, clocks are set, it is switched off and on. */
const happening = fc.record({
  passed: fc.integer({ min: 0, max: 40 * DAY }),
  restart: fc.boolean(),
  platformStep: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -YEARS, max: YEARS })),
  wallStep: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -YEARS, max: YEARS })),
});

function live(happenings: readonly { passed: number; restart: boolean; platformStep: number; wallStep: number }[]) {
  let time = hear(NEVER_HEARD, { platformAt: 1e12, wallAt: 1e12, steadyMs: undefined });
  let platformAt = 1e12;
  let wallAt = 1e12;
  let real = 0;
  let mostAcross = 0;
  for (const { passed, restart, platformStep, wallStep } of happenings) {
    real += passed;
    platformAt += passed + platformStep;
    wallAt += passed + wallStep;
    if (restart) mostAcross += MOST_ACROSS_RESTART_MS;
    const before = time.elapsedMs;
    time = hear(time, { platformAt, wallAt, steadyMs: restart ? undefined : passed });
    assert.ok(time.elapsedMs >= before, 'proven time went back');
  }
  return { proven: time.elapsedMs, real, mostAcross };
}

test('whatever one of the two clocks is set to, no more time is proven than has passed', () => {
  for (const liar of ['platformStep', 'wallStep'] as const) {
    const honest = liar === 'platformStep' ? 'wallStep' : 'platformStep';
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
        const { proven, real } = live(happenings.map((h) => ({ ...h, [honest]: 0 })));
        assert.ok(proven <= real, `proven ${proven} of ${real} ms that passed, with a lying ${liar}`);
      }),
    );
  }
});

test('when both clocks lie at the same restart, that restart counts for a holiday and no more', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      const { proven, real, mostAcross } = live(happenings);
      assert.ok(proven <= real + mostAcross, `proven ${proven}, passed ${real}, restarts allow ${mostAcross}`);
    }),
  );
});

test('with honest clocks all of the time of a terminal that hears the platform is proven, also across a night', () => {
  const days = Array.from({ length: 60 }, () => ({ passed: DAY, restart: true, platformStep: 0, wallStep: 0 }));
  assert.equal(live(days).proven, 60 * DAY);
});

test('a history of months: nothing unacknowledged goes, nothing goes early, and what is due goes', () => {
  const step = fc.record({
    passed: fc.integer({ min: 0, max: 60 * DAY }),
    appended: fc.integer({ min: 0, max: 20 }),
    /** Of what waits; negative: the platform was restored from a backup and stands further back. */
    acknowledged: fc.double({ min: -0.5, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom('business', 'audit', 'telemetry'),
      (steps, stream) => {
        let now = 0;
        let [baseSeq, headSeq, acknowledgedSeq, keysGone] = [0, 0, 0, 0];
        let marks: readonly AcknowledgedMark[] = [];
        /** When each sequence was last acknowledged for good: the truth the marks stand for. */
        const since = new Map<number, number>();
        for (const { passed, appended, acknowledged } of steps) {
          now += passed;
          headSeq += appended;
          const before = acknowledgedSeq;
          acknowledgedSeq +=
            acknowledged >= 0
              ? Math.floor((headSeq - acknowledgedSeq) * acknowledged)
              : Math.ceil((acknowledgedSeq - baseSeq) * acknowledged);
          for (let seq = before + 1; seq <= acknowledgedSeq; seq++) since.set(seq, now);
          for (let seq = acknowledgedSeq + 1; seq <= before; seq++) since.delete(seq);
          marks = remark(marks, acknowledgedSeq, baseSeq, now);
          const ages = { baseSeq, headSeq, acknowledgedSeq, marks };
          const { entriesUpTo, keysUpTo } = retirementOf(stream, ages, DEFAULT_RETENTION, now);
          assert.ok(
            entriesUpTo >= baseSeq && (entriesUpTo === baseSeq || entriesUpTo < headSeq),
            'the last entry stays',
          );
          for (let seq = baseSeq + 1; seq <= entriesUpTo; seq++) {
            const at = since.get(seq);
            assert.ok(at !== undefined, `${seq} goes and was never acknowledged`);
            assert.ok(
              now - at >= DEFAULT_RETENTION.keepMs[stream],
              `${seq} goes ${now - at} ms after its acknowledgement`,
            );
          }
          for (let seq = keysGone + 1; seq <= keysUpTo; seq++) {
            const at = since.get(seq);
            assert.ok(at !== undefined && now - at >= DEFAULT_RETENTION.keepKeysMs, `the key of ${seq} goes early`);
          }
          for (let seq = entriesUpTo + 1; seq <= Math.min(acknowledgedSeq, headSeq - 1); seq++) {
            assert.ok(now - since.get(seq)! < DEFAULT_RETENTION.keepMs[stream], `${seq} is due and stays`);
          }
          baseSeq = entriesUpTo;
          keysGone = Math.max(keysGone, keysUpTo);
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test("a platform that went back has had what it still has since the mark it lost, and that mark's time is kept", () => {
  const [acknowledgedAt, wentBackAt] = [10 * DAY, 200 * DAY];
  const marks = remark(remark([], 3, 0, acknowledgedAt), 2, 0, wentBackAt);
  assert.deepEqual(marks, [{ seq: 2, elapsedMs: acknowledgedAt }]);
  const due = acknowledgedAt + DEFAULT_RETENTION.keepMs.business;
  const ages = { baseSeq: 0, headSeq: 3, acknowledgedSeq: 2, marks };
  assert.equal(retirementOf('business', ages, DEFAULT_RETENTION, due - 1).entriesUpTo, 0);
  assert.equal(retirementOf('business', ages, DEFAULT_RETENTION, due).entriesUpTo, 2, '1 is due and stays');

  const again = remark(marks, 3, 0, wentBackAt);
  assert.deepEqual(again.at(-1), { seq: 3, elapsedMs: wentBackAt }, 'what it gets again is acknowledged anew');
});

test('the audit stream is whole for thirteen months of any calendar', () => {
  const longest = Date.UTC(2029, 1, 1) - Date.UTC(2028, 0, 1);
  assert.ok(longest / DAY <= 397 && THIRTEEN_MONTHS_MS >= longest);
  assert.equal(DEFAULT_RETENTION.keepMs.audit, THIRTEEN_MONTHS_MS);
});
