import { z } from 'zod';
import { StreamName } from '../journal/entry.ts';
import { LinkState, QueueState } from '../services/sync-agent.ts';

export { LinkState };
export const BatchlessQueue = z.record(StreamName, QueueState);
