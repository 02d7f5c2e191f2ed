import { serveSimulator } from '../process.ts';
import { ID_READER_FAULTS } from './fault-list.ts';
import { startIdReader } from './simulator.ts';

serveSimulator(startIdReader, ID_READER_FAULTS);
