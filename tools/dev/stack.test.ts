import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { commandOf, processTree } from '@kiosk/e2e/terminal/traces.ts';
import { provision } from '../provision/terminal.ts';
import { startStack } from './stack.ts';

describe('a start that is broken off', () => {
  let dir = '';
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'kiosk-stack-'));
    await provision(dir);
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  /** Programs of the terminal that run below this test; none of ours outlives its stack. */
  const left = () =>
    processTree(process.pid)
      .map(commandOf)
      .filter((command) => /\/main\.ts/.test(command));

  it('before anything runs starts nothing', async () => {
    await assert.rejects(
      startStack({ dir, preview: true, signal: AbortSignal.abort(new Error('at once')) }),
      /at once/,
    );
    assert.deepEqual(left(), []);
  });

  it('while the programs come up stops each of them again', async () => {
    const broken = new AbortController();
    const starting = startStack({ dir, preview: true, signal: broken.signal });
    starting.catch(() => {});
    while (left().length < 2) await new Promise((resolve) => setImmediate(resolve));
    broken.abort();
    await assert.rejects(starting, /broken off/);
    assert.deepEqual(left(), []);
  });

  it('because a program keeps ending stops the others and says whose log to read', async () => {
    const hurt = mkdtempSync(join(tmpdir(), 'kiosk-stack-'));
    const installation = await provision(hurt);
    rmSync(installation.platform.centreKeyFile);
    assert.ok(!existsSync(installation.platform.centreKeyFile));
    await assert.rejects(
      startStack({ dir: hurt, preview: true }),
      /central-platform keeps ending; see .*central-platform\.log/,
    );
    assert.deepEqual(left(), []);
    rmSync(hurt, { recursive: true });
  });
});
