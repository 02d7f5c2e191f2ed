import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { CalendarDate } from '@kiosk/domain/dates.ts';

/** About whom is asked. Leaves the centre only to the office that already has the person. */
export interface Subject {
  readonly name: string;
  readonly idNumber: string;
}

/** What each office answers. Only what a decision needs: no addresses, no lists. */
export interface CheckAnswers {
  /** 公安: name and number belong together; the person lives. */
  readonly identity: { readonly matches: boolean; readonly alive: boolean };
  /** 不动产: homes in this city. */
  readonly homes: { readonly count: number };
  /** 征信: home loans elsewhere, and whether one is overdue. */
  readonly credit: { readonly homeLoans: number; readonly overdue: boolean };
  /** 民政. */
  readonly marriage: { readonly married: boolean };
  /** 社保: retired since, or working now. */
  readonly work: { readonly employed: boolean; readonly retiredOn: CalendarDate | null };
}
export type CheckKind = keyof CheckAnswers;

/** What may be asked of whom without the person's consent: only that somebody is who they say. */
export const NEEDS_CONSENT: Readonly<Record<CheckKind, boolean>> = {
  identity: false,
  homes: true,
  credit: true,
  marriage: true,
  work: true,
};

/** The offices a city exchanges data with. A city writes an adapter for each line it has; it may throw, be late, or answer nonsense. */
export interface CheckProvider {
  ask<K extends CheckKind>(kind: K, subject: Subject): Promise<Result<CheckAnswers[K]>>;
}
