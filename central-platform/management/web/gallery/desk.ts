// A desk of the centre's staff: a headless Chromium before the real platform with its demonstration city.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { build } from 'vite';
import { CONSOLE_SECRET, type SeededConsole, startSeededConsole } from '../../../testing/console-seed.ts';

export type Language = 'zh' | 'en';
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
] as const;

/** A platform's clock that stands still would never give a caller new tokens. */
const BETWEEN_PAGES_MS = 8_000;

export interface Desk {
  readonly seeded: SeededConsole;
  readonly browser: Browser;
  /** A browser of its own, signed in; the language as chosen. */
  sit(login: string, options?: { readonly language?: Language; readonly size?: (typeof SIZES)[number] }): Promise<Page>;
  /** A browser of its own before the sign-in page. */
  approach(options?: { readonly language?: Language; readonly size?: (typeof SIZES)[number] }): Promise<Page>;
  close(): Promise<void>;
}

export interface DeskOptions {
  /** Only the staff: every page is empty. */
  readonly staffOnly?: boolean;
  /** Where the built pages are; absent: dist/console. */
  readonly pagesDir?: string;
  /** A browser that runs already and outlives the desk; absent: one of its own. */
  readonly browser?: Browser;
}

/** The pages built from the present sources, in a temporary folder. */
export async function buildPages(): Promise<{ readonly dir: string; remove(): Promise<void> }> {
  const root = path.dirname(import.meta.dirname);
  const dir = await mkdtemp(path.join(tmpdir(), 'console-pages-'));
  const configFile = path.join(root, 'vite.config.ts');
  await build({
    root,
    configFile,
    logLevel: 'error',
    build: { outDir: dir, emptyOutDir: true, chunkSizeWarningLimit: 700 },
  });
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

export async function openDesk({ staffOnly, pagesDir, browser: running }: DeskOptions = {}): Promise<Desk> {
  const seeded = await startSeededConsole({
    ...(staffOnly === undefined ? {} : { staffOnly }),
    config: { consoleListener: { port: 0, ...(pagesDir === undefined ? {} : { pagesDir }) } },
  });
  const browser = running ?? (await startBrowser());
  const approach: Desk['approach'] = async ({ language = 'zh', size = SIZES[0] } = {}) => {
    const context = await browser.newContext({
      viewport: size,
      reducedMotion: 'reduce',
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      acceptDownloads: true,
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(seeded.platform.clock.now());
    await page.goto(`${seeded.url}/console/`);
    await page.getByTestId('login').waitFor();
    return page;
  };
  return {
    seeded,
    browser,
    approach,
    async sit(login, options) {
      const page = await approach(options);
      await signIn(page, login);
      return page;
    },
    async close() {
      if (!running) await browser.close();
      await seeded.platform.end();
    },
  };
}

export async function signIn(page: Page, login: string, secret = CONSOLE_SECRET): Promise<void> {
  await page.getByTestId('login').fill(login);
  await page.getByTestId('secret').fill(secret);
  await page.getByTestId('sign-in').click();
  await page.locator('nav').waitFor();
}

/** Goes to a place and waits until everything it asked for has come. */
export async function goTo(desk: Desk, page: Page, place: string): Promise<void> {
  desk.seeded.platform.clock.advance(BETWEEN_PAGES_MS);
  await page.clock.setFixedTime(desk.seeded.platform.clock.now());
  await page.evaluate((hash) => void (location.hash = hash), `#/${place}`);
  const [name = ''] = place.split(/[/?]/);
  await page.locator(`main[data-page="${name}"]`).waitFor();
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
