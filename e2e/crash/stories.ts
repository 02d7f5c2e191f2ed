import { sourceOf } from './subjects.ts';
import type { Task } from './task.ts';

const EACH = { rounds: 2, steps: 40, randoms: 12, mostViolations: 10 } as const;
/** One story in so many is the ledger's, the others are the journal's. */
const LEDGER_EVERY = 3;

/** The laboratory's own work: the n-th story is the same on every machine, but for what is drawn by the cryptography. */
export function story(seed: number, recorder: string): Task {
  const subject = seed % LEDGER_EVERY === 0 ? 'ledger' : 'journal';
  return { ...EACH, subject, source: sourceOf(subject), recorder, seed };
}

/** Stories from `first` on that are not among those `told`, until `enough` says so. */
export function* stories(
  first: number,
  recorder: string,
  enough: () => boolean,
  told: ReadonlySet<number> = new Set(),
): Generator<Task> {
  for (let seed = first; !enough(); seed++) if (!told.has(seed)) yield story(seed, recorder);
}
