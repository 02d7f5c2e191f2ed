import { type FaultList, offers } from '../fault-list.ts';
import { SERIAL_LINE_FAULTS } from '../serial-line-faults.ts';
import type { LineFault } from '../serial-line.ts';
import type { PadFault } from './simulator.ts';

export const PIN_PAD_FAULTS: FaultList = {
  faults: offers<PadFault | LineFault>({
    tamper: 'Opened at work',
    remove: 'Taken away at work',
    refuse: 'Refuses commands',
    locked: 'Locked',
    keyBytes: 'Key byte before answers',
    stray: 'Stray frames',
    clearDigit: 'Shows a PIN digit',
    ...SERIAL_LINE_FAULTS,
  }),
};
