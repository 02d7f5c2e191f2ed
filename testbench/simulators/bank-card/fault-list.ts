import { type FaultList, offers } from '../fault-list.ts';
import type { MotorStep } from './motor.ts';
import type { ReaderFault } from './reader.ts';

/** In the order of a visit. */
const STEPS: Readonly<Record<MotorStep, true>> = {
  initialise: true,
  status: true,
  sensors: true,
  enableEntry: true,
  disableEntry: true,
  toChip: true,
  chipOn: true,
  directory: true,
  directoryRecord: true,
  application: true,
  options: true,
  record: true,
  chipOff: true,
  releaseChip: true,
  stripe: true,
  eject: true,
  retrieve: true,
  retain: true,
};

export const BANK_CARD_FAULTS: FaultList = {
  faults: offers<ReaderFault>({
    pulled: 'Card torn out',
    jam: 'Card jams',
    device: 'Motor dead',
    binFull: 'Bin full',
    powerLoss: 'Power lost',
    chipMute: 'Chip is mute',
    badStatus: 'Chip refuses',
    nonsense: 'Chip answers nonsense',
    garbage: 'Noise',
    wrongRecords: 'Chip names wrong records',
    getResponse: 'Chip answers 61xx first',
    wrongLength: 'Chip answers 6Cxx first',
    endless: 'Chip answers 61xx for ever',
    silent: 'Silent',
    noAck: 'ACK lost',
    noAnswer: 'ACK, no answer',
    late: 'Answers late',
    nak: 'Refuses commands',
    badCheck: 'Wrong checksum',
    split: 'Byte by byte',
    merged: 'Noise around answers',
    errorHead: 'Errors with head E',
    repeated: 'Everything twice',
  }),
  steps: { as: 'at', names: Object.keys(STEPS) },
};
