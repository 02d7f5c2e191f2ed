import { serveSimulator } from '../process.ts';
import { startDocumentPrinter } from './simulator.ts';

serveSimulator(startDocumentPrinter);
