import { type FaultList, offers } from '../fault-list.ts';
import { SERIAL_LINE_FAULTS } from '../serial-line-faults.ts';

export const CODE_SCANNER_FAULTS: FaultList = {
  faults: offers({ noTerminator: 'Codes without an end', ...SERIAL_LINE_FAULTS }),
};
