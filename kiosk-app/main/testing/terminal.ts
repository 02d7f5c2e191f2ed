// A kiosk window on a virtual screen, with the fake session in place of the real one: the program itself is the built
// one, unchanged, in a folder laid out like a checkout.

import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ElectronApplication, type Page, _electron } from 'playwright-core';
import type { TerminalConfig } from '@kiosk/contract/config.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

export interface TestTerminal {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  close(): Promise<void>;
}

export interface TerminalOptions {
  readonly executable: string;
  readonly display: string;
  readonly config?: Partial<TerminalConfig>;
}

/** Everything a configuration must hold; the fake session and the window read little of it. */
export async function writeConfig(folder: string, changes: Partial<TerminalConfig> = {}): Promise<string> {
  const config: TerminalConfig = {
    mode: 'development',
    terminal: {
      terminalId: '300120',
      centreId: '38010000',
      centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
      hallName: { zh: '江州大厅', en: 'Jiangzhou hall' },
    },
    devices: [],
    platform: { url: 'https://127.0.0.1:9', caFile: 'ca', certificateFile: 'certificate', keyFile: 'key' },
    signingKeyFile: 'signing',
    centreKeyFile: 'centre',
    configurationKeyFile: 'configuration',
    techniciansFile: 'technicians',
    dataDir: path.join(folder, 'data'),
    socketDir: path.join(folder, 'sockets'),
    tokenFile: path.join(folder, 'token'),
    ...changes,
  };
  await writeFile(config.tokenFile, 'token');
  const file = path.join(folder, 'terminal.json');
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** A folder laid out like a checkout: the built window, and the fake session where the real one would lie. */
export async function layOut(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kiosk-window-'));
  for (const part of ['main', 'preload', 'renderer']) {
    await cp(path.join(ROOT, 'dist', part), path.join(folder, 'dist', part), { recursive: true });
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const session = path.join(folder, 'kiosk-app', 'session');
  await mkdir(session, { recursive: true });
  await cp(path.join(import.meta.dirname, 'fake-session.ts'), path.join(session, 'main.ts'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'kiosk-window-test', type: 'module' }));
  return folder;
}

export function electronArguments(folder: string): string[] {
  const main = path.join(folder, 'dist', 'main', 'main.cjs');
  // Chromium's sandbox refuses root; the page is sandboxed by its preferences all the same.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...asRoot, '--disable-gpu', '--disable-dev-shm-usage', main];
}

export async function launchTerminal({ executable, display, config }: TerminalOptions): Promise<TestTerminal> {
  const folder = await layOut();
  const app = await _electron.launch({
    executablePath: executable,
    args: electronArguments(folder),
    env: {
      ...environment(),
      DISPLAY: display,
      KIOSK_CONFIG: await writeConfig(folder, config),
      KIOSK_NODE: process.execPath,
    },
  });
  const page = await app.firstWindow();
  await page.locator('h1').waitFor();
  return {
    app,
    page,
    folder,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined));
}
