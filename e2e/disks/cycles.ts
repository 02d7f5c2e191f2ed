import { join } from 'node:path';
import { seeded } from '../crash/fates.ts';
import { buildCut, type Cut, cutPower } from './power-cut.ts';
import { type SubjectName, sourceOf } from '../crash/subjects.ts';
import { type FileSystem, Volume } from './volume.ts';

export interface Cycles {
  readonly kind: FileSystem;
  readonly cycles: number;
  readonly subject: SubjectName;
  /** The sources the workload runs on; the real ones when absent. */
  readonly source?: string;
  /** Empty, on a disk that keeps its power. */
  readonly folder: string;
  /** Ends before all cycles are done, as soon as a promise is broken. */
  readonly untilBroken?: boolean;
  readonly onCut?: (cut: Cut, cycle: number) => void;
}

export interface Cuts {
  readonly cuts: number;
  readonly promises: number;
  /** Cuts in the middle of a promise. */
  readonly amidst: number;
  readonly broken: readonly string[];
}

/** Cuts the power of one file system again and again, early and late in a life of journal or ledger. */
export async function cutAgainAndAgain(options: Cycles): Promise<Cuts> {
  const { kind, cycles, subject, source = sourceOf(subject), folder, untilBroken = false, onCut } = options;
  const cut = buildCut(folder);
  const random = seeded(cycles);
  const broken: string[] = [];
  let [cuts, promises, amidst] = [0, 0, 0];
  using volume = new Volume(kind, join(folder, kind));
  for (let seed = 1; seed <= cycles && !(untilBroken && broken.length > 0); seed++) {
    // Every stretch of the life gets its share, in any order.
    const moment = (((seed * 7) % cycles) + random()) / cycles;
    const found = await cutPower({ volume, folder, cut, subject, source, seed, moment });
    cuts++;
    promises += found.promised;
    if (found.inDoubt > 0) amidst++;
    if (found.problem !== undefined) broken.push(`${subject} on ${kind}, cycle ${seed}: ${found.problem}`);
    onCut?.(found, seed);
  }
  return { cuts, promises, amidst, broken };
}
