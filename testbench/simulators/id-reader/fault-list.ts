import { COMMANDS } from '@kiosk/device-drivers/codec/sdt.ts';
import { type FaultList, offers } from '../fault-list.ts';
import type { Fault } from './module.ts';

export const ID_READER_FAULTS: FaultList = {
  faults: offers<Fault['kind']>({
    liftDuringFind: 'Card lifted when found',
    liftDuringSelect: 'Card lifted when selected',
    liftDuringRead: 'Card lifted while read',
    liftDuringAddress: 'Card lifted at the address',
    unselectable: 'Card cannot be selected',
    unreadable: 'Card cannot be read',
    samFault: 'Security module refuses',
    silent: 'Silent',
    slow: 'Answers late',
    garbage: 'Noise',
    badChecksum: 'Wrong checksum',
    split: 'Byte by byte',
    merged: 'Noise around answers',
    unplug: 'Cable out at the answer',
  }),
  steps: { as: 'during', names: Object.keys(COMMANDS) },
};
