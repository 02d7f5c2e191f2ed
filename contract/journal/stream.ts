import { z } from 'zod';

/**
 * business: what a depositor left with us and what was printed. audit: who did what. telemetry: may be thinned.
 * Each stream has its own gapless sequence, chain and acknowledgement.
 */
export const StreamName = z.enum(['business', 'audit', 'telemetry']);
export type StreamName = z.infer<typeof StreamName>;
