import { type Cell, type FaultMatrix, ends, notApplicable } from './matrix.ts';

export type PadStep = 'connect' | 'idle' | 'open' | 'type' | 'read' | 'openKeys' | 'listen' | 'loadKey' | 'mac';
export type PadFault =
  | 'silentOnce'
  | 'silent'
  | 'slow'
  | 'garbage'
  | 'badChecksum'
  | 'cut'
  | 'bytewise'
  | 'twice'
  | 'keyBytes'
  | 'stray'
  | 'refuse'
  | 'locked'
  | 'unplug'
  | 'tamper'
  | 'remove'
  | 'clearDigit';

const good = ends('ok');
const gone = ends('E1401');
const opened = ends('E1403');

/** A line that spoils one answer is not noticed by anybody. */
const LINE: Readonly<Record<'silentOnce' | 'slow' | 'garbage' | 'badChecksum' | 'cut' | 'bytewise' | 'twice', Cell>> = {
  silentOnce: good,
  slow: good,
  garbage: good,
  badChecksum: good,
  cut: good,
  bytewise: good,
  twice: good,
};
const BESIDE = { keyBytes: good, stray: good } as const;
const noDigits = notApplicable('no PIN digits are on the line at this step');

function exchange(refuse: Cell, locked: Cell): Readonly<Record<PadFault, Cell>> {
  return {
    ...LINE,
    ...BESIDE,
    silent: gone,
    refuse,
    locked,
    unplug: gone,
    tamper: opened,
    remove: opened,
    clearDigit: noDigits,
  };
}

/** While keys are awaited nothing is asked, so there is no answer to spoil. */
function waiting(clearDigit: Cell): Readonly<Record<PadFault, Cell>> {
  const noAnswer = notApplicable(
    'nothing is asked while a person types; a line that is dead shows at the next command',
  );
  return {
    silentOnce: noAnswer,
    silent: noAnswer,
    slow: notApplicable('a key byte has no time by which it must come'),
    garbage: good,
    badChecksum: notApplicable('key bytes have no checksum'),
    cut: notApplicable('a key is one byte'),
    bytewise: notApplicable('a key is one byte'),
    twice: notApplicable('a key byte sent twice is two keys; the block, not the bytes, says how many digits there are'),
    keyBytes: notApplicable('key bytes are what is expected here'),
    stray: good,
    refuse: notApplicable('nothing is asked that could be refused'),
    locked: notApplicable('nothing is asked that could be refused'),
    unplug: gone,
    tamper: notApplicable('the pad has no way to say so by itself; the row of the next command shows it'),
    remove: notApplicable('the pad has no way to say so by itself; the row of the next command shows it'),
    clearDigit,
  };
}

/** PIN pad of the ZT598 type. */
export const pinPadMatrix: FaultMatrix<PadStep, PadFault> = {
  kind: 'pinPad',
  family: 'ZT598',
  steps: {
    connect: 'The pad is connected and initialised',
    idle: 'Nobody uses the pad; it is asked for its state now and then',
    open: 'PIN entry is opened',
    type: 'The PIN is typed',
    read: 'The PIN block is read',
    openKeys: 'Keys for the screen are opened',
    listen: 'Keys for the screen are pressed',
    loadKey: 'A work key is loaded',
    mac: 'A MAC is made',
  },
  faults: {
    silentOnce: 'One command is not answered',
    silent: 'No command is answered any more',
    slow: 'The answer comes after the command was repeated',
    garbage: 'Noise instead of the answer, or between keys',
    badChecksum: 'The checksum of the answer is wrong',
    cut: 'Half of the answer is missing',
    bytewise: 'The answer comes byte by byte',
    twice: 'The answer comes twice, merged into one read',
    keyBytes: 'A key byte comes right before the answer',
    stray: 'An answer that nobody asked for comes before it',
    refuse: 'The pad answers with error EF',
    locked: 'The pad answers that the command is locked (FB)',
    unplug: 'The cable is pulled out',
    tamper: 'The case is opened',
    remove: 'The pad is taken from its place',
    clearDigit: 'A digit comes in the clear',
  },
  cells: {
    connect: exchange(good, good),
    idle: exchange(good, good),
    open: exchange(ends('E1402'), ends('E1402')),
    type: waiting(opened),
    read: exchange(ends('E1402'), ends('E1402')),
    // One command opens them, and the first key shows that it was heard.
    openKeys: { ...exchange(ends('E1402'), ends('E1402')), silent: good },
    listen: waiting(notApplicable('these keys are meant to be read')),
    loadKey: exchange(ends('E1402'), ends('E1402')),
    mac: exchange(ends('E1402'), ends('E1402')),
  },
};
