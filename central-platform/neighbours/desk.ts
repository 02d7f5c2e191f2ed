import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { Evidence } from '@kiosk/domain/city.ts';
import { isCalendarDate, shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import { guarded } from '../core/guard.ts';
import type { AuditStore } from '../store/audit-store.ts';
import { NEEDS_CONSENT, type CheckAnswers, type CheckKind, type CheckProvider, type Subject } from './checks.ts';

const DEADLINE_MS = 4_000;

const count = z.number().int().nonnegative();
const SHAPES: { readonly [K in CheckKind]: z.ZodType<CheckAnswers[K]> } = {
  identity: z.object({ matches: z.boolean(), alive: z.boolean() }),
  homes: z.object({ count }),
  credit: z.object({ homeLoans: count, overdue: z.boolean() }),
  marriage: z.object({ married: z.boolean() }),
  work: z.object({ employed: z.boolean(), retiredOn: z.string().refine(isCalendarDate).nullable() }),
};

export interface CheckOrder<K extends CheckKind> {
  readonly kind: K;
  readonly subject: Subject;
  /** Of the case or session the check is for; what the log names. No personal value. */
  readonly reference: string;
  /** The person's consent, by its number; null: none. */
  readonly consentId: string | null;
  /** Who wants to know: a terminal, a channel, a staff member. */
  readonly actor: string;
}

/** Where the platform asks other offices. */
export interface CheckDesk {
  /** Errors: E3403 needs a consent, E3401 not reachable or too slow, E3402 an answer that makes no sense. */
  check<K extends CheckKind>(order: CheckOrder<K>): Promise<Result<CheckAnswers[K]>>;
  /** What the offices' answers say of the evidence a withdrawal wants. What nobody answered is left out: a person decides. */
  evidence(
    wanted: readonly Evidence[],
    order: Omit<CheckOrder<CheckKind>, 'kind'> & {
      /** Offices that the consent names; absent: all. The others are not asked. */
      readonly consents?: readonly CheckKind[] | undefined;
    },
  ): Promise<Readonly<Partial<Record<Evidence, boolean>>>>;
}

export interface CheckDeskParts {
  readonly provider: CheckProvider;
  readonly clock: Clock;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly deadlineMs?: number;
}

export function createCheckDesk({ provider, clock, audit, deadlineMs = DEADLINE_MS }: CheckDeskParts): CheckDesk {
  async function asked<K extends CheckKind>({ kind, subject, consentId }: CheckOrder<K>) {
    if (NEEDS_CONSENT[kind] && consentId === null) return fail('E3403');
    return guarded(
      () => provider.ask(kind, subject),
      (answer) => SHAPES[kind].safeParse(answer).success,
      { unreachable: 'E3401', slow: 'E3401', senseless: 'E3402' },
      { clock, deadlineMs },
    );
  }

  async function check<K extends CheckKind>(order: CheckOrder<K>): Promise<Result<CheckAnswers[K]>> {
    const begun = clock.monotonic();
    const answer = await asked(order);
    await audit.append({
      at: clock.now(),
      actor: order.actor,
      action: `check.${order.kind}`,
      subject: order.reference,
      // That it was asked and whether it was answered; what was answered belongs to the case.
      detail: {
        consentId: order.consentId,
        outcome: answer.ok ? 'answered' : answer.error.code,
        milliseconds: Math.round(clock.monotonic() - begun),
      },
    });
    return answer;
  }

  return {
    check,
    async evidence(wanted, { consents, ...order }) {
      const mayAsk = (kind: CheckKind) => consents === undefined || !NEEDS_CONSENT[kind] || consents.includes(kind);
      const found: Partial<Record<Evidence, boolean>> = {};
      const today = shanghaiDate(clock.now());
      for (const evidence of wanted) {
        if (evidence === 'noHomeHere' && mayAsk('homes')) {
          const homes = await check({ ...order, kind: 'homes' });
          if (homes.ok) found.noHomeHere = homes.value.count === 0;
        } else if ((evidence === 'retirement' || evidence === 'work') && mayAsk('work')) {
          const work = await check({ ...order, kind: 'work' });
          if (!work.ok) continue;
          const { employed, retiredOn } = work.value;
          found[evidence] = evidence === 'work' ? !employed : retiredOn !== null && retiredOn <= today;
        } else if (evidence === 'death') {
          const identity = await check({ ...order, kind: 'identity' });
          if (identity.ok) found.death = identity.value.matches && !identity.value.alive;
        }
      }
      return found;
    },
  };
}
