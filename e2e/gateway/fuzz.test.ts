import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { attack } from './campaign.ts';

test('every field of every route: refused with a code the document names, never a 5xx, nothing of the inside', async (t) => {
  const { requests, violations } = await attack(startTestPlatform, { seed: 7, bodiesARoute: 20 });
  t.diagnostic(`${requests} requests`);
  assert.deepEqual(violations.slice(0, 10), [], `${violations.length} of ${requests} requests`);
});
