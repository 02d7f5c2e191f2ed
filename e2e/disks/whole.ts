import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cutAgainAndAgain } from './cycles.ts';
import { faultyLives } from './faulty-lives.ts';
import { whyNoVolume } from './volume.ts';

export interface WholeDisks {
  /** Power cuts of each file system for the journal; the ledger has a quarter of them beside. */
  readonly cycles: number;
  /** Lives on a disk that fails. */
  readonly faults: number;
  /** On a disk that keeps its power. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** One process lives so many lives; each draws its faults from a seed of its own. */
const FAULTS_EACH = 500;
const TELL_EVERY = 100;
const LEDGER_SHARE = 4;

/** Power cuts and failing disks at full length; answers how often a promise was broken, and says what could not run. */
export async function wholeDisks({ cycles, faults, folder, say }: WholeDisks): Promise<number> {
  let broken = 0;
  for (const kind of ['ext4', 'xfs'] as const) {
    const home = join(folder, `cuts-${kind}`);
    mkdirSync(home);
    const unmet = whyNoVolume(kind, home);
    if (unmet !== undefined) {
      say(`NOT RUN: power cuts of ${kind}: ${unmet}`);
      continue;
    }
    for (const subject of ['journal', 'ledger'] as const) {
      const wanted = subject === 'journal' ? cycles : Math.ceil(cycles / LEDGER_SHARE);
      const found = await cutAgainAndAgain({
        ...{ kind, subject, cycles: wanted, folder: home },
        onCut({ problem }, cycle) {
          if (problem !== undefined) say(`BROKEN ${subject} on ${kind}, cycle ${cycle} of ${wanted}: ${problem}`);
          if (cycle % TELL_EVERY === 0) say(`${subject} on ${kind}: ${cycle} of ${wanted} power cuts`);
        },
      });
      broken += found.broken.length;
      const { cuts, promises, amidst } = found;
      say(
        `${subject} on ${kind}: ${cuts} power cuts after ${promises} promises, ${amidst} amidst one; ` +
          `${found.broken.length} broken`,
      );
    }
  }

  let [injected, failed] = [0, 0];
  for (let seed = 1; injected < faults; seed++) {
    const found = await faultyLives({ folder, seed, injected: Math.min(FAULTS_EACH, faults - injected) });
    injected += found.injected;
    failed += found.failed;
    broken += found.broken.length;
    for (const problem of found.broken) say(`BROKEN ${problem}`);
  }
  say(`a disk that fails: ${injected} faults, ${failed} calls failed`);
  return broken;
}
