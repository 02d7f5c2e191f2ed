import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { PRIORITIES, type Priority } from './priority.ts';

export interface AdmissionLimits {
  /** Requests a second of all terminals together, and how many at once. */
  readonly perSecond: number;
  readonly burst: number;
  /** Worked on at the same time; the others wait in line. */
  readonly atOnce: number;
  /** Longest anybody waits in line, by what it is, in ms: whoever waited longer has given up or will try again anyway. */
  readonly longestWaitMs: Readonly<Record<Priority, number>>;
  /** Refused callers come back somewhere between these, each elsewhere, in seconds. */
  readonly comeBackSeconds: { readonly from: number; readonly to: number };
}

/**
 * How much of the bucket has to be left for each to be let in: what is worth less leaves the rest to what is worth more long
 * before it is empty.
 */
const RESERVED: Readonly<Record<Priority, number>> = {
  interactive: 0,
  business: 0.1,
  control: 0.2,
  audit: 0.35,
  telemetry: 0.5,
  enrolment: 0.5,
};

export type Entry =
  | { readonly admitted: true; /** Makes room for the next; more than once is once. */ readonly leave: () => void }
  | { readonly admitted: false; readonly retryAfterSeconds: number };

export interface Admission {
  /** `gone` aborts when the caller hangs up while it waits. */
  enter(priority: Priority, gone?: AbortSignal): Promise<Entry>;
  readonly state: { readonly working: number; readonly waiting: number };
}

interface Waiting {
  readonly let: (entry: Entry) => void;
  readonly forget: () => void;
}

/**
 * Decides before anything of a body is read. A bucket bounds how many come in a second, a line with a limit of time (never of
 * length) bounds how long anybody waits: under overload those who are let in are still answered in time, and the others hear at once
 * when to come back.
 */
export function createAdmission(clock: Clock, limits: AdmissionLimits, random: () => number = Math.random): Admission {
  const lines: Readonly<Record<Priority, Waiting[]>> = {
    interactive: [],
    business: [],
    control: [],
    audit: [],
    telemetry: [],
    enrolment: [],
  };
  let tokens = limits.burst;
  let filledAt = clock.monotonic();
  let working = 0;

  function take(priority: Priority): boolean {
    const now = clock.monotonic();
    tokens = Math.min(limits.burst, tokens + ((now - filledAt) / 1000) * limits.perSecond);
    filledAt = now;
    if (tokens < 1 || tokens - 1 < RESERVED[priority] * limits.burst) return false;
    tokens -= 1;
    return true;
  }

  function refused(): Entry {
    const { from, to } = limits.comeBackSeconds;
    return { admitted: false, retryAfterSeconds: from + Math.floor(random() * (to - from + 1)) };
  }

  function admit(): Entry {
    working++;
    let here = true;
    return {
      admitted: true,
      leave() {
        if (!here) return;
        here = false;
        working--;
        next();
      },
    };
  }

  function next(): void {
    if (working >= limits.atOnce) return;
    for (const priority of PRIORITIES) {
      const line = lines[priority];
      // Of telemetry the newest first: what waited is worth less than what is now.
      const first = priority === 'telemetry' ? line.pop() : line.shift();
      if (!first) continue;
      first.forget();
      first.let(admit());
      return;
    }
  }

  function wait(priority: Priority, gone: AbortSignal | undefined): Promise<Entry> {
    const line = lines[priority];
    return new Promise((resolve) => {
      const stepOut = () => {
        forget();
        const place = line.indexOf(waiting);
        if (place >= 0) line.splice(place, 1);
        resolve(refused());
      };
      const cancelTimer = clock.after(limits.longestWaitMs[priority], stepOut);
      const forget = () => {
        cancelTimer();
        gone?.removeEventListener('abort', stepOut);
      };
      const waiting: Waiting = { let: resolve, forget };
      gone?.addEventListener('abort', stepOut, { once: true });
      line.push(waiting);
    });
  }

  return {
    async enter(priority, gone) {
      if (gone?.aborted === true || !take(priority)) return refused();
      if (working < limits.atOnce) return admit();
      return wait(priority, gone);
    },
    get state() {
      return { working, waiting: PRIORITIES.reduce((sum, priority) => sum + lines[priority].length, 0) };
    },
  };
}
