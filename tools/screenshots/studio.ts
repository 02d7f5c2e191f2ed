import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Page, chromium } from 'playwright-core';

/** A screen of 1080 × 1920 is kept at half its size: large enough to read, small enough to keep in a repository. */
const WIDTH = 540;
const FONTS = join(import.meta.dirname, '../../assets/fonts');

export interface Studio {
  /** Keeps a picture under this name (without .png), never wider than `width` px. */
  keep(name: string, png: Buffer, width?: number): Promise<void>;
  /** A page of the studio's own browser, closed by the caller. */
  open(width: number, height: number, scale?: number): Promise<Page>;
  /** Draws a piece of HTML, in the fonts of the screens, and gives the picture of its body. */
  draw(html: string, width: number, scale?: number): Promise<Buffer>;
  /** A picture kept before, as a data URL. */
  kept(name: string): string;
  close(): Promise<void>;
}

export async function openStudio(folder: string): Promise<Studio> {
  const browser = await chromium.launch({
    executablePath: process.env['KIOSK_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--hide-scrollbars'],
  });

  const open = (width: number, height: number, scale = 1) =>
    browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, reducedMotion: 'reduce' });

  async function draw(html: string, width: number, scale = 1): Promise<Buffer> {
    const page = await open(width, 100, scale);
    try {
      await page.setContent(`<!doctype html><meta charset="utf-8"><style>${FACES}</style><body>${html}</body>`);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      return await page.locator('body').screenshot({ omitBackground: true });
    } finally {
      await page.close();
    }
  }

  return {
    open,
    draw,
    async keep(name, png, width = WIDTH) {
      const file = join(folder, `${name}.png`);
      mkdirSync(dirname(file), { recursive: true });
      const own = png.readUInt32BE(16); // Width, in the IHDR chunk every PNG begins with.
      const small =
        own > width ? await draw(`<img src="${dataUrl(png)}" style="display:block;width:${width}px">`, width) : png;
      writeFileSync(file, small);
      process.stdout.write(`${name}.png  ${Math.ceil(small.length / 1024)} kB\n`);
    },
    kept: (name) => dataUrl(readFileSync(join(folder, `${name}.png`))),
    close: () => browser.close(),
  };
}

const dataUrl = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;

/** As data, because a page without an address may not read files. */
const face = (weight: number, file: string) =>
  `@font-face{font-family:'Noto Sans SC';font-weight:${weight};src:url(data:font/ttf;base64,${readFileSync(join(FONTS, file)).toString('base64')})}`;
const FACES = `${face(400, 'NotoSansSC-Regular.ttf')}${face(700, 'NotoSansSC-Bold.ttf')}
body{margin:0;font-family:'Noto Sans SC',sans-serif}`;
