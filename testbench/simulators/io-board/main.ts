import { serveSimulator } from '../process.ts';
import { startIoBoard } from './simulator.ts';

serveSimulator(startIoBoard);
