import { test } from 'node:test';
import { held } from './held.ts';
import { liveMonth } from './month.ts';

test('a month without a line, 200,000 records: memory stays flat, all of it arrives once', async (t) => {
  held(await liveMonth(t, { days: 30, records: 200_000, heartbeatMs: 300_000 }), t);
});
