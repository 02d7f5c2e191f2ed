/** Failures, the rating and the goodbye. */

import { B08, S01 } from './items.ts';
import { DOCUMENT, type Sample, nobody } from './sample.ts';

export const END: readonly Sample[] = [
  {
    name: 'failure-print',
    content: {
      screen: 'failure',
      code: 'E4102',
      step: 'print',
      printed: 2,
      pages: 3,
      number: DOCUMENT,
      canRetry: true,
      canLeave: false,
      instead: [B08, S01],
    },
  },
  {
    name: 'failure-query',
    content: {
      screen: 'failure',
      code: 'E3103',
      step: 'query',
      printed: null,
      pages: null,
      number: null,
      canRetry: true,
      canLeave: false,
      instead: [S01],
    },
  },
  {
    name: 'failure-card',
    frame: nobody,
    content: {
      screen: 'failure',
      code: 'E1104',
      step: 'readCard',
      printed: null,
      pages: null,
      number: null,
      canRetry: false,
      canLeave: false,
      instead: [],
    },
  },
  { name: 'rate', content: { screen: 'rate', askReason: false, record: 'offered' } },
  { name: 'rate-reason', content: { screen: 'rate', askReason: true } },
  { name: 'goodbye', frame: nobody, content: { screen: 'goodbye', reason: 'finished', instead: null } },
  {
    name: 'goodbye-record',
    frame: nobody,
    content: { screen: 'goodbye', reason: 'ended', instead: null, record: 'offered' },
  },
  { name: 'goodbye-idle', frame: nobody, content: { screen: 'goodbye', reason: 'idle', instead: null } },
];
