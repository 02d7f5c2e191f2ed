import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Paper } from '@kiosk/e2e/terminal/paper.ts';
import type { Terminal } from '@kiosk/e2e/terminal/terminal.ts';
import type { Page } from 'playwright-core';
import type { Studio } from './studio.ts';

/** What stands around the screen: the test bench, the paper that came out, the page that verifies it. */
export async function photographThings(terminal: Terminal, studio: Studio): Promise<void> {
  const document = await printSomething(terminal);
  const { bench, machine, publicUrl } = terminal.stack;

  const job = (await new Paper(machine).jobs()).at(-1)!;
  await studio.keep('statement', pictureOf(job.pdfPath), 720);
  const slips = (await machine.slipPrinter.call('slips')) as { svg: string }[];
  await studio.keep('slip', await studio.draw(slips.at(-1)!.svg, 640));

  await studio.keep(
    'bench',
    await screenshot(studio, bench.url, 1280, 1500, (page) => page.waitForFunction(everyPictureIsThere)),
    880,
  );
  // What the QR on the statement leads to.
  const address = new URL(`/verify?n=${document.number}&c=${document.code}`, publicUrl);
  await studio.keep('verify', await screenshot(studio, address.href, 480, 900));
}

async function printSomething(t: Terminal): Promise<{ number: string; code: string }> {
  await t.on('attract');
  await t.identify('ordinary');
  await t.tap('item-P01');
  await t.on('period');
  await t.tap('preset-last12');
  await t.on('printed');
  const asPrinted = async (id: string) => (await t.text(id)).replace(/\s/g, '');
  const document = { number: await asPrinted('document-number'), code: await asPrinted('verification-code') };
  await t.until('the slip', async () => ((await new Paper(t.stack.machine).slips()).length > 0 ? true : undefined));
  await t.tap('finish');
  await t.on('rate');
  await t.tap('rate-satisfied');
  await t.on('goodbye');
  await t.tap('end');
  await t.on('attract');
  return document;
}

function pictureOf(pdf: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'statement-'));
  try {
    execFileSync('pdftoppm', ['-png', '-r', '110', '-f', '1', '-l', '1', '-singlefile', pdf, join(folder, 'page')]);
    return readFileSync(join(folder, 'page.png'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const everyPictureIsThere = (): boolean => {
  const pictures = [...document.querySelectorAll('img')];
  return pictures.length > 0 && pictures.every((picture) => picture.complete && picture.naturalWidth > 0);
};

async function screenshot(
  studio: Studio,
  url: string,
  width: number,
  height: number,
  ready: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Buffer> {
  const page = await studio.open(width, height);
  try {
    await page.goto(url);
    await ready(page);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return await page.screenshot({ fullPage: true });
  } finally {
    await page.close();
  }
}
