import { type Cell, type FaultMatrix, ends } from './matrix.ts';

export type BoardStep = 'connect' | 'poll' | 'light';
export type BoardFault =
  | 'silentOnce'
  | 'silent'
  | 'slow'
  | 'garbage'
  | 'badChecksum'
  | 'cut'
  | 'bytewise'
  | 'twice'
  | 'foreign'
  | 'refuseOnce'
  | 'refuse'
  | 'forget'
  | 'unplug';

const good = ends('ok');
const gone = ends('E1601');

const row: Readonly<Record<BoardFault, Cell>> = {
  silentOnce: good,
  silent: gone,
  slow: good,
  garbage: good,
  badChecksum: good,
  cut: good,
  bytewise: good,
  twice: good,
  foreign: good,
  refuseOnce: good,
  refuse: gone,
  forget: good,
  unplug: gone,
};

/** I/O board on Modbus RTU. */
export const ioBoardMatrix: FaultMatrix<BoardStep, BoardFault> = {
  kind: 'ioBoard',
  family: 'Modbus RTU',
  steps: {
    connect: 'The board is connected and its outputs are set',
    poll: 'The inputs are read',
    light: 'A light is switched',
  },
  faults: {
    silentOnce: 'One request is not answered',
    silent: 'No request is answered any more',
    slow: 'The answer comes after the request was repeated',
    garbage: 'Noise instead of the answer',
    badChecksum: 'The CRC of the answer is wrong',
    cut: 'Half of the answer is missing',
    bytewise: 'The answer comes byte by byte',
    twice: 'The answer comes twice, merged into one read',
    foreign: 'The answer has the address of another board',
    refuseOnce: 'The board answers once with an exception',
    refuse: 'The board answers with an exception whenever it is asked',
    forget: 'The board lost its power for a moment, and its outputs with it',
    unplug: 'The cable is pulled out',
  },
  cells: { connect: row, poll: row, light: row },
};
