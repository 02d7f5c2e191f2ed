import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { View } from '@kiosk/contract/screen/view.ts';
import { NOW, SAMPLES, VARIANTS, viewOf } from '../fixtures.ts';
import type { Gallery, GalleryPage } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';

let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

const upright = VARIANTS[0]!;
const view = (name: string): View => {
  const sample = SAMPLES.find((one) => one.name === name);
  assert.ok(sample, `no sample is called ${name}`);
  return viewOf(sample, upright);
};
const acts = async (opened: GalleryPage) =>
  (await opened.actions()).filter((action) => (action as { type: string }).type !== 'touched');

export function suite(): void {
  test('from the headline every button of every screen is reached with one key, round and round, and each has a name', async () => {
    const { page, show } = await gallery.open(upright, NOW);
    const faults: string[] = [];
    for (const sample of SAMPLES) {
      await show(viewOf(sample, upright));
      const found = await page.evaluate(() => {
        const { press } = (window as unknown as { gallery: { press(key: string): void } }).gallery;
        const root = document.querySelector('[role=alertdialog]') ?? document;
        const wanted = new Set<Element>(
          [...root.querySelectorAll('button:not(:disabled)')].filter((one) => !one.closest('[data-digits]')),
        );
        const seen = new Set<Element>();
        (document.activeElement as HTMLElement | null)?.blur();
        for (let i = 0; i < 200; i++) {
          press('down');
          const at = document.activeElement!;
          if (seen.has(at)) break;
          seen.add(at);
        }
        const missed = [...wanted]
          .filter((one) => !seen.has(one))
          .map((one) => one.getAttribute('data-testid') ?? one.textContent);
        const ring = [...seen].filter(
          (one) => getComputedStyle(one).outlineStyle !== 'none' || one !== document.activeElement,
        );
        const dumb = [...seen].filter((one) => !(one.getAttribute('aria-label') ?? one.textContent ?? '').trim());
        return {
          missed,
          unseen: ring.length < seen.size ? ['no ring'] : [],
          dumb: dumb.map((one) => one.outerHTML.slice(0, 80)),
        };
      });
      for (const [what, names] of Object.entries(found)) {
        if (names.length > 0) faults.push(`${sample.name}: ${what} ${names.join(', ')}`);
      }
    }
    assert.deepEqual(faults, []);
    await page.close();
  });

  test('modes are chosen with the keys alone, and the screen below keeps what was typed', async () => {
    const opened = await gallery.open(upright, NOW);
    const { page, show, press } = opened;
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
    const goTo = async (name: string) => {
      for (let i = 0; i < 60 && (await at()) !== name; i++) await press('down');
      assert.equal(await at(), name);
    };
    await show(view('enter-code'));
    for (const key of ['1', '2'] as const) await press(key);
    await goTo('modes');
    await press('enter');
    await page.waitForSelector('[data-over]', { state: 'attached' });
    await goTo('contrast-high');
    await press('enter');
    assert.deepEqual((await acts(opened)).at(-1), { type: 'chooseMode', mode: { contrast: 'high' } });
    await goTo('sound-headphones');
    await press('enter');
    assert.equal(
      (await acts(opened)).filter((action) => JSON.stringify(action).includes('headphones')).length,
      0,
      'nothing is said into headphones nobody has plugged in',
    );
    await goTo('plugged');
    await press('enter');
    assert.deepEqual((await acts(opened)).at(-1), { type: 'chooseMode', mode: { sound: 'headphones' } });
    await press('cancel');
    await page.waitForFunction(() => document.querySelector('[data-over]') === null);
    assert.equal((await page.locator('.boxes').innerText()).replaceAll(/\s/g, ''), '12');
    await page.close();
  });

  test('an amount with 角 and 分 is typed on the metal keys', async () => {
    const opened = await gallery.open(upright, NOW);
    const { page, show, press } = opened;
    await show(view('entry-amount'));
    for (const key of ['1', '2', '3', '4', '5', 'point', '0', '5', '9'] as const) await press(key);
    assert.equal(await page.locator('[data-testid=typed]').innerText(), '12,345.05');
    await page.locator('[data-testid=enter]').click();
    assert.deepEqual((await acts(opened)).at(-1), { type: 'enter', value: '1234505' });
    await page.close();
  });

  test('a name is typed by its sound, and a candidate is taken by its digit', async () => {
    const opened = await gallery.open(upright, NOW);
    const { page, show, press } = opened;
    await show(view('entry-name'));
    for (const letter of 'zhang') await page.locator(`[data-testid=key-${letter}]`).click();
    await page.waitForSelector('[data-testid=candidate-1]');
    assert.match(await page.locator('[data-testid=candidate-1]').innerText(), /张/);
    await press('1');
    for (const letter of 'nv') await page.locator(`[data-testid=key-${letter}]`).click();
    assert.equal(await page.locator('[data-testid=letters]').innerText(), 'nü');
    await press('1');
    assert.equal(await page.locator('[data-testid=typed]').innerText(), '张女');
    await press('8');
    await page.locator('[data-testid=enter]').click();
    assert.deepEqual((await acts(opened)).at(-1), { type: 'enter', value: '张女8' });
    await page.close();
  });

  test('X of an ID number is a key, and stands only at its end', async () => {
    const opened = await gallery.open(upright, NOW);
    const { page, show, press } = opened;
    await show(view('entry-id'));
    await page.locator('[data-testid=key-X]').click();
    for (const key of '12') await press(key as '1');
    assert.equal(await page.locator('[data-testid=typed]').innerText(), '12');
    await page.close();
  });
}
