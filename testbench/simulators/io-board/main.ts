import { serveSimulator } from '../process.ts';
import { IO_BOARD_FAULTS } from './fault-list.ts';
import { startIoBoard } from './simulator.ts';

serveSimulator(startIoBoard, IO_BOARD_FAULTS);
