/**
 * Every step of an ID card reader against every fault: what the person, or the state of the device, gets. Data, so that
 * the tests run each cell and the documentation lists the same.
 */
export const STEPS = {
  connect: 'the module is asked for its state',
  identify: 'the module is asked for its number',
  find: 'a card is looked for',
  select: 'the card is selected',
  read: 'text and picture are read',
  fingerprints: 'text, picture and fingerprints are read',
  address: 'the newest address is read',
  lifting: 'a card that was read is watched until it is lifted',
  heartbeat: 'nobody does anything',
} as const;
export type Step = keyof typeof STEPS;

export const FAULTS = {
  silentOnce: 'one answer does not come',
  silent: 'no answer comes any more',
  late: 'one answer comes after its time',
  badChecksumOnce: 'one answer has a wrong checksum',
  badChecksum: 'every answer has a wrong checksum',
  garbageOnce: 'noise comes instead of one answer',
  garbage: 'only noise comes',
  split: 'answers come byte by byte',
  merged: 'answers come in one piece with noise around them',
  unplug: 'the cable is pulled out',
  cardPulled: 'the card is lifted',
  cardRefused: 'the card and the module do not agree',
  moduleRefuses: 'the security module refuses to work',
} as const;
export type Fault = keyof typeof FAULTS;

/** `done`: nobody notices. A code: the read ends with it, or the state of the device carries it. */
export type Cell =
  { readonly ends: 'done' | 'E1101' | 'E1102' | 'E1103' | 'E1107' } | { readonly notApplicable: string };

const done = { ends: 'done' } as const;
const offline = { ends: 'E1101' } as const;
const liftedTooEarly = { ends: 'E1102' } as const;
const notReadable = { ends: 'E1103' } as const;
const fault = { ends: 'E1107' } as const;
const notApplicable = (reason: string): Cell => ({ notApplicable: reason });

const noCard = notApplicable('no card takes part in this step');
const nothingSaid = notApplicable('the card is not asked for anything it could refuse');

/** What the line does is the same at every step: a spoilt answer is asked for again, a dead line is offline. */
const LINE = {
  silentOnce: done,
  silent: offline,
  late: done,
  badChecksumOnce: done,
  badChecksum: offline,
  garbageOnce: done,
  garbage: offline,
  split: done,
  merged: done,
  unplug: offline,
  moduleRefuses: fault,
} as const;

export const MATRIX: Readonly<Record<Step, Readonly<Record<Fault, Cell>>>> = {
  connect: { ...LINE, cardPulled: noCard, cardRefused: noCard },
  identify: { ...LINE, cardPulled: noCard, cardRefused: noCard },
  // A card that was lifted before it gave anything is waited for again.
  find: { ...LINE, cardPulled: done, cardRefused: nothingSaid },
  select: { ...LINE, cardPulled: done, cardRefused: notReadable },
  read: { ...LINE, cardPulled: liftedTooEarly, cardRefused: notReadable },
  fingerprints: { ...LINE, cardPulled: liftedTooEarly, cardRefused: notReadable },
  address: { ...LINE, cardPulled: liftedTooEarly, cardRefused: nothingSaid },
  lifting: { ...LINE, cardPulled: done, cardRefused: nothingSaid },
  heartbeat: { ...LINE, cardPulled: noCard, cardRefused: noCard },
};
