import type { z } from 'zod';
import type { Deadline } from './contract/common.ts';

type Deadline_ = z.infer<typeof Deadline>;
const DAY_MS = 86_400_000;
/** The last quarter of the time, and at least the last four hours. */
const SOON_MS = 4 * 3_600_000;

/** Days in which each kind is answered; a city sets its own (config.consoleListener.deadlineDays). */
export type DeadlineDays = Readonly<
  Record<'consult' | 'suggest' | 'complain' | 'followUp' | 'help' | 'case' | 'anomaly' | 'change', number>
>;

export const dueAt = (from: number, days: number): number => from + days * DAY_MS;

export function deadlineOf(openedAt: number, due: number, doneAt: number | null, now: number): Deadline_ {
  if (doneAt !== null) return { dueAt: due, state: doneAt <= due ? 'done' : 'doneLate' };
  if (now > due) return { dueAt: due, state: 'overdue' };
  return { dueAt: due, state: due - now <= Math.max(SOON_MS, (due - openedAt) / 4) ? 'soon' : 'inTime' };
}
