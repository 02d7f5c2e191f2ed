// Pictures of every page, for people to look at, in var/console-gallery:
// node central-platform/management/web/gallery/shoot.ts [part of a name] [--en] [--empty] [--small]

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildPages, openDesk, SIZES } from './desk.ts';
import { DIALOGS, openDialog } from './dialogs.ts';
import { openPlace } from './open-place.ts';
import { PLACES } from './places.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', '..', 'var', 'console-gallery');
const wanted = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '';
const has = (flag: string): boolean => process.argv.includes(`--${flag}`);
const language = has('en') ? 'en' : 'zh';
const size = has('small') ? SIZES[1] : SIZES[0];
const prefix = `${language}-${has('empty') ? 'empty-' : ''}${has('small') ? 'small-' : ''}`;

await mkdir(FOLDER, { recursive: true });
const pages = await buildPages();
const desk = await openDesk({ pagesDir: pages.dir, staffOnly: has('empty') });
try {
  const door = await desk.approach({ language, size });
  await door.screenshot({ path: path.join(FOLDER, `${prefix}sign-in.png`) });
  await door.close();
  const page = await desk.sit('chen.yu', { language, size });
  for (const place of PLACES) {
    if (!place.name.includes(wanted) || !(await openPlace(desk, page, place))) continue;
    await page.screenshot({ path: path.join(FOLDER, `${prefix}${place.name}.png`) });
    process.stdout.write(`${prefix}${place.name}\n`);
  }
  for (const dialog of DIALOGS) {
    if (!dialog.name.includes(wanted) || has('empty')) continue;
    await openDialog(desk, page, dialog);
    await page.screenshot({ path: path.join(FOLDER, `${prefix}${dialog.name}.png`) });
    await page.keyboard.press('Escape');
    process.stdout.write(`${prefix}${dialog.name}\n`);
  }
} finally {
  await desk.close();
  await pages.remove();
}
