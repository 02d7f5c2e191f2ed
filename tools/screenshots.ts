// Pictures for the readmes, made from the running program: npm run screenshots [-- zh|en|things|papers|console …]
// Everything is real but the world around the terminal: the screen is the preview in Chromium, the paper is what the
// printers got. Dates, numbers and codes are those of the day.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Terminal } from '@kiosk/e2e/terminal/terminal.ts';
import { EXTRA_DEVICES } from '@kiosk/testbench/bench/machine.ts';
import { photographConsole } from './screenshots/console.ts';
import { overview } from './screenshots/overview.ts';
import { photographPapers } from './screenshots/papers.ts';
import { openStudio } from './screenshots/studio.ts';
import { photographThings } from './screenshots/things.ts';
import { tour } from './screenshots/tour.ts';

const GALLERY = join(import.meta.dirname, '../docs/gallery');
const LANGUAGES = ['zh', 'en'] as const;
/** Slow enough that a page is seen while it comes. */
const MILLISECONDS_PER_PAGE = 2_500;

const wanted = process.argv.slice(2);
const asked = (what: string) => wanted.length === 0 || wanted.includes(what);

mkdirSync(GALLERY, { recursive: true });
const studio = await openStudio(GALLERY);
if (asked('console')) await photographConsole(studio);
if (wanted.length === 1 && asked('console')) {
  await studio.close();
  process.exit();
}
const terminal = await Terminal.start('chromium', 'screenshots', {
  millisecondsPerPage: MILLISECONDS_PER_PAGE,
  extras: EXTRA_DEVICES,
});
const stopAll = async (): Promise<void> => {
  await terminal.stop();
  await studio.close();
};
// The programs lead process groups of their own, which Ctrl+C does not reach.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().then(() => process.exit(1)));

try {
  for (const language of LANGUAGES) {
    if (asked(language)) await tour(terminal, language, (name, picture) => studio.keep(`${language}/${name}`, picture));
  }
  if (asked('things')) await photographThings(terminal, studio);
  if (asked('papers')) await photographPapers(studio);
  if (asked('overview')) await overview(studio);
} finally {
  await stopAll();
}
