import { BANK_CARD_FAULTS } from '../bank-card/fault-list.ts';
import { type MotorReaderOptions, startMotorReader } from '../bank-card/simulator.ts';
import { serveSimulator } from '../process.ts';
import { ICT_FAMILY, ICT_WIRE } from './family.ts';

serveSimulator<MotorReaderOptions>(
  (options, emit) => startMotorReader(options, ICT_FAMILY, ICT_WIRE, emit),
  BANK_CARD_FAULTS,
);
