import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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

async function axe(page: Page): Promise<string[]> {
  // The page's own policy allows no script from elsewhere; the debugger's protocol is not the page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    () =>
      (window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }).axe.run({
        resultTypes: ['violations'],
      }) as Promise<{
        violations: Violation[];
      }>,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.slice(0, 200)}`,
  );
}

let desk: Desk;
let empty: Desk;
before(async () => {
  desk = await openDesk();
  empty = await openDesk({ staffOnly: true });
});
after(async () => {
  await desk.close();
  await empty.close();
});

const rounds: readonly { readonly language: Language; readonly size: (typeof SIZES)[number]; readonly axe: boolean }[] =
  [
    { language: 'zh', size: SIZES[0], axe: true },
    { language: 'en', size: SIZES[1], axe: true },
  ];
for (const round of rounds) {
  test(`every page fits and can be used by everybody: ${round.language}, ${round.size.width} × ${round.size.height}`, async () => {
    const page = await desk.sit('chen.yu', round);
    const faults: string[] = [];
    for (const place of PLACES) {
      if (!(await openPlace(desk, page, place))) {
        faults.push(`${place.name}: the demonstration city has nothing to open`);
        continue;
      }
      const found = [...(await page.evaluate(measure)), ...(round.axe ? await axe(page) : [])];
      faults.push(...found.map((fault) => `${place.name}: ${fault}`));
      if (await page.locator('.problem').count())
        faults.push(`${place.name}: ${await page.locator('.problem').innerText()}`);
    }
    assert.deepEqual(faults, [], 'look at the pictures: node central-platform/management/web/gallery/shoot.ts');
    await page.context().close();
  });
}

for (const { language, size } of rounds) {
  test(`every dialog fits, can be used by everybody and goes away with Escape: ${language}, ${size.width} × ${size.height}`, async () => {
    const page = await desk.sit('chen.yu', { language, size });
    const faults: string[] = [];
    for (const dialog of DIALOGS) {
      await openDialog(desk, page, dialog);
      const found = [...(await page.evaluate(measure)), ...(await axe(page))];
      faults.push(...found.map((fault) => `${dialog.name}: ${fault}`));
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement?.closest('dialog') !== null);
      if (!inside) faults.push(`${dialog.name}: the focus leaves the dialog`);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    assert.deepEqual(faults, [], 'look at the pictures: node central-platform/management/web/gallery/shoot.ts dialog');
    await page.context().close();
  });
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
