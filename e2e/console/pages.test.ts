import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Desk, type Language, openDesk, SIZES } from '@kiosk/central-platform/management/web/gallery/desk.ts';
import { DIALOGS, openDialog } from '@kiosk/central-platform/management/web/gallery/dialogs.ts';
import { measure } from '@kiosk/central-platform/management/web/gallery/measure.ts';
import { openPlace } from '@kiosk/central-platform/management/web/gallery/open-place.ts';
import { PLACES } from '@kiosk/central-platform/management/web/gallery/places.ts';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BUNDLE = join(import.meta.dirname, '../../dist/console/assets');
const MOST_BYTES = 250_000;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds, in the whole page or in the part that a selector names. */
async function axe(page: Page, part = 'html'): Promise<string[]> {
  // The page's own policy allows no script from elsewhere; the debugger's protocol is not the page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (part) =>
      (
        window as unknown as { axe: { run(part: string, options: object): Promise<{ violations: Violation[] }> } }
      ).axe.run(part, { resultTypes: ['violations'] }),
    part,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.slice(0, 200)}`,
  );
}

let desk: Desk;
let empty: Desk;
before(async () => {
  desk = await openDesk();
  empty = await openDesk({ staffOnly: true, browser: desk.browser });
});
after(async () => {
  await empty.close();
  await desk.close();
});

const rounds: readonly { readonly language: Language; readonly size: (typeof SIZES)[number] }[] = [
  { language: 'zh', size: SIZES[0] },
  { language: 'en', size: SIZES[1] },
];
// Both rounds only look, so that they go side by side: a browser gives each a process of its own.
describe('pages and dialogs', { concurrency: true }, () => {
  for (const { language, size } of rounds) {
    const named = `${language}, ${size.width} × ${size.height}`;
    test(`every page and dialog fits and can be used by everybody; a dialog keeps the focus and goes with Escape: ${named}`, async () => {
      const page = await desk.sit('chen.yu', { language, size });
      const faults = [...(await faultsOfPages(page)), ...(await faultsOfDialogs(page))];
      assert.deepEqual(faults, [], 'look at the pictures: node central-platform/management/web/gallery/shoot.ts');
      await page.context().close();
    });
  }
});

async function faultsOfPages(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const place of PLACES) {
    if (!(await openPlace(desk, page, place))) {
      faults.push(`${place.name}: the demonstration city has nothing to open`);
      continue;
    }
    const found = [...(await page.evaluate(measure)), ...(await axe(page))];
    faults.push(...found.map((fault) => `${place.name}: ${fault}`));
    if (await page.locator('.problem').count())
      faults.push(`${place.name}: ${await page.locator('.problem').innerText()}`);
  }
  return faults;
}

/** The page behind a dialog is one of PLACES and out of reach: axe reads the dialog alone. */
async function faultsOfDialogs(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const dialog of DIALOGS) {
    await openDialog(desk, page, dialog);
    const found = [...(await page.evaluate(measure)), ...(await axe(page, 'dialog'))];
    faults.push(...found.map((fault) => `${dialog.name}: ${fault}`));
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.activeElement?.closest('dialog') !== null);
    if (!inside) faults.push(`${dialog.name}: the focus leaves the dialog`);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  return faults;
}

test('on the first day nothing is there: every list says so and what comes next, and no page is broken', async () => {
  const page = await empty.sit('chen.yu');
  for (const place of PLACES.filter(({ first }) => first !== true)) {
    await openPlace(empty, page, place);
    assert.equal(await page.locator('.problem').count(), 0, `${place.name} shows a problem`);
    const [rows, said] = [await page.locator('tr[data-row]').count(), await page.getByTestId('empty').count()];
    const form = await page.locator('main form, .screen, main dl, main canvas').count();
    assert.ok(rows + said + form > 0, `${place.name} is an empty page`);
  }
  await page.context().close();
});

test('the console is a small download', () => {
  const files = readdirSync(BUNDLE).filter((file) => /\.(js|css)$/.test(file));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUNDLE, file))).length, 0);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes as they travel`);
});
