// Pictures of every screen in every variant, for people to look at: node kiosk-app/renderer/gallery/shoot.ts [name part]

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { NOW, SAMPLES, VARIANTS, viewOf } from './fixtures.ts';
import { openGallery } from './gallery.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'var', 'gallery');
const wanted = process.argv[2] ?? '';

await mkdir(FOLDER, { recursive: true });
const gallery = await openGallery();
for (const variant of VARIANTS) {
  const { page, show } = await gallery.open(variant, NOW);
  for (const sample of SAMPLES) {
    const name = `${variant.name}-${sample.name}`;
    if (!name.includes(wanted)) continue;
    await show(viewOf(sample, variant));
    await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
    process.stdout.write(`${name}\n`);
  }
  await page.close();
}
await gallery.close();
