import { serveSimulator } from '../process.ts';
import { startCodeScanner } from './simulator.ts';

serveSimulator(startCodeScanner);
