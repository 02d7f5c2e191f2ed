import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { wage } from './campaign.ts';
import { CENTRAL_PLATFORM, SYNC_AGENT, WEAK_BUILDS, weakened } from './weak.ts';

for (const build of WEAK_BUILDS) {
  test(`a weak build is noticed: ${build.name}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'kiosk-weak-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const copy = weakened(build, folder);
    const { deliveries, violations } = await wage({
      seed: 7,
      deliveries: 600,
      syncAgent: build.room === 'sync-agent' ? copy : SYNC_AGENT,
      centralPlatform: build.room === 'central-platform' ? copy : CENTRAL_PLATFORM,
      killOneOf: 0,
      ...(build.never ? { never: build.never } : {}),
    });
    assert.ok(violations.length > 0, 'the laboratory is blind to this');
    t.diagnostic(`after ${deliveries} batches: ${violations[0]}`);
  });
}

test('a patch that no longer applies is an error and not a pass', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-weak-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const stale = {
    name: 'stale',
    room: 'sync-agent',
    patches: [{ file: 'delivery/sender.ts', from: 'no such text', to: '' }],
  } as const;
  assert.throws(() => weakened(stale, folder), /renew the patch/);
});
