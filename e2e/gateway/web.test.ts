import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { attack } from './campaign.ts';

test('every field of the web API and of the outward service: refused with a code the document names, never a 5xx', async (t) => {
  const { requests, violations } = await attack(startTestPlatform, { seed: 11, bodiesARoute: 20, door: 'web' });
  t.diagnostic(`${requests} requests`);
  assert.deepEqual(violations.slice(0, 10), [], `${violations.length} of ${requests} requests`);
});
