import { type CrashState, Disk, fingerprint } from './disk.ts';
import { fates, seeded } from './fates.ts';
import type { Held } from './held.ts';
import { PROMISES, type PromiseMade, parsePromises } from './promises.ts';
import { lay } from './scratch.ts';
import type { Subject } from './subjects.ts';
import type { TraceEvent } from './trace.ts';

export interface Violation {
  /** What was being done when the power went. */
  readonly scenario: string;
  /** The cut came after this many events of the trace. */
  readonly after: number;
  /** What survived of what was not synced. */
  readonly survivors: string;
  readonly problem: string;
}

/** A violation with the files as they were on the disk and what had been promised. */
export interface Evidence extends Violation {
  readonly state: CrashState;
  readonly promises: readonly PromiseMade[];
}

export interface Findings {
  /** The fingerprint of every distinct state, by what was being done when it came about. */
  readonly states: ReadonlyMap<string, string>;
  readonly events: number;
  readonly violations: readonly Evidence[];
}

export interface Enumeration {
  readonly seed: number;
  /** Random survivals at each cut, beside the certain ones. */
  readonly randoms: number;
  /** Stops after this many violations; a weak build has thousands. */
  readonly mostViolations: number;
  /** Only cuts while this is being done; all of them when absent. */
  readonly only?: string | undefined;
  /** An empty folder to lay the states out in. */
  readonly scratch: string;
}

/** Steps that write whole databases: of them only a share of the drawn ways is gone through, for they are much alike. */
const BULK = /\b(open|migration|backup)$/;
const BULK_SHARE = 0.25;

/** Cuts the power after every event of a trace, in many ways, and checks what is left. */
export function enumerate(trace: readonly TraceEvent[], subject: Subject, enumeration: Enumeration): Findings {
  const { seed, randoms, mostViolations, scratch } = enumeration;
  const ever = trace.flatMap((event) =>
    event.name === PROMISES && event.op === 'write' ? parsePromises(event.data) : [],
  );
  const disk = new Disk();
  const promises: PromiseMade[] = [];
  const states = new Map<string, string>();
  const looked = new Map<string, Held>();
  const violations: Evidence[] = [];
  let begun = 'before';
  let after = 0;
  for (const event of trace) {
    if (violations.length >= mostViolations) break;
    after++;
    if (event.name !== PROMISES) disk.apply(event);
    else if (event.op === 'write') promises.push(...parsePromises(event.data));
    else continue;
    const last = promises.at(-1);
    if (last?.kind === 'begin') begun = last.step;
    // The disk is as it was, and nothing new was promised.
    if (event.name === PROMISES && last?.kind === 'begin') continue;
    if (enumeration.only !== undefined && begun !== enumeration.only) continue;
    const scenario = isCheckpoint(event, subject, begun) ? 'checkpoint' : begun;
    // The same survivals at this event whatever was drawn before it, so that one cut can be repeated alone.
    const random = seeded(seed * 1_000_003 + after);
    const most = disk.settled ? 0 : randoms;
    const draws = BULK.test(begun) ? Math.ceil(most * BULK_SHARE) : most;
    for (const survivors of fates(random, draws, disk.openNames)) {
      const state = disk.cut(survivors);
      const key = fingerprint(state);
      let held = looked.get(key);
      if (!held) {
        lay(state, scratch);
        held = subject.check(scratch, ever);
        looked.set(key, held);
        states.set(key, scenario);
      }
      const problem = held(promises);
      if (problem === undefined) continue;
      violations.push({ scenario, after, survivors: survivors.name, problem, state, promises: [...promises] });
    }
  }
  return { states, events: after, violations };
}

const isFirstStart = (begun: string) => /\bopen$/.test(begun);

/** Outside of the first start, only a checkpoint touches the database file itself. */
function isCheckpoint(event: TraceEvent, { database }: Subject, begun: string): boolean {
  return event.name === database && event.op !== 'create' && !isFirstStart(begun);
}
