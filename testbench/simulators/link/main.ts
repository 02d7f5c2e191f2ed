import { serveSimulator } from '../process.ts';
import { LINK_MODES } from './fault-list.ts';
import { startLink } from './simulator.ts';

serveSimulator(startLink, LINK_MODES);
