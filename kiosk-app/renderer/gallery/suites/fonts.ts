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
  test('every character comes from the fonts in assets, none from the system', async () => {
    const { page, show } = await gallery.open(VARIANTS[0]!, NOW);
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const strangers = new Set<string>();
    for (const sample of SAMPLES) {
      await show(viewOf(sample, VARIANTS[0]!));
      const { root } = await session.send('DOM.getDocument', { depth: -1 });
      const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
      for (const nodeId of nodeIds) {
        const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
        for (const font of fonts) if (!font.isCustomFont) strangers.add(`${sample.name}: ${font.familyName}`);
      }
    }
    assert.deepEqual([...strangers], [], 'a glyph is missing in assets/fonts, or a text is not in the kiosk font');
    await page.close();
  });
}
