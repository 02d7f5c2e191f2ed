import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Stack, type StackOptions, startStack } from '@kiosk/tools/dev/stack.ts';
import { endGroup } from '@kiosk/tools/dev/supervisor.ts';
import { type Display, displayOrVirtual } from '@kiosk/tools/display.ts';
import { findElectronRuntime } from '@kiosk/tools/electron-runtime.mjs';
import { type ElectronApplication, type Page, _electron } from 'playwright-core';
import { withFolder } from '../harness/scratch.ts';

const ROOT = join(import.meta.dirname, '../..');
const MOST_MS = 60_000;

export interface Kiosk {
  readonly stack: Stack;
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly electron: string;
  /** Opens the kiosk window under Playwright's eyes. */
  open(): Promise<ElectronApplication>;
}

export type KioskOptions = Pick<StackOptions, 'extras' | 'deviceOptions'> & {
  /** Options of Node for the programs beside the window, as in NODE_OPTIONS. */
  readonly nodeOptions?: string;
};

/** A whole terminal on loopback, all but its window. */
export function withKiosk<T>(
  work: (kiosk: Kiosk) => Promise<T>,
  { nodeOptions, ...options }: KioskOptions = {},
): Promise<T> {
  return withFolder(async (dir) => {
    const runtime = await findElectronRuntime();
    if (!runtime) throw new Error('no Electron runtime on this machine');
    const display: Display = await displayOrVirtual();
    let stack: Stack | undefined;
    // The programs lead process groups of their own: Ctrl+C does not reach them, and Playwright ends this process on it.
    const endPrograms = () => {
      for (const { state } of stack?.programs.values() ?? []) if (state.pid !== null) endGroup(state.pid);
    };
    process.on('exit', endPrograms);
    try {
      stack = await withNodeOptions(nodeOptions, () =>
        startStack({ dir, preview: false, millisecondsPerPage: 0, ...options }),
      );
      const { executable, version } = runtime;
      // Chromium refuses its sandbox to root; a kiosk's window runs as a user of its own.
      const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const args = [...unsandboxed, '--disable-gpu', '--disable-dev-shm-usage', ROOT];
      const env = {
        ...process.env,
        ...display.env,
        KIOSK_CONFIG: stack.configFile,
        KIOSK_NODE: process.execPath,
      } as Record<string, string>;
      const open = () => _electron.launch({ executablePath: executable, args, env });
      return await work({ stack, executable, args, env, electron: version, open });
    } finally {
      await stack?.stop();
      await display.stop();
      process.off('exit', endPrograms);
    }
  });
}

/** What is started meanwhile inherits them. */
async function withNodeOptions<T>(nodeOptions: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_OPTIONS'];
  if (nodeOptions !== undefined) process.env['NODE_OPTIONS'] = nodeOptions;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
}

/** Resolves with the page that people see, when the attract screen is drawn on it. */
export async function attractDrawn(app: ElectronApplication, signal: AbortSignal): Promise<Page> {
  const end = performance.now() + MOST_MS;
  while (performance.now() < end) {
    signal.throwIfAborted();
    for (const page of app.windows().toReversed()) {
      if (!page.isClosed() && (await isVisible(app, page)) && (await showsAttract(page))) return page;
    }
    await wait(10);
  }
  throw new Error(`no attract screen after ${MOST_MS / 1000} s`);
}

async function isVisible(app: ElectronApplication, page: Page): Promise<boolean> {
  // A window that is just being replaced cannot answer.
  const window = await app.browserWindow(page).catch(() => undefined);
  return (await window?.evaluate((w) => !w.isDestroyed() && w.isVisible()).catch(() => false)) ?? false;
}

/** After a frame was drawn with it: the animation callback comes before the paint, the message behind it after. */
function showsAttract(page: Page): Promise<boolean> {
  const look = `new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(document.documentElement.dataset.screen === 'attract');
    channel.port2.postMessage(0);
  }))`;
  // The page of a renderer that was killed never answers.
  const gone = wait(1_000, false, { ref: false });
  return Promise.race([page.evaluate<boolean>(look).catch(() => false), gone]);
}
