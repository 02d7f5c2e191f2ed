import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wage } from './campaign.ts';
import { FATES } from './fates.ts';
import { CENTRAL_PLATFORM, SYNC_AGENT } from './weak.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_121);
const DELIVERIES = 20_000;

test('a hostile network: everything arrives once, in order, and both sides agree in the end', async (t) => {
  const { deliveries, entries, fates, violations } = await wage({
    seed: SEED,
    deliveries: DELIVERIES,
    syncAgent: SYNC_AGENT,
    centralPlatform: CENTRAL_PLATFORM,
    killOneOf: 3_000,
  });
  t.diagnostic(`${deliveries} batches tried for ${entries} entries, seed ${SEED}: ${JSON.stringify(fates)}`);
  assert.deepEqual(violations, [], `replay: npm run hostile -- --seed ${SEED} --deliveries ${DELIVERIES}`);
  assert.ok(deliveries >= DELIVERIES);
  for (const fate of Object.keys(FATES)) assert.ok(fate in fates, `the network never did "${fate}"`);
});
