import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('every branch of codecs and reducers is gone through, or says why it cannot be', { timeout: 600_000 }, () => {
  const tool = join(import.meta.dirname, 'coverage.ts');
  // What runs tests inside a test would otherwise report as a part of it.
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [tool, 'device-drivers'], { encoding: 'utf8', env });
  assert.equal(
    status,
    0,
    `the end of npm run coverage -- device-drivers:\n${stdout.split('\n').slice(-40).join('\n')}`,
  );
});
