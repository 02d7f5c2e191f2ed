import { plural } from './dates.ts';
import type { Texts } from '../texts.ts';

/** From the first screen to the menu. */
export const start: Pick<Texts, 'attract' | 'paused' | 'outOfService' | 'readingCard' | 'enterCode' | 'menu'> = {
  attract: {
    headline: ['Put your ID card', 'on the reader'],
    lead: 'See your balance and entries, print a statement. About three minutes.',
    withoutCard: 'No card with you? You can still',
    otherWay: 'With a bank card or phone',
    otherWayHint: 'Card and PIN, or the e-card of the app',
    notices: 'Please note',
  },
  paused: {
    headline: 'Self-service is paused',
    instead: 'What you can do now',
    last: 'Service pauses after this',
  },
  outOfService: {
    lead: 'Please use another machine or the counter. Requests already received are not lost.',
    staff: 'For our staff',
  },
  readingCard: {
    headline: { found: 'We see your card', reading: 'Reading your card', checking: 'Checking your card' },
    lead: {
      found: 'Keep it flat, please do not lift it yet.',
      reading: 'Keep it flat, please do not lift it yet.',
      checking: 'You can take your card back now.',
    },
    steps: { found: 'Card on the reader', reading: 'Read', checking: 'Check' },
  },
  enterCode: {
    headline: 'Type the code from your phone',
    lead: (phone) => `Sent to your number on record, ${phone}`,
    attempts: (n) => `${plural(n, 'try', 'tries')} left`,
    resend: 'Send again',
    resendIn: (seconds) => `Send again in ${seconds} s`,
    checking: 'Checking…',
    submit: 'Confirm',
    boxes: (n, of) => `Code, ${n} of ${of} digits typed`,
    safe: 'Never tell a PIN or code to anybody, neither our staff nor unofficial third parties.',
    otherWay: 'No code? Another way',
  },
  menu: {
    headline: 'What would you like to do?',
    warning: 'Never tell anyone your account number or codes.',
    often: 'Often',
    other: 'Other',
    everything: 'All services',
    fewer: 'Fewer choices',
  },
};
