import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { compareWithStore } from '@kiosk/bench/fleet/simulator/check.ts';
import { engines } from '@kiosk/central-platform/testing/engines.ts';
import { ENTRIES, type Storm, TERMINALS, afterAnswers, brewInside, brewOutside } from './storm.ts';

const NOTHING_WRONG = { lost: 0, surplus: 0, outOfOrder: 0, acknowledgedLost: 0 };
/** Real time, for a machine that is much slower than ours. */
const OUTER_LIMIT_MS = 240_000;
/** A terminal needs a dozen requests; the fifth is refused already. */
const ADMITS_LITTLE = { terminalPerSecond: 0.2, terminalBurst: 4 };

for (const { name, skip, place } of engines) {
  const databaseUrl = async (t: TestContext): Promise<string | undefined> => {
    const there = await place(t);
    return 'url' in there ? there.url : undefined;
  };

  test(
    `the power goes twice while one hundred terminals deliver: all of it is there once, in order (${name})`,
    { skip },
    async (t) => {
      const storm = await brewOutside(t, { databaseUrl: await databaseUrl(t) });
      const { fleet, lines, platform } = storm;
      fleet.start();
      for (const answers of [250, 600]) {
        await afterAnswers(storm, answers);
        await platform.kill();
        lines.hangUp();
        await platform.start();
      }
      await fleet.settled(AbortSignal.timeout(OUTER_LIMIT_MS));
      await everythingOnce(storm);
      const cut = Object.keys(fleet.report.lost).length;
      assert.ok(cut > 0, 'no exchange was cut: the outage came too late to show anything');
    },
  );

  // Without jitter everybody comes back at the same moment; that costs time, and nothing else.
  const jitter = name === 'sqlite';
  const how = jitter ? 'with jitter' : 'in step';
  test(
    `one hundred come ${how} to a platform that admits little: refused with a code, and all of it arrives (${name})`,
    { skip },
    async (t) => {
      const storm = await brewInside(t, {
        databaseUrl: await databaseUrl(t),
        limits: ADMITS_LITTLE,
        rules: { jitter },
      });
      const { fleet } = storm;
      fleet.start();
      await fleet.settled(AbortSignal.timeout(OUTER_LIMIT_MS));
      await everythingOnce(storm);
      assert.deepEqual(Object.keys(fleet.report.refusals), ['429 E3106'], 'the only refusal of a busy platform');
      assert.equal(fleet.report.tooEarly, 0, 'somebody came back before the time that Retry-After named');
    },
  );
}

test('a weak build that does not hear Retry-After is noticed', async (t) => {
  const storm = await brewInside(t, { limits: ADMITS_LITTLE, rules: { heedsRetryAfter: false } });
  storm.fleet.start();
  // Each of the hundred may ask four times; then it is refused, and does not hear for how long.
  await afterAnswers(storm, 4 * TERMINALS + 100);
  await storm.fleet.stop();
  assert.ok(storm.fleet.report.tooEarly > 0, 'it came back too early, and nobody noticed');
});

async function everythingOnce({ fleet, openStore }: Storm): Promise<void> {
  await fleet.stop();
  const { report } = fleet;
  assert.deepEqual(report.wrong, [], 'answers that no terminal can do anything with');
  assert.equal(report.conflicts, 0, 'the platform took an honest journal for another one');
  const store = await openStore();
  try {
    assert.deepEqual(await compareWithStore(fleet, store), NOTHING_WRONG);
    const { durableUpTo } = await store.journal.standing(fleet.machines[TERMINALS - 1]!.terminalId, 'business');
    assert.equal(durableUpTo, ENTRIES);
  } finally {
    await store.close();
  }
}
