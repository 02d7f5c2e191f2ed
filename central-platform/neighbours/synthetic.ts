import { createHash } from 'node:crypto';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { ok, type Result } from '@kiosk/contract/kernel/result.ts';
import { nameForComparison } from '@kiosk/domain/names.ts';
import { faultSwitch, type FaultSwitch } from '../core/fault-switch.ts';
import type { CheckAnswers, CheckKind, CheckProvider, Subject } from './checks.ts';

/** Offices of a city that does not exist: the same answer for the same person, and every fault a line can have. */
export interface SyntheticOffices extends CheckProvider {
  /** Of one office; each has a line of its own. */
  readonly faults: Readonly<Record<CheckKind, FaultSwitch>>;
  /** How often each was asked. */
  readonly asked: Readonly<Record<CheckKind, number>>;
}

type Facts = { readonly [K in CheckKind]?: Partial<CheckAnswers[K]> };

/** `known` overrides what follows from the number, by ID number. `names`: who a number belongs to; a number that is not in it belongs to whoever says so. */
export function syntheticOffices(
  clock: Clock,
  known: ReadonlyMap<string, Facts> = new Map(),
  names: ReadonlyMap<string, string> = new Map(),
): SyntheticOffices {
  const kinds = ['identity', 'homes', 'credit', 'marriage', 'work'] as const;
  const faults = Object.fromEntries(kinds.map((kind) => [kind, faultSwitch(clock)])) as Record<CheckKind, FaultSwitch>;
  const asked = { identity: 0, homes: 0, credit: 0, marriage: 0, work: 0 };

  function answers(subject: Subject): CheckAnswers {
    const facts = known.get(subject.idNumber) ?? {};
    const [a = 0, b = 0, c = 0, d = 0] = createHash('sha256').update(subject.idNumber).digest();
    const owner = names.get(subject.idNumber);
    const matches = owner === undefined || nameForComparison(owner) === nameForComparison(subject.name);
    const born = Number(subject.idNumber.slice(6, 10));
    const retiredOn = born > 1900 && born <= 1965 ? `${born + 60}-07-01` : null;
    return {
      identity: { matches, alive: true, ...facts.identity },
      homes: { count: a < 90 ? 1 : 0, ...facts.homes },
      credit: { homeLoans: b < 40 ? 1 : 0, overdue: b < 4, ...facts.credit },
      marriage: { married: c < 150, ...facts.marriage },
      work: { employed: retiredOn === null && d < 230, retiredOn, ...facts.work },
    };
  }

  return {
    faults,
    asked,
    async ask<K extends CheckKind>(kind: K, subject: Subject): Promise<Result<CheckAnswers[K]>> {
      return faults[kind].run(
        async () => {
          asked[kind]++;
          return ok(answers(subject)[kind]);
        },
        () => ok({ status: 'OK', data: '<html>' }),
      );
    },
  };
}
