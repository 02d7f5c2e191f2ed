import { serveSimulator } from '../process.ts';
import { SLIP_PRINTER_FAULTS } from './fault-list.ts';
import { startSlipPrinter } from './simulator.ts';

serveSimulator(startSlipPrinter, SLIP_PRINTER_FAULTS);
