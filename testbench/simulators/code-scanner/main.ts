import { serveSimulator } from '../process.ts';
import { CODE_SCANNER_FAULTS } from './fault-list.ts';
import { startCodeScanner } from './simulator.ts';

serveSimulator(startCodeScanner, CODE_SCANNER_FAULTS);
