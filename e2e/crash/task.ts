import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type Violation, enumerate } from './enumerate.ts';
import Database from 'better-sqlite3';
import { lay, scratchFolder } from './scratch.ts';
import { smallLogs } from './small-logs.ts';
import { SUBJECTS, type SubjectName } from './subjects.ts';
import { record, recordSome, roundsOf } from './trace.ts';

// What is left is opened a million times: not with a log of 16 MB each.
smallLogs(Database);

/** A piece of work: some rounds of a workload, recorded, and cut everywhere. The seed tells all of it. */
export interface Task {
  readonly subject: SubjectName;
  /** The sources the workload runs on: the real ones or a weakened copy. Checked is always with the real ones. */
  readonly source: string;
  readonly recorder: string;
  readonly seed: number;
  readonly rounds: number;
  /** Steps of the workload in a round. */
  readonly steps: number;
  /** Random survivals at each cut, beside the certain ones. */
  readonly randoms: number;
  readonly mostViolations: number;
  /** Only cuts while this is being done. */
  readonly only?: string | undefined;
  /** Of a weak build the workload may come to a bad end: what it did until then counts. */
  readonly weak?: boolean;
  /** Where the files of violated states are kept, if anywhere. */
  readonly keepIn?: string;
}

export interface TaskFindings {
  readonly task: Task;
  /** Eight bytes as latin1 text for every state that is distinct in this task, by scenario. */
  readonly states: Readonly<Record<string, readonly string[]>>;
  readonly events: number;
  readonly violations: readonly (Violation & { readonly round: string })[];
}

export async function carryOut(task: Task): Promise<TaskFindings> {
  const folder = scratchFolder();
  try {
    const subject = SUBJECTS[task.subject];
    const data = join(folder, 'data');
    const { recorder, source, seed, rounds, steps } = task;
    const program = [subject.workload, source, data, seed, rounds, steps].map(String);
    const recording = { recorder, program, folder: data, log: join(folder, 'trace') };
    const trace = await (task.weak === true ? recordSome(recording) : record(recording));
    const scratch = join(folder, 'state');
    mkdirSync(scratch);
    const states: Record<string, string[]> = {};
    const violations: (Violation & { round: string })[] = [];
    for (const [round, events] of roundsOf(trace)) {
      const most = task.mostViolations - violations.length;
      if (most <= 0) break;
      const found = enumerate(events, subject, { ...task, mostViolations: most, scratch });
      for (const [key, scenario] of found.states) (states[scenario] ??= []).push(shortened(key));
      for (const { state, promises, ...violation } of found.violations) {
        violations.push({ ...violation, round });
        if (task.keepIn === undefined) continue;
        const name = [task.subject, seed, round, violation.after, violation.survivors].join('-').replaceAll(' ', '-');
        const kept = join(task.keepIn, name);
        mkdirSync(kept, { recursive: true });
        lay(state, kept);
        writeFileSync(join(kept, 'promises.json'), JSON.stringify(promises, undefined, 1));
      }
    }
    return { task, states, events: trace.length, violations };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 64 bits: two of a million states look alike by chance once in thirty million runs. */
const shortened = (key: string): string => hash('sha1', key, 'buffer').subarray(0, 8).toString('latin1');
