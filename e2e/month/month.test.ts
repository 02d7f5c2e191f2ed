import { test } from 'node:test';
import { held } from './held.ts';
import { liveMonth } from './month.ts';

test('a month without a line: every day is closed and copied, the limit of patience holds, all of it arrives once', async (t) => {
  held(await liveMonth(t, { days: 30, records: 3_000, heartbeatMs: 3_600_000 }), t);
});
