import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '@kiosk/contract/config-file.ts';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import type { Failure } from '@kiosk/contract/kernel/result.ts';
import { app, ipcMain, protocol } from 'electron';
import { admit } from './admission.ts';
import { layoutOf } from './layout.ts';
import { lockDown } from './lockdown.ts';
import { stderrLog } from './log.ts';
import { PageFiles } from './page-files.ts';
import { SCHEME } from './page-answer.ts';
import { SessionPool } from './session-pool.ts';
import { WindowStage } from './window-stage.ts';

/** EX_CONFIG of sysexits.h: a supervisor need not try again before somebody changed the configuration. */
const EXIT_CONFIG = 78;
/** EX_SOFTWARE: a bug; the supervisor starts the program again. */
const EXIT_BUG = 70;

const log = stderrLog('kiosk-app');

/** Holds the window and the lock-down, and nothing about people: views and actions pass through sealed. */
function start(): void {
  // 1. Where everything is, and what this terminal is told to be.
  const layout = layoutOf({
    packaged: app.isPackaged,
    bundle: __dirname,
    resources: process.resourcesPath,
    node: process.env['KIOSK_NODE'],
  });
  const loaded = loadConfig();
  if (!loaded.ok) return refuse(loaded.error);
  const { config } = loaded.value;

  // 2. What must not run does not run.
  const sandboxOff = app.commandLine.hasSwitch('no-sandbox');
  const admitted = admit(config, { testOnly: layout.testOnlyRuntime, sandboxOff });
  if (!admitted.ok) return refuse(admitted.error);

  // 3. One window a terminal.
  const own = path.join(config.dataDir, 'window');
  mkdirSync(own, { recursive: true });
  app.setPath('userData', own);
  if (!app.requestSingleInstanceLock()) {
    log('already running');
    return app.exit(0);
  }

  // 4. Locks that must be in place before the first page.
  // With the switch, which only a test as root may pass, Chromium would abort; pages ask for the sandbox themselves too.
  if (!sandboxOff) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([SCHEME]);
  lockDown(app);
  // A window is only ever closed to make room for the next; the program ends when it is told to.
  app.on('window-all-closed', () => {});

  // 5. The window and the sessions.
  void app.whenReady().then(() => {
    const stage = new WindowStage(ipcMain, {
      files: new PageFiles(layout.renderer),
      preload: layout.preload,
      testOnly: layout.testOnlyRuntime,
      production: config.mode === 'production',
      clock: systemClock,
      log,
      letter: (sealed) => pool.letter(sealed),
      onScreenLost: (reason) => pool.replace(reason),
    });
    const pool = new SessionPool({
      command: { node: layout.node, entry: layout.sessionEntry, env: sessionEnvironment() },
      stage,
      sealed: true,
      clock: systemClock,
      log,
    });
    app.on('will-quit', () => void pool.stop());
    pool.start();
    log('started', { electron: process.versions.electron, chromium: process.versions.chrome });
  });
}

/** Only what a session needs; nothing that changes how Node itself runs. */
function sessionEnvironment(): NodeJS.ProcessEnv {
  const names = ['KIOSK_CONFIG', 'PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'SystemRoot', 'TEMP'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function refuse({ code, detail }: Failure): void {
  log('refused to start', { code, detail });
  app.exit(EXIT_CONFIG);
}

/** A bug ends the program, and the sessions with it: their standard input closes. */
function crash(error: unknown): void {
  log('bug', { stack: error instanceof Error ? error.stack : String(error) });
  app.exit(EXIT_BUG);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
start();
