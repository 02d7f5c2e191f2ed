import { type Cell, type FaultMatrix, ends, notApplicable } from './matrix.ts';

export type SlipStep = 'connect' | 'idle' | 'ask' | 'print' | 'cut';
export type SlipFault =
  | 'answerLost'
  | 'answerLate'
  | 'silent'
  | 'slow'
  | 'garbage'
  | 'merged'
  | 'badChecksum'
  | 'unplug'
  | 'paperEnd'
  | 'nearEnd'
  | 'coverOpen'
  | 'cutter'
  | 'hot'
  | 'unrecoverable';

const good = ends('ok');
const noChecksum = notApplicable('answers of ESC/POS have no checksum; bytes with wrong fixed bits are noise');

/** Nothing has moved yet: the state says it, and a slip is refused with the same code. */
const BEFORE: Readonly<Record<SlipFault, Cell>> = {
  answerLost: good,
  answerLate: good,
  silent: ends('E4201'),
  slow: good,
  garbage: ends('E4201'),
  merged: good,
  badChecksum: noChecksum,
  unplug: ends('E4201'),
  paperEnd: ends('E4202'),
  nearEnd: good,
  coverOpen: ends('E4203'),
  cutter: ends('E4204'),
  hot: ends('E4205'),
  unrecoverable: ends('E4206'),
};

const oneCommand = notApplicable('the cut is one command behind the last line; see the slip being printed');

/** Slip printer with ESC/POS. */
export const slipPrinterMatrix: FaultMatrix<SlipStep, SlipFault> = {
  kind: 'slipPrinter',
  family: 'ESC/POS',
  steps: {
    connect: 'The printer is connected',
    idle: 'Nobody prints; the printer is asked for its state now and then',
    ask: 'The printer is asked for its state before a slip',
    print: 'The slip is being printed',
    cut: 'The slip is cut off',
  },
  faults: {
    answerLost: 'One answer does not come',
    answerLate: 'One answer comes after its time',
    silent: 'Nothing is answered any more',
    slow: 'Every line takes long',
    garbage: 'Noise instead of answers',
    merged: 'A report of its own comes in one piece with every answer',
    badChecksum: 'The checksum of an answer is wrong',
    unplug: 'The cable is pulled out',
    paperEnd: 'The paper ends',
    nearEnd: 'The paper is near its end',
    coverOpen: 'The cover is opened',
    cutter: 'The cutter jams',
    hot: 'The head is too hot',
    unrecoverable: 'The printer reports an error that it cannot leave by itself',
  },
  cells: {
    connect: BEFORE,
    idle: BEFORE,
    ask: BEFORE,
    // E4207: bytes are out and nobody can say what became of them.
    print: {
      ...BEFORE,
      answerLost: ends('E4207'),
      silent: ends('E4207'),
      garbage: ends('E4207'),
      unplug: ends('E4207'),
    },
    cut: {
      answerLost: oneCommand,
      answerLate: oneCommand,
      silent: oneCommand,
      slow: oneCommand,
      garbage: oneCommand,
      merged: oneCommand,
      badChecksum: noChecksum,
      unplug: oneCommand,
      paperEnd: oneCommand,
      nearEnd: oneCommand,
      coverOpen: oneCommand,
      cutter: ends('E4204'),
      hot: oneCommand,
      unrecoverable: oneCommand,
    },
  },
};
