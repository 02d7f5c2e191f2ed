// Every suite on the screens as they are built, in one browser; a single one: --test-name-pattern.

import { after, describe } from 'node:test';
import { closeGallery } from './one-gallery.ts';
import { suite as axe } from './suites/axe.ts';
import { suite as fonts } from './suites/fonts.ts';
import { suite as keys } from './suites/keys.ts';
import { suite as keypad } from './suites/keypad.ts';
import { suite as languages } from './suites/languages.ts';
import { suite as moving } from './suites/moving.ts';
import { suite as screens } from './suites/screens.ts';

after(closeGallery);

// A page waits for its next view as long as it works: four of them keep two cores busy.
describe('screens', { concurrency: 4 }, () => {
  for (const suite of [screens, languages, axe, fonts, keypad, keys, moving]) suite();
});
