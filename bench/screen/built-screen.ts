import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { View } from '@kiosk/contract/screen/view.ts';
import type { Page } from 'playwright-core';
import { launchChromium } from '../harness/chromium.ts';

/** The screens as `npm run build` made them. */
export const RENDERER = join(import.meta.dirname, '../../dist/renderer');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface BuiltScreen {
  readonly page: Page;
  readonly version: string;
  /** Shows a view and answers how long it took from the view's arrival until its first frame was drawn, in ms. */
  show(view: View): Promise<number>;
  /** Where the buttons are that can be pressed, in the order in which they stand. */
  buttons(): Promise<readonly Place[]>;
  /** Taps there and answers how long it took from the touch until the next frame was drawn, in ms. */
  tap(at: Place): Promise<number>;
  close(): Promise<void>;
}

/** Opens the built screens in Chromium at the size of the kiosk, slowed down, with a bridge that the bench plays. */
export async function openBuiltScreen(throttle: number): Promise<BuiltScreen> {
  const server = createServer((request, response) => {
    const wanted = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    readFile(join(RENDERER, wanted === '/' ? 'index.html' : wanted)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(wanted)] ?? TYPES['.html']! }).end(bytes),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
  await page.addInitScript(BRIDGE);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  return {
    page,
    version: browser.version(),
    show: (view) => page.evaluate(`benchShow(${JSON.stringify(view)})`),
    buttons: () => page.evaluate(BUTTONS),
    async tap({ x, y }) {
      await page.evaluate('globalThis.benchTap = undefined');
      await page.touchscreen.tap(x, y);
      await page.waitForFunction('globalThis.benchTap !== undefined');
      return await page.evaluate('globalThis.benchTap');
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const BUTTONS = `[...document.querySelectorAll('button:enabled')]
  .map((button) => ({ button, box: button.getBoundingClientRect() }))
  .map(({ button, box }) => ({ button, x: box.x + box.width / 2, y: box.y + box.height / 2 }))
  .filter(({ button, x, y }) => button.contains(document.elementFromPoint(x, y)))
  .map(({ x, y }) => ({ x, y }))`;

/**
 * Stands for the preload. A frame counts as drawn when the message that was posted in its animation callback is
 * handled: that is after style, layout and paint of this frame.
 */
const BRIDGE = `
  globalThis.benchView = () => {};
  globalThis.benchDrawn = () => new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(0);
  }));
  globalThis.benchShow = async (view) => {
    const began = performance.now();
    benchView(view);
    return (await benchDrawn()) - began;
  };
  addEventListener('pointerdown', (event) => {
    benchDrawn().then((at) => { globalThis.benchTap = at - event.timeStamp; });
  }, { capture: true });
  window.kiosk = {
    act() {}, beat() {}, onSound() {}, onKey() {}, onView(listener) { globalThis.benchView = listener; },
    runtime: { testOnly: false, electron: null },
  };
`;
