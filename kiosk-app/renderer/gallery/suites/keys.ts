import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { NOW, SAMPLES, VARIANTS, viewOf } from '../fixtures.ts';
import type { Gallery } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';

let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

export function suite(): void {
  test('the tactile keys of the PIN pad go round the buttons, press them and type', async () => {
    const { page, show, press, actions } = await gallery.open(VARIANTS[0]!, NOW);
    const sample = (wanted: string) =>
      viewOf(
        SAMPLES.find(({ name }) => name === wanted)!,
        VARIANTS[0]!,
      );
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
    const buttons = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('button:not(:disabled)')].map((b) => b.getAttribute('data-testid')),
      );

    await show(sample('menu'));
    await page.mouse.click(1, 1);
    const names = await buttons();
    await press('enter');
    assert.equal(await at(), names[0], 'enter with nothing in focus goes to the first button');
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    assert.equal(ring, 'solid', 'the focus is seen also when the last thing before was a finger');
    await press('up');
    assert.equal(await at(), names.at(-1), 'from the first button back to the last');
    await press('tab');
    await press('right');
    assert.equal(await at(), names[1]);
    await press('enter');
    const opened = (await actions()).filter((action) => (action as { type: string }).type !== 'touched');
    assert.equal(names[1], `item-${(opened[0] as { item: string }).item}`, JSON.stringify(opened));
    assert.deepEqual((await actions())[0], { type: 'touched' }, 'a key says that somebody is there');

    await show(sample('enter-code'));
    const boxes = page.locator('.boxes');
    for (const key of ['1', '2', 'doubleZero'] as const) await press(key);
    assert.equal((await boxes.innerText()).replaceAll(/\s/g, ''), '1200');
    await press('clear');
    assert.equal((await boxes.innerText()).trim(), '');
    await press('cancel');
    assert.deepEqual((await actions()).at(-1), { type: 'end' }, 'cancel ends where there is no way back');

    await show(sample('idle-question'));
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'idle-stay');
    await press('down');
    await press('down');
    assert.equal(await at(), 'idle-stay', 'a question keeps the focus to itself');
    await press('enter');
    assert.deepEqual((await actions()).at(-1), { type: 'moreTime' });
    await page.close();
  });

  test('who uses the keys begins at the headline, hears the numbers, and loses the way nowhere', async () => {
    const { page, show, press } = await gallery.open(VARIANTS[0]!, NOW);
    const sample = (wanted: string) =>
      viewOf(
        SAMPLES.find(({ name }) => name === wanted)!,
        VARIANTS[0]!,
      );
    const at = () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName);
    const headline = () => page.waitForFunction(() => document.activeElement?.tagName === 'H1');

    await show(sample('menu'));
    assert.equal(await at(), 'BODY', 'a finger that needs no ring got one');
    await press('tab');
    await show(sample('enter-code'));
    await headline();
    await press('tab');
    assert.ok(!(await at())?.startsWith('key-'), 'the digits on the glass stand in the way of a pad that has its own');

    await show(sample('printed'));
    await headline();
    await press('down');
    const spoken = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.match(spoken ?? '', /^单据编号 \S/, 'the number to quote is not a stop on the way');

    const names = await page.evaluate(() =>
      [...document.querySelectorAll('button:not(:disabled)')].map((b) => b.getAttribute('data-testid')),
    );
    while ((await at()) !== names[1]) await press('down');
    await page.evaluate(() => ((document.activeElement as HTMLButtonElement).disabled = true));
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press('down');
    assert.equal(await at(), names[2], 'where a button was closed under the finger, the way begins anew');
    await page.close();
  });
}
