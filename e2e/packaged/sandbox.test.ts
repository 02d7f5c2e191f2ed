import assert from 'node:assert/strict';
import { chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { ROOT } from '@kiosk/tools/bootstrap.mjs';
import { runCommand } from '@kiosk/tools/bootstrap/run-command.mjs';
import { type Display, displayOrVirtual } from '@kiosk/tools/display.ts';
import { findElectronRuntime } from '@kiosk/tools/electron-runtime.mjs';
import { type PackedWindow, openPackedWindow } from '@kiosk/tools/package/packed-window.ts';
import { provision } from '@kiosk/tools/provision/terminal.ts';
import { recordRuntime } from '@kiosk/tools/test/results.ts';
import { commandOf, processTree } from '../terminal/traces.ts';

/** Debian's `nobody`: a user who owns nothing, as the kiosk's own user owns nothing but its data. */
const NOBODY = { uid: 65_534, gid: 65_534 };
/** SECCOMP_MODE_FILTER of /proc/<pid>/status. */
const FILTERED = '2';

describe('the packed window run by a user without rights', () => {
  let dir = '';
  let display: Display | undefined;
  let window: PackedWindow | undefined;

  before(async () => {
    await runCommand(process.execPath, [join(ROOT, 'tools', 'package.ts')], { cwd: ROOT });
    dir = mkdtempSync(join(tmpdir(), 'kiosk-nobody-'));
    // A copy that everybody may read: the checkout may lie in a folder that only its owner enters.
    cpSync(join(ROOT, 'dist', 'package', 'linux-unpacked'), join(dir, 'app'), { recursive: true });
    const user = process.getuid?.() === 0 ? NOBODY : undefined;
    const config = await configurationFor(join(dir, 'terminal'));
    if (user) {
      for (const path of [dir, join(dir, 'terminal'), join(dir, 'data'), join(dir, 'token'), config])
        chownSync(path, user.uid, user.gid);
    }
    display = await displayOrVirtual();
    const env = { ...process.env, ...display.env, HOME: join(dir, 'data'), KIOSK_CONFIG: config };
    window = await openPackedWindow(join(dir, 'app', 'provident-fund-kiosk'), env, user);
  });
  after(async () => {
    await window?.close();
    await display?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** A terminal whose other programs do not run: the window says so, and that is all it needs here. */
  async function configurationFor(terminal: string): Promise<string> {
    const installation = await provision(terminal);
    mkdirSync(join(dir, 'data'));
    writeFileSync(join(dir, 'token'), 'a token of this test');
    const { platform, ...rest } = installation.terminal;
    const config: TerminalConfig = {
      ...rest,
      devices: [],
      platform: { ...platform, url: 'https://localhost:1' },
      dataDir: join(dir, 'data'),
      tokenFile: join(dir, 'token'),
    };
    const file = join(dir, 'terminal.json');
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  it('draws its page in renderers under Chromium’s sandbox, with system calls filtered', async (t) => {
    await window!.until('document.documentElement.dataset.screen !== undefined', 30_000);
    const renderers = processTree(window!.pid).filter((pid) => commandOf(pid).includes('--type=renderer'));
    assert.ok(renderers.length > 0, `no renderer below ${window!.pid}; the program printed:\n${window!.output()}`);
    for (const pid of renderers) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      assert.equal(/^Seccomp:\s*(\d)/m.exec(status)?.[1], FILTERED, `renderer ${pid} runs without a seccomp filter`);
      assert.equal(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1], '1', `renderer ${pid} may gain rights`);
      assert.doesNotMatch(commandOf(pid), /--no-sandbox/);
    }
    const runtime = await findElectronRuntime();
    assert.ok(runtime, 'no Electron runtime');
    const chromium = /Chrome\/(\S+)/.exec(String(await window!.evaluate('navigator.userAgent')))?.[1] ?? 'unknown';
    const { version, testOnly } = runtime;
    recordRuntime({ runtime: 'electron', version, chromium, testOnly, sandbox: true, test: t.name });
  });
});
