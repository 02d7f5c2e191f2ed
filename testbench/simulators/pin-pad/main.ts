import { serveSimulator } from '../process.ts';
import { startPinPad } from './simulator.ts';

serveSimulator(startPinPad);
