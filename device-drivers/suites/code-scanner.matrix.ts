import { type Cell, type FaultMatrix, ends, notApplicable } from './matrix.ts';

export type ScanStep = 'connect' | 'idle' | 'scan';
export type ScanFault =
  | 'silentOnce'
  | 'silent'
  | 'slow'
  | 'garbage'
  | 'cut'
  | 'bytewise'
  | 'twice'
  | 'noTerminator'
  | 'control'
  | 'tooLong'
  | 'encoding'
  | 'grammar'
  | 'unplug';

const good = ends('ok');
const gone = ends('E1501');
const refused = ends('E1502');
const noCode = notApplicable('no code is on the line at this step');

const answering: Readonly<Record<ScanFault, Cell>> = {
  silentOnce: good,
  silent: gone,
  slow: good,
  garbage: good,
  cut: notApplicable('the answer is one byte'),
  bytewise: notApplicable('the answer is one byte'),
  twice: good,
  noTerminator: noCode,
  control: noCode,
  tooLong: noCode,
  encoding: noCode,
  grammar: noCode,
  unplug: gone,
};

/** Code scanner in serial mode, with a heartbeat set. */
export const codeScannerMatrix: FaultMatrix<ScanStep, ScanFault> = {
  kind: 'codeScanner',
  family: 'serial mode',
  steps: {
    connect: 'The scanner is connected',
    idle: 'Nobody scans; the scanner is asked whether it is there now and then',
    scan: 'A code is held before the window',
  },
  faults: {
    silentOnce: 'One question is not answered',
    silent: 'Nothing comes any more',
    slow: 'The answer, or the code, comes late',
    garbage: 'Noise instead of it',
    cut: 'Half of it is missing',
    bytewise: 'It comes byte by byte',
    twice: 'It comes twice, merged into one read',
    noTerminator: 'The code has no terminator',
    control: 'A control character is in the code',
    tooLong: 'The code is longer than any of ours',
    encoding: 'The code is no UTF-8',
    grammar: 'The code is not of a kind this machine takes',
    unplug: 'The cable is pulled out',
  },
  cells: {
    connect: answering,
    idle: answering,
    scan: {
      silentOnce: notApplicable('a code that was not sent is held up again'),
      silent: gone,
      slow: good,
      garbage: refused,
      cut: refused,
      bytewise: good,
      twice: good,
      noTerminator: refused,
      control: refused,
      tooLong: refused,
      encoding: refused,
      grammar: refused,
      unplug: gone,
    },
  },
};
