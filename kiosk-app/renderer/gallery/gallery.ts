// Opens the built screens in a headless Chromium with a bridge that shows what it is told: for looking and for measuring.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { ScreenKey } from '@kiosk/contract/services/devices.ts';
import { type Page, chromium } from 'playwright-core';
import { build } from 'vite';
import { mkdtemp, rm } from 'node:fs/promises';

const RENDERER = path.dirname(import.meta.dirname);
const ASSETS = path.join(RENDERER, '..', '..', 'assets');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
};

export interface Gallery {
  /** A page on which every animation stands still. */
  open(size: { readonly width: number; readonly height: number }, now: number): Promise<GalleryPage>;
  /** An empty page, to put pictures together. */
  blank(size: { readonly width: number; readonly height: number }): Promise<Page>;
  close(): Promise<void>;
}

export interface GalleryPage {
  readonly page: Page;
  show(view: View): Promise<void>;
  press(key: ScreenKey): Promise<void>;
  /** Every action the screen has sent since the page was opened. */
  actions(): Promise<unknown[]>;
}

export async function openGallery(): Promise<Gallery> {
  const dist = await mkdtemp(path.join(tmpdir(), 'kiosk-gallery-'));
  await build({
    root: RENDERER,
    configFile: path.join(RENDERER, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true },
  });
  const server = createServer((request, response) => {
    const wanted = path.normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = /^\/(fonts|voice)\//.test(wanted)
      ? path.join(ASSETS, wanted)
      : path.join(dist, wanted === '/' ? 'index.html' : wanted);
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? '' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

  return {
    async open(viewport, now) {
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
      await page.clock.setFixedTime(now);
      await page.addInitScript(() => {
        const gallery = {
          listener: undefined as ((view: unknown) => void) | undefined,
          press: undefined as ((key: unknown) => void) | undefined,
          actions: [] as unknown[],
        };
        Object.assign(window, {
          gallery,
          kiosk: {
            act: (action: unknown) => gallery.actions.push(action),
            onView: (listener: (view: unknown) => void) => (gallery.listener = listener),
            onSound: () => undefined,
            onKey: (press: (key: unknown) => void) => (gallery.press = press),
            beat: () => undefined,
            runtime: { testOnly: false, electron: null },
          },
        });
      });
      await page.goto(`http://127.0.0.1:${port}/`);
      return {
        page,
        async show(view) {
          await page.evaluate((next) => {
            (window as unknown as { gallery: { listener(view: unknown): void } }).gallery.listener(next);
          }, view);
          await page.evaluate(() => document.fonts.ready.then(() => undefined));
        },
        press: (key) =>
          page.evaluate((pressed) => {
            (window as unknown as { gallery: { press(key: unknown): void } }).gallery.press(pressed);
          }, key),
        actions: () => page.evaluate(() => (window as unknown as { gallery: { actions: unknown[] } }).gallery.actions),
      };
    },
    blank: (viewport) => browser.newPage({ viewport }),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(dist, { recursive: true, force: true });
    },
  };
}
