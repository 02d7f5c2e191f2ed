import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import { NOW, SAMPLES, VARIANTS, viewOf } from '../fixtures.ts';
import type { Gallery } from '../gallery.ts';
import { oneGallery } from '../one-gallery.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let gallery: Gallery;
before(async () => {
  gallery = await oneGallery();
});

export function suite(): void {
  test('axe-core finds nothing on any screen', async () => {
    const variant = VARIANTS[0]!;
    const { page, show } = await gallery.open(variant, NOW);
    await page.evaluate(await readFile(axePath, 'utf8'));
    const faults: string[] = [];
    for (const sample of SAMPLES) {
      await show(viewOf(sample, variant));
      const { violations } = await page.evaluate(() => {
        const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
        // One page without landmarks of a web site; zoom is the mode `large`, not a gesture. Contrast is measured by measure.ts.
        const off = { enabled: false };
        const rules = { 'meta-viewport': off, region: off, 'color-contrast': off, 'landmark-one-main': off };
        return axe.run(document, { rules, resultTypes: ['violations'] });
      });
      for (const { id, nodes } of violations) faults.push(`${sample.name}: ${id} ${nodes[0]?.html.slice(0, 120)}`);
    }
    await page.close();
    assert.deepEqual(faults, []);
  });
}
