import { plural } from './dates.ts';
import type { Texts } from '../texts.ts';

/** Waiting, printing, and what was received. */
export const results: Pick<Texts, 'working' | 'printing' | 'printed' | 'slip' | 'request' | 'accepted'> = {
  working: {
    headline: {
      sendCode: 'Sending a code to your phone',
      account: 'Looking up your account',
      details: 'Looking up your entries',
      submit: 'Taking your request',
      endSession: 'Clearing your information',
      item: 'Looking it up',
    },
    next: {
      sendCode: 'Next: type the code you receive',
      account: 'Next: choose what to do',
      details: 'Next: read or print',
      submit: 'Next: your number and a slip',
      item: 'Next: the result',
      endSession: '',
    },
  },
  printing: {
    headline: {
      collect: 'Collecting your entries',
      seal: 'Adding the electronic seal',
      print: 'Printing',
      slip: 'Printing the slip',
    },
    page: (page, pages) => `Printing page ${page} of ${pages}`,
    lead: (seconds) => `Usually ${plural(seconds, 'second')} more. Please take every page.`,
    steps: {
      collect: 'Collect the entries',
      seal: 'Add the electronic seal',
      print: 'Print',
      slip: 'Print the slip',
    },
    number: (number) => `No. ${number}`,
    waiting: 'The printer waits for our staff. It will go on by itself.',
    cancel: 'Cancel the rest',
  },
  printed: {
    headline: (pages) => `Done. Please take ${pages === 1 ? 'your page' : `all ${pages} pages`}`,
    lead: 'Each page carries the electronic seal and a number that can be verified.',
    number: 'Document number',
    code: 'Verification code',
  },
  slip: {
    printing: 'A slip is being printed, please wait for it.',
    printed: 'The slip shows the same number.',
    failed: 'The slip did not print, please write down this number.',
    unknown: 'We cannot tell whether the slip printed, please write down this number.',
    none: 'There is no slip at this machine, please write down this number.',
  },
  request: {
    slotHeadline: 'Where and when?',
    slotLead: 'First the place, then the time.',
    full: 'Full',
    closed: 'Shut',
    left: (n) => `${n} left`,
  },
  accepted: {
    number: 'Your number',
    badge: { wait: 'Received, not decided yet', fault: 'Not granted' },
  },
};
