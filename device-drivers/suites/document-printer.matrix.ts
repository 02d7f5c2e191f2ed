import { type Cell, type FaultMatrix, ends, notApplicable } from './matrix.ts';

export type DocumentStep = 'connect' | 'idle' | 'ask' | 'send' | 'print' | 'find';
export type DocumentFault =
  | 'silent'
  | 'garbage'
  | 'httpError'
  | 'refuse'
  | 'unplug'
  | 'answerLost'
  | 'powerLoss'
  | 'paperEmpty'
  | 'jam'
  | 'coverOpen'
  | 'tonerEmpty'
  | 'outputFull'
  | 'tonerLow'
  | 'abortJob';

const good = ends('ok');
const noJob = notApplicable('there is no job at this step');
const noDocument = notApplicable('no document is sent at this step');
const silentLine = { silent: ends('E4101'), garbage: ends('E4101'), httpError: ends('E4101'), unplug: ends('E4101') };

/** Nothing has moved yet: the state says it, and a document is refused with the same code. */
const BEFORE: Readonly<Record<DocumentFault, Cell>> = {
  ...silentLine,
  refuse: ends('E4106'),
  answerLost: noDocument,
  powerLoss: good,
  paperEmpty: ends('E4102'),
  jam: ends('E4103'),
  coverOpen: ends('E4104'),
  tonerEmpty: ends('E4105'),
  outputFull: ends('E4108'),
  tonerLow: good,
  abortJob: noJob,
};
const whileSent = notApplicable('a document is one request; what stops the engine shows while it prints');
const notAsked = notApplicable('the printer is asked about a job, not about its engine');

/** A4 printer with IPP. */
export const documentPrinterMatrix: FaultMatrix<DocumentStep, DocumentFault> = {
  kind: 'documentPrinter',
  family: 'IPP',
  steps: {
    connect: 'The printer is looked for',
    idle: 'Nobody prints; the printer is asked for its state now and then',
    ask: 'The printer is asked for its state before a document',
    send: 'The document is sent',
    print: 'Pages come out; nobody helps until the time is up',
    find: 'A job of a former run is asked for',
  },
  faults: {
    silent: 'Nothing is answered',
    garbage: 'Something answers that is no printer',
    httpError: 'The printer answers with an error of HTTP',
    refuse: 'The printer takes no jobs',
    unplug: 'The line is cut',
    answerLost: 'The answer to the document is lost',
    powerLoss: 'The printer loses its power and forgets its jobs',
    paperEmpty: 'The paper is used up',
    jam: 'Paper jams',
    coverOpen: 'A cover is opened',
    tonerEmpty: 'The toner is used up',
    outputFull: 'The output tray is full',
    tonerLow: 'The toner runs low',
    abortJob: 'The printer gives the job up',
  },
  cells: {
    connect: BEFORE,
    idle: BEFORE,
    ask: BEFORE,
    send: {
      silent: whileSent,
      garbage: whileSent,
      httpError: whileSent,
      refuse: whileSent,
      // Half a document prints nothing, and the job that waits for it is given up.
      unplug: ends('E4101'),
      answerLost: good,
      powerLoss: whileSent,
      paperEmpty: whileSent,
      jam: whileSent,
      coverOpen: whileSent,
      tonerEmpty: whileSent,
      outputFull: whileSent,
      tonerLow: whileSent,
      abortJob: ends('E4106'),
    },
    // E4107: pages may be out and nobody can say how many.
    print: {
      silent: ends('E4107'),
      garbage: ends('E4107'),
      httpError: ends('E4107'),
      refuse: ends('E4106'),
      unplug: ends('E4107'),
      answerLost: noDocument,
      powerLoss: ends('E4107'),
      paperEmpty: ends('E4102'),
      jam: ends('E4103'),
      coverOpen: ends('E4104'),
      tonerEmpty: ends('E4105'),
      outputFull: ends('E4108'),
      tonerLow: good,
      abortJob: ends('E4106'),
    },
    find: {
      ...silentLine,
      refuse: good,
      answerLost: noDocument,
      powerLoss: ends('E4107'),
      paperEmpty: notAsked,
      jam: notAsked,
      coverOpen: notAsked,
      tonerEmpty: notAsked,
      outputFull: notAsked,
      tonerLow: notAsked,
      abortJob: notApplicable('the job has ended before'),
    },
  },
};
