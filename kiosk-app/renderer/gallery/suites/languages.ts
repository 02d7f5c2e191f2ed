import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { LANGUAGES, type ScreenLanguage } from '@kiosk/contract/screen/languages.ts';
import { Language } from '@kiosk/contract/services/common.ts';
import { NOW, SAMPLES, VARIANTS, type Variant, viewOf } from '../fixtures.ts';
import type { Gallery } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';
import { sweep } from '../sweep.ts';

let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

const attract = SAMPLES.find(({ name }) => name === 'attract')!;
const inLanguage = (variant: Variant, language: ScreenLanguage): Variant => ({
  ...variant,
  frame: { ...variant.frame, language },
});
const standard = VARIANTS.filter(({ name }) => name.startsWith('en-standard'));

export function suite(): void {
  test('what a depositor can choose has been read by somebody', () => {
    for (const language of Language.options) assert.notEqual(LANGUAGES[language].reviewedBy, null, language);
  });

  for (const [language, family] of [
    ['ug', 'Noto Sans Arabic'],
    ['bo', 'Noto Serif Tibetan'],
    ['mn-Mong', 'Noto Sans Mongolian'],
  ] as const) {
    test(`the first screen stands in its own script and direction: ${language}`, async () => {
      for (const variant of standard) {
        const opened = await gallery.open(variant, NOW);
        const [found] = await sweep(opened, [viewOf(attract, inLanguage(variant, language))]);
        assert.deepEqual(found?.faults, [], `${variant.name} ${language}`);
        const session = await opened.page.context().newCDPSession(opened.page);
        await session.send('DOM.enable');
        await session.send('CSS.enable');
        const { root } = await session.send('DOM.getDocument');
        const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' });
        const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
        assert.ok(
          fonts.some((font) => font.isCustomFont && font.familyName === family),
          JSON.stringify(fonts),
        );
        const places = await opened.page.evaluate(() => ({
          mark: document.querySelector('[data-testid=brand-mark]')!.getBoundingClientRect().x,
          more: document.querySelector('[data-testid=modes]')!.getBoundingClientRect().x,
          writing: getComputedStyle(document.querySelector('h1')!).writingMode,
        }));
        assert.equal(places.mark > places.more, LANGUAGES[language].direction === 'rtl', JSON.stringify(places));
        assert.equal(places.writing, LANGUAGES[language].writing === 'vertical' ? 'vertical-lr' : 'horizontal-tb');
        await opened.page.close();
      }
    });
  }

  test('texts a third longer have room on every screen', async () => {
    const faults: string[] = [];
    for (const variant of standard) {
      const opened = await gallery.open(variant, NOW);
      const long = inLanguage(variant, 'en-XA');
      // A technician's page comes in the languages of the centre alone.
      const samples = SAMPLES.filter(({ name }) => !name.startsWith('technician'));
      const found = await sweep(
        opened,
        samples.map((sample) => viewOf(sample, long)),
      );
      for (const [at, { faults: own }] of found.entries()) {
        faults.push(...own.map((fault) => `${variant.name} ${samples[at]!.name}: ${fault}`));
      }
      await opened.page.close();
    }
    assert.deepEqual(faults.slice(0, 40), [], `${faults.length} in all`);
  });
}
