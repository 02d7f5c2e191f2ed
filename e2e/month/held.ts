import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Lived } from './month.ts';

/** What a program may hold more of after a month than after three days: a leak of a tenth of its records would be more. */
const FLAT_MB = 12;
const BACKUPS_KEPT = 7;
const REQUESTS_A_DAY = 8;

/** What must be true of every month in the dark. */
export function held(lived: Lived, t: TestContext): void {
  const { days, over, drained } = lived;
  const settled = days[2]!;
  const last = days.at(-1)!;
  const mb = (n: number) => n.toFixed(1);
  t.diagnostic(`${over.pending} entries wait after ${days.length} days, in a journal of ${mb(lived.journalMb)} MB`);
  t.diagnostic(
    `held after 3 days ${mb(settled.heldMb)} MB, after ${days.length} ${mb(last.heldMb)}, started anew ` +
      `${mb(over.heldMb)}, drained ${mb(drained.heldMb)}; resident ${mb(settled.rssMb)}, ${mb(last.rssMb)}, ` +
      `${mb(over.rssMb)}, ${mb(drained.rssMb)}`,
  );
  t.diagnostic(`started in ${over.startSeconds.toFixed(2)} s, drained in ${drained.drainSeconds.toFixed(1)} s`);

  for (const [when, { heldMb }] of Object.entries({ month: last, start: over, drain: drained })) {
    const grown = heldMb - settled.heldMb;
    assert.ok(grown < FLAT_MB, `${mb(grown)} MB more are held after the ${when} than after three days`);
  }
  assert.equal(lived.backups, BACKUPS_KEPT);
  assert.equal(over.refused, 'E2206', 'who waits longer than a month is promised nothing more');
  assert.deepEqual(lived.platform, lived.terminal, 'platform and journal do not hold the same');
  for (const { stream, entries, upTo } of lived.terminal) assert.equal(entries, upTo, `${stream} has a gap`);
  assert.equal(lived.requests, days.length * REQUESTS_A_DAY);
  assert.equal(lived.cases, 0, 'the closes of the month differ');
}
