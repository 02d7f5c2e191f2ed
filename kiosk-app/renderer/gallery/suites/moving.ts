import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { NOW, SAMPLES, VARIANTS, viewOf } from '../fixtures.ts';
import type { Gallery } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';

let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

const upright = VARIANTS[0]!;
const sample = (name: string) => SAMPLES.find((one) => one.name === name)!;
const view = (name: string) => viewOf(sample(name), upright);

export function suite(): void {
  test('of more notices than are read at a glance one pair follows the other and the first comes again, until nothing may move', async () => {
    const { page, show } = await gallery.open(upright, NOW);
    await page.clock.install({ time: NOW });
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const city = ['一', '二', '三', '四', '五'].map((number) => ({
      zh: `本市第${number}条通知`,
      en: `Notice ${number}`,
    }));
    const attract = view('attract');
    assert.equal(attract.content.screen, 'attract');
    await show({ ...attract, content: { ...attract.content, announcements: city } });
    const told = () => page.locator('.notices span').allInnerTexts();
    for (const expected of ['一二', '三四', '五', '一二']) {
      assert.equal((await told()).join('').replaceAll(/本市第|条通知/g, ''), expected);
      await page.clock.runFor(12_000);
    }
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.waitForFunction(() => document.querySelectorAll('.notices span').length === 4);
    await page.close();
  });

  test('a card that waits in the slot is called for at once and again, until it is taken', async () => {
    const { page, show } = await gallery.open(upright, NOW);
    await page.clock.install({ time: NOW });
    await listen(page);
    const called = () => page.evaluate(() => (window as unknown as { tones: number[] }).tones.length);
    await show(view('wait-insertCard'));
    assert.equal(await called(), 0, 'a card is called for that is not in the slot');
    await show(view('wait-takeCard'));
    assert.equal(await called(), 3, 'three tones, as soon as the card is there to be taken');
    await page.clock.runFor(4_000);
    assert.equal(await called(), 6, 'who did not hear it hears it again');
    const waiting = view('wait-takeCard');
    await show({ ...waiting, frame: { ...waiting.frame, notice: null } });
    assert.equal(await called(), 6, 'a view of the same card is no new call');
    await show(view('menu'));
    await page.clock.runFor(60_000);
    assert.equal(await called(), 6, 'the card is taken, and still called for');
    await page.close();
  });
}

/** In the place of the loudspeaker: remembers each tone. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tones: number[] = [];
    class Loudspeaker {
      currentTime = 0;
      destination = {};
    }
    class Volume {
      gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
      connect = (to: unknown) => to;
    }
    class Tone extends Volume {
      start = (at: number) => void tones.push(at);
      stop = () => {};
    }
    Object.assign(window, { tones, AudioContext: Loudspeaker, GainNode: Volume, OscillatorNode: Tone });
  });
}
