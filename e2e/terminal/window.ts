import { join } from 'node:path';
import { findElectronRuntime } from '@kiosk/tools/electron-runtime.mjs';
import { type Display, displayOrVirtual } from '@kiosk/tools/display.ts';
import { recordRuntime } from '@kiosk/tools/test/results.ts';
import { type Page, _electron, chromium } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const VIEWPORT = { width: 1080, height: 1920 };

/** The glass of a kiosk, wherever it is drawn. */
export interface KioskWindow {
  /** The renderer that is shown now; a new one after each session. */
  page(): Promise<Page>;
  /** Resolves when a new renderer appears, at the latest after `ms`. */
  changed(ms: number): Promise<void>;
  /** Process id of the Electron main process; undefined in a browser. */
  readonly mainPid: number | undefined;
  close(): Promise<void>;
}

const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Chromium refuses its sandbox to root, and only there it is left out; a kiosk's window runs as a user of its own. */
const asUser = () => process.getuid?.() !== 0;
const unsandboxed = () => (asUser() ? [] : ['--no-sandbox']);

/** Debian's Chromium, looking at the preview. `test` is the name the report shows. */
export async function openInChromium(url: string, test: string): Promise<KioskWindow> {
  const browser = await chromium.launch({
    executablePath: process.env['KIOSK_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...unsandboxed(), ...CHROMIUM_ARGS],
  });
  const version = browser.version();
  recordRuntime({ runtime: 'chromium', version, chromium: version, testOnly: false, sandbox: asUser(), test });
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(url);
  return {
    page: () => Promise.resolve(page),
    changed: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    mainPid: undefined,
    close: () => browser.close(),
  };
}

/** The real kiosk window, kiosk mode and all, on the machine's display or a virtual one. */
export async function openInElectron(configFile: string, test: string): Promise<KioskWindow> {
  const runtime = await findElectronRuntime();
  if (!runtime) throw new Error('no Electron runtime: run the bootstrap and read what it says');
  const display: Display = await displayOrVirtual();
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...unsandboxed(), '--disable-gpu', '--disable-dev-shm-usage', root],
    env: { ...process.env, ...display.env, KIOSK_CONFIG: configFile, KIOSK_NODE: process.execPath } as Record<
      string,
      string
    >,
  });
  const chromiumVersion = await app.evaluate(() => process.versions['chrome'] ?? 'unknown');
  const { version, testOnly } = runtime;
  recordRuntime({ runtime: 'electron', version, chromium: chromiumVersion, testOnly, sandbox: asUser(), test });
  const shown = async (): Promise<Page> => {
    // The reserve has a window too, hidden until its turn.
    for (const page of app.windows().toReversed()) {
      if (page.isClosed()) continue;
      const handle = await app.browserWindow(page).catch(() => undefined);
      if (await handle?.evaluate((w) => !w.isDestroyed() && w.isVisible()).catch(() => false)) return page;
    }
    return app.firstWindow();
  };
  return {
    page: shown,
    changed: (ms) => app.waitForEvent('window', { timeout: ms }).then(noop, noop),
    mainPid: app.process().pid,
    async close() {
      await app.close().catch(noop);
      await display.stop();
    },
  };
}

const noop = () => {};
