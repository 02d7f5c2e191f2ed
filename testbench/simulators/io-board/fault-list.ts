import { type FaultList, offers } from '../fault-list.ts';
import { SERIAL_LINE_FAULTS } from '../serial-line-faults.ts';

export const IO_BOARD_FAULTS: FaultList = {
  faults: offers({ refuse: 'Refuses commands', foreign: "Another board's address", ...SERIAL_LINE_FAULTS }),
};
