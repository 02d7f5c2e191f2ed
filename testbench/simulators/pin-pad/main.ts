import { serveSimulator } from '../process.ts';
import { PIN_PAD_FAULTS } from './fault-list.ts';
import { startPinPad } from './simulator.ts';

serveSimulator(startPinPad, PIN_PAD_FAULTS);
