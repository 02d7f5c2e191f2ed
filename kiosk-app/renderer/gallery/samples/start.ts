/** From the first screen to the menu. */

import type { Screen } from '@kiosk/contract/screen/view.ts';
import { B08, GROUPS, NEEDS_LINE, P01, Q01, Q02, S01, everything } from './items.ts';
import { PHONE, type Sample, nobody } from './sample.ts';

const idle: Screen = { screen: 'menu', items: [P01(), Q01(), Q02(), B08, S01] };

export const START: readonly Sample[] = [
  {
    name: 'attract',
    frame: nobody,
    content: { screen: 'attract', notices: [], announcements: [], withoutCard: [S01] },
  },
  {
    name: 'attract-offline',
    frame: { ...nobody, link: 'offline' },
    content: { screen: 'attract', notices: ['E3101', 'E4102'], announcements: [], withoutCard: [S01, B08] },
  },
  { name: 'out-of-service', frame: nobody, content: { screen: 'outOfService', code: 'E6101' } },
  { name: 'reading-card', frame: nobody, content: { screen: 'readingCard', step: 'reading' } },
  { name: 'checking-card', frame: nobody, content: { screen: 'readingCard', step: 'checking' } },
  {
    name: 'enter-code',
    content: {
      screen: 'enterCode',
      phoneMasked: PHONE,
      challenge: 1,
      resendInSeconds: 47,
      attemptsLeft: null,
      error: null,
      checking: false,
    },
  },
  {
    name: 'enter-code-wrong',
    content: {
      screen: 'enterCode',
      phoneMasked: PHONE,
      challenge: 1,
      resendInSeconds: 0,
      attemptsLeft: 3,
      error: 'E1201',
      checking: false,
    },
  },
  { name: 'menu', content: idle },
  { name: 'menu-full', content: { screen: 'menu', items: everything, groups: GROUPS } },
  {
    name: 'menu-offline',
    frame: { link: 'offline' },
    content: { screen: 'menu', items: [P01(NEEDS_LINE), Q01(NEEDS_LINE), Q02(NEEDS_LINE), B08, S01] },
  },
  { name: 'idle-question', frame: { idle: { secondsLeft: 27 } }, content: idle },
];
