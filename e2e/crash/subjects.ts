import { join } from 'node:path';
import type { Held } from './held.ts';
import { checkJournal } from './journal-check.ts';
import { checkLedger } from './ledger-check.ts';
import type { PromiseMade } from './promises.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Something that promises to survive a power cut, a program that makes it promise, and who holds it to its word. */
export interface Subject {
  /** Folder of its sources in the repository. */
  readonly room: 'sync-agent' | 'device-drivers';
  /** Run as: node workload SOURCE FOLDER SEED ROUNDS STEPS [PROMISES]. */
  readonly workload: string;
  readonly database: string;
  /**
   * Starts the real program's storage on the files in a folder, which changes them. `ever`: all that the workload was
   * promised before and after, as far as it must be looked for.
   */
  check(folder: string, ever: readonly PromiseMade[]): Held;
}

export type SubjectName = 'journal' | 'ledger';

export const SUBJECTS: Readonly<Record<SubjectName, Subject>> = {
  journal: {
    room: 'sync-agent',
    workload: join(import.meta.dirname, 'journal-workload.ts'),
    database: 'journal.db',
    check: checkJournal,
  },
  ledger: {
    room: 'device-drivers',
    workload: join(import.meta.dirname, 'ledger-workload.ts'),
    database: 'operations.db',
    check: checkLedger,
  },
};

export const sourceOf = (subject: SubjectName): string => join(ROOT, SUBJECTS[subject].room);
