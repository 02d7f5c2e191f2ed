import type { PromiseMade } from './promises.ts';

/**
 * Holds what came back after a power cut to the promises made before it; answers the first that is broken. The same
 * files can be left by cuts at several moments: they are looked at once and held to the promises of each.
 */
export type Held = (promises: readonly PromiseMade[]) => string | undefined;
