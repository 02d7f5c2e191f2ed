// Every screen in every mode, both languages and both orientations.

import { after, describe } from 'node:test';
import { closeGallery } from './one-gallery.ts';
import { suite } from './suites/screens.ts';

after(closeGallery);
describe('screens', { concurrency: 4 }, () => suite(true));
