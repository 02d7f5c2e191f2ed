import type { Texts } from '../texts.ts';

/** What went wrong, the rating, and goodbye. */
export const end: Pick<Texts, 'failure' | 'rate' | 'record' | 'goodbye'> = {
  failure: {
    leave: 'Elsewhere',
    step: {
      readCard: 'Card not read',
      identify: 'Not identified',
      query: 'Query not completed',
      issue: 'Document not made',
      print: 'Printing not completed',
      submit: 'Request not taken',
      session: 'Interrupted',
    },
    safe: {
      readCard: 'Nothing was kept, nothing has changed in your account.',
      identify: 'Your account was not opened and nothing has changed.',
      query: 'No result came, and nothing was recorded.',
      issue: 'No charge, nothing has changed in your account.',
      print: 'No charge, nothing has changed in your account.',
      submit: 'Nothing has changed in your account.',
      session: 'Nothing received was lost, nothing has changed in your account.',
    },
    pageMissing: (page) => `Page ${page} did not print`,
    pagesMissing: (from, to) => `Pages ${from} to ${to} did not print`,
    pagesValid: (n) =>
      n === 1 ? 'Page 1 is valid, please take it.' : `The first ${n} pages are valid, please take them.`,
    quote: 'At the counter or another machine, quote this number',
    otherWay: 'Identify yourself in another way',
    retry: 'Try again',
    instead: 'You can also',
  },
  rate: {
    headline: 'How was it?',
    lead: 'No name is kept. It helps us to improve.',
    scores: { satisfied: 'Good', fair: 'Fair', dissatisfied: 'Not good' },
    reasonHeadline: 'What was not good?',
    reasonLead: 'Choose the one that mattered most.',
    reasons: {
      policy: 'The rules',
      attitude: 'The service',
      process: 'The steps',
      advice: 'The guidance',
      device: 'The machine',
    },
    skip: 'Skip and end',
    skipReason: 'No reason',
  },
  record: {
    offered: 'Print a record',
    printing: 'Printing the record',
    printed: 'Record printed',
    failed: 'No record came out',
    unknown: 'No record came out',
  },
  goodbye: {
    headline: {
      finished: 'Thank you, goodbye',
      ended: 'Ended',
      idle: 'Ended after a long pause',
      cap: 'Time is up, ended',
      failed: 'Sorry, it did not work this time',
      lost: 'You left, so we ended',
      stopped: 'Sorry, self-service is paused',
    },
    cleared: 'Your information has been cleared from this machine.',
    take: 'Please take your card, documents and slip.',
    leave: 'I have everything',
  },
};
