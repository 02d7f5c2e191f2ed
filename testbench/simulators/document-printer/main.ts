import { serveSimulator } from '../process.ts';
import { DOCUMENT_PRINTER_FAULTS } from './fault-list.ts';
import { startDocumentPrinter } from './simulator.ts';

serveSimulator(startDocumentPrinter, DOCUMENT_PRINTER_FAULTS);
