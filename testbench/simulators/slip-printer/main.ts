import { serveSimulator } from '../process.ts';
import { startSlipPrinter } from './simulator.ts';

serveSimulator(startSlipPrinter);
