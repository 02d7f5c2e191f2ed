import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wage } from './campaign.ts';
import { CENTRAL_PLATFORM, SYNC_AGENT } from './weak.ts';

/** The whole is ten million (`npm run hostile`); what a night has time for is a budget. */
const BUDGET = Number(process.env['HOSTILE_DELIVERIES'] ?? 200_000);
const EACH = 20_000;

test('a hostile network for longer, one seed after the other', async (t) => {
  let done = 0;
  for (let seed = 1; done < BUDGET; seed++) {
    const { deliveries, violations } = await wage({
      seed,
      deliveries: Math.min(EACH, BUDGET - done),
      syncAgent: SYNC_AGENT,
      centralPlatform: CENTRAL_PLATFORM,
      killOneOf: 3_000,
    });
    done += deliveries;
    assert.deepEqual(violations, [], `again: npm run hostile -- --seed ${seed} --deliveries ${EACH}`);
  }
  t.diagnostic(`${done} deliveries`);
});
