// Contact sheets of the screens for people to look at, at most twelve pictures each, in var/gallery:
//   node kiosk-app/renderer/gallery/shoot.ts [part of a variant's name] [part of a screen's name]
// With both parts given each screen is also kept as a picture of its own.
//   node kiosk-app/renderer/gallery/shoot.ts components
// puts every component in every mode on one page, components.png;
//   node kiosk-app/renderer/gallery/shoot.ts scripts
// shows the first screen in the scripts that are prepared, scripts.png.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { COMPONENTS } from './components.ts';
import { NOW, SAMPLES, VARIANTS, type Variant, viewOf } from './fixtures.ts';
import { openGallery } from './gallery.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'var', 'gallery');
const [variantPart = '', samplePart = ''] = process.argv.slice(2);
const MOST = 12;
const PREPARED = ['ug', 'bo', 'mn-Mong'] as const;

await mkdir(FOLDER, { recursive: true });
const gallery = await openGallery();
if (variantPart === 'components') await componentSheet();
else if (variantPart === 'scripts') await scriptSheet();
else {
  for (const variant of VARIANTS.filter(({ name }) => name.includes(variantPart))) {
    const { page, show } = await gallery.open(variant, NOW);
    const samples = SAMPLES.filter(({ name }) => name.includes(samplePart));
    for (let from = 0; from < samples.length; from += MOST) {
      const pictures: { readonly name: string; readonly base64: string }[] = [];
      for (const sample of samples.slice(from, from + MOST)) {
        await show(viewOf(sample, variant));
        const own = samplePart === '' ? {} : { path: path.join(FOLDER, `${variant.name}-${sample.name}.png`) };
        pictures.push({ name: sample.name, base64: (await page.screenshot(own)).toString('base64') });
      }
      const file = `${variant.name}-${String(from / MOST + 1).padStart(2, '0')}.png`;
      await contactSheet(pictures, variant.width > variant.height ? 3 : 6, path.join(FOLDER, file));
      process.stdout.write(`${file}: ${pictures.map(({ name }) => name).join(', ')}\n`);
    }
    await page.close();
  }
}
await gallery.close();

async function contactSheet(
  pictures: readonly { name: string; base64: string }[],
  across: number,
  file: string,
): Promise<void> {
  const sheet = await gallery.blank({ width: 2400, height: 100 });
  await sheet.setContent(
    `<style>body{margin:24px;display:grid;grid-template-columns:repeat(${across},minmax(0,1fr));gap:24px;font:20px sans-serif;background:#777;color:#fff}img{width:100%;display:block}</style>` +
      pictures.map(({ name, base64 }) => `<div><img src="data:image;base64,${base64}">${name}</div>`).join(''),
  );
  await sheet.screenshot({ path: file, fullPage: true });
  await sheet.close();
}

/** A row a mode, a column a screen, small: a change of one component is seen wherever it stands. */
async function componentSheet(): Promise<void> {
  const samples = Object.keys(COMPONENTS).map((wanted) => SAMPLES.find(({ name }) => name === wanted)!);
  const modes = VARIANTS.filter(({ name }: Variant) => name.endsWith('upright'));
  const pictures: { readonly name: string; readonly base64: string }[] = [];
  for (const variant of modes) {
    const { page, show } = await gallery.open(variant, NOW);
    for (const sample of samples) {
      await show(viewOf(sample, variant));
      const base64 = (await page.screenshot({ type: 'jpeg', quality: 80 })).toString('base64');
      pictures.push({ name: `${variant.name.replace('-upright', '')} ${sample.name}`, base64 });
    }
    await page.close();
  }
  await contactSheet(pictures, samples.length, path.join(FOLDER, 'components.png'));
}

async function scriptSheet(): Promise<void> {
  const attract = SAMPLES.find(({ name }) => name === 'attract')!;
  const pictures: { readonly name: string; readonly base64: string }[] = [];
  for (const variant of VARIANTS.filter(({ name }) => name.startsWith('en-standard'))) {
    const { page, show } = await gallery.open(variant, NOW);
    for (const language of PREPARED) {
      await show(viewOf(attract, { ...variant, frame: { ...variant.frame, language } }));
      const own = path.join(FOLDER, `${language}-${variant.name.split('-').at(-1)}.png`);
      pictures.push({ name: language, base64: (await page.screenshot({ path: own })).toString('base64') });
    }
    await page.close();
  }
  await contactSheet(pictures, PREPARED.length, path.join(FOLDER, 'scripts.png'));
}
