import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { ROOT } from '@kiosk/tools/bootstrap.mjs';
import { runCommand } from '@kiosk/tools/bootstrap/run-command.mjs';
import { type Stack, startStack } from '@kiosk/tools/dev/stack.ts';
import { type Display, displayOrVirtual } from '@kiosk/tools/display.ts';
import { findElectronRuntime } from '@kiosk/tools/electron-runtime.mjs';
import { openPackedWindow } from '@kiosk/tools/package/packed-window.ts';
import { recordRuntime } from '@kiosk/tools/test/results.ts';

const EXECUTABLE = path.join(ROOT, 'dist', 'package', 'linux-unpacked', 'provident-fund-kiosk');
/** How a fuse stands in the binary: one ASCII digit. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

describe('the packed terminal', () => {
  let dir = '';
  let stack: Stack | undefined;
  let display: Display | undefined;

  before(async () => {
    await runCommand(process.execPath, [path.join(ROOT, 'tools', 'package.ts')], { cwd: ROOT });
    dir = await mkdtemp(path.join(tmpdir(), 'kiosk-packed-'));
    display = await displayOrVirtual();
    stack = await startStack({ dir, preview: false });
  });
  after(async () => {
    await stack?.stop();
    await display?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('shows the attract screen from its archive, with its own Node and session, marked as a test build', async (t) => {
    const window = await openPackedWindow(EXECUTABLE, {
      ...process.env,
      ...display?.env,
      KIOSK_CONFIG: stack?.configFile,
    });
    try {
      await window.until("document.documentElement.dataset.screen === 'attract'", 30_000).catch((error: unknown) => {
        throw new Error(`no attract screen; the program printed:\n${window.output()}`, { cause: error });
      });
      const runtime = await findElectronRuntime();
      assert.ok(runtime, 'no Electron runtime');
      const marked = await window.evaluate("document.querySelector('.ribbon') !== null");
      assert.equal(marked, runtime.testOnly, 'a package with the test-only runtime says so on every screen');
      const chromium = /Chrome\/(\S+)/.exec(String(await window.evaluate('navigator.userAgent')))?.[1] ?? 'unknown';
      const { version, testOnly } = runtime;
      const sandbox = process.getuid?.() !== 0;
      recordRuntime({ runtime: 'electron', version, chromium, testOnly, sandbox, test: t.name });
    } finally {
      await window.close();
    }
  });

  it('is a window only: no Node interpreter, no debugger, no code from outside the archive', async () => {
    const wire = await getCurrentFuseWire(EXECUTABLE);
    assert.equal(wire[FuseV1Options.RunAsNode], OFF);
    assert.equal(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable], OFF);
    assert.equal(wire[FuseV1Options.EnableNodeCliInspectArguments], OFF);
    assert.equal(wire[FuseV1Options.OnlyLoadAppFromAsar], ON);
    assert.equal(wire[FuseV1Options.EnableCookieEncryption], ON);
  });

  it('a release refuses the test-only runtime', async (t) => {
    const runtime = await findElectronRuntime();
    if (!runtime?.testOnly) return t.skip('this machine has a release runtime');
    const release = runCommand(process.execPath, [path.join(ROOT, 'tools', 'package.ts'), '--release'], { cwd: ROOT });
    await assert.rejects(release, /is for tests only and never goes into a release/);
  });
});
