import { createHash } from 'node:crypto';
import { checkState } from './check.ts';
import { type CrashState, Disk, fates, seeded } from './disk.ts';
import { PROMISES, type PromiseMade, parsePromises } from './promises.ts';
import type { TraceEvent } from './trace.ts';

export interface Violation {
  /** The cut came after this many events of the trace. */
  readonly after: number;
  readonly survivors: string;
  readonly problem: string;
}

export interface Findings {
  /** Distinct states checked. */
  readonly states: number;
  readonly events: number;
  readonly violations: readonly Violation[];
}

export interface Enumeration {
  readonly seed: number;
  /** Random survivals at each cut, beside the certain ones. */
  readonly randoms: number;
  /** Stops after this many violations; a weak build has thousands. */
  readonly mostViolations: number;
}

/** Cuts the power after every event of a trace, in several ways, and checks what is left. */
export function enumerate(trace: readonly TraceEvent[], { seed, randoms, mostViolations }: Enumeration): Findings {
  const random = seeded(seed);
  const disk = new Disk();
  const promises: PromiseMade[] = [];
  const seen = new Set<string>();
  const violations: Violation[] = [];
  let after = 0;
  for (const event of trace) {
    if (violations.length >= mostViolations) break;
    after++;
    if ('name' in event && event.name === PROMISES) {
      if (event.op === 'write') promises.push(...parsePromises(event.data));
      else disk.apply(event);
      if (event.op !== 'write') continue;
    } else {
      disk.apply(event);
    }
    for (const survivors of fates(random, randoms)) {
      const state = disk.cut(survivors);
      const key = fingerprint(state, promises.length);
      if (seen.has(key)) continue;
      seen.add(key);
      const problem = checkState(state, promises);
      if (problem !== undefined) violations.push({ after, survivors: survivors.name, problem });
    }
  }
  return { states: seen.size, events: after, violations };
}

function fingerprint(state: CrashState, promised: number): string {
  const hash = createHash('sha1').update(String(promised));
  for (const [name, bytes] of [...state].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name !== PROMISES) hash.update(`\n${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('base64');
}
