import { serveSimulator } from '../process.ts';
import { startIdReader } from './simulator.ts';

serveSimulator(startIdReader);
