import { serveSimulator } from '../process.ts';
import { startPcscReader } from './simulator.ts';

serveSimulator(startPcscReader);
