import { serveSimulator } from '../process.ts';
import { startLink } from './simulator.ts';

serveSimulator(startLink);
