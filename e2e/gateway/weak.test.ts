import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { startTestPlatform } from '@kiosk/central-platform/testing/installation.ts';
import { weakened } from '../hostile/weak.ts';
import { attack } from './campaign.ts';
import { WEAK_GATEWAYS } from './weak.ts';

for (const build of WEAK_GATEWAYS) {
  test(`a weak gateway is noticed: ${build.name}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'kiosk-weak-gateway-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const copy = weakened(build, folder);
    const module = (await import(pathToFileURL(join(copy, 'testing/installation.ts')).href)) as {
      startTestPlatform: typeof startTestPlatform;
    };
    const { requests, violations } = await attack(module.startTestPlatform, { seed: 7, bodiesARoute: 5, enough: 1 });
    assert.ok(violations.length > 0, `${requests} requests noticed nothing`);
    t.diagnostic(`after ${requests} requests: ${violations[0]}`);
  });
}
