import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import type { WithdrawalRequest } from '@kiosk/domain/withdrawal.ts';
import type { CheckDesk } from '../../neighbours/desk.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { BookedWithdrawal, CoreSystem } from '../core-system.ts';
import { chosenAccount, factsOf, paidOnLoans } from '../views.ts';
import { deadlineFrom, reviewWithdrawal, type Decision } from './review.ts';

export interface WithdrawalApplication extends WithdrawalRequest {
  /** The request's number, unique for ever: the same one is decided once. */
  readonly requestNumber: string;
  readonly depositorId: string;
  readonly accountNumber?: string | undefined;
  /** The person's consent to inward checks; null: none was given. */
  readonly consentId: string | null;
  /** Terminal, channel or staff member. */
  readonly actor: string;
}

/** The number under which the person asks for it again is the request's own. */
export interface Reviewed {
  readonly caseNumber: string;
  readonly decision: Decision;
  /** Granted by the rules: what the core booked. */
  readonly booked: BookedWithdrawal | null;
}

/** Business that comes in without a counter: decided by rules at once, or a case with a deadline. */
export interface ReviewOffice {
  /** B03-B05. Errors: those of the core; E3305 means the same application is to be sent again. */
  withdrawal(application: WithdrawalApplication): Promise<Result<Reviewed>>;
  /** Kinds of business no rule decides (transfers, early repayments, offsets): accepted, with a deadline. */
  forPerson(application: Pick<WithdrawalApplication, 'requestNumber' | 'actor'>): Promise<Reviewed>;
}

export interface ReviewOfficeParts {
  readonly core: CoreSystem;
  readonly checks: CheckDesk;
  readonly clock: Clock;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly city?: CityParameters;
  readonly isHoliday?: (date: CalendarDate) => boolean;
}

export function createReviewOffice(parts: ReviewOfficeParts): ReviewOffice {
  const { core, checks, clock, audit, city = JIANGZHOU, isHoliday } = parts;
  const today = () => shanghaiDate(clock.now());

  async function noted(caseNumber: string, actor: string, decision: Decision, booked: BookedWithdrawal | null) {
    const detail =
      decision.by === 'rules'
        ? {
            by: 'rules',
            verdict: decision.verdict,
            rules: decision.trace.map(({ rule, outcome }) => `${rule} ${outcome}`),
          }
        : { by: 'person', why: decision.why, deadline: decision.deadline };
    await audit.append({ at: clock.now(), actor, action: 'review.decided', subject: caseNumber, detail });
    return { caseNumber, decision, booked };
  }

  return {
    async withdrawal(application) {
      const { requestNumber: caseNumber, depositorId, accountNumber, consentId, actor } = application;
      const { reason, amountFen, months, costFen } = application;
      const found = await core.get(depositorId);
      if (!found.ok) return found;
      if (!found.value) return fail('E3304');
      const done = await core.withdrawal(depositorId, caseNumber);
      if (!done.ok) return done;
      if (done.value) {
        // Sent again: by its own booking it would now be one too many.
        const { principalFen } = done.value;
        const decision: Decision = { by: 'rules', verdict: 'granted', amountFen: principalFen, trace: [] };
        return ok({ caseNumber, decision, booked: done.value });
      }
      const account = chosenAccount(found.value, accountNumber);
      if (!account.ok) return account;
      const wanted = city.withdrawal.reasons.find(({ code }) => code === reason)?.evidence ?? [];
      const { name, idNumber } = found.value;
      const evidence = await checks.evidence(wanted, {
        subject: { name, idNumber },
        reference: caseNumber,
        consentId,
        actor,
      });
      const ownCost = reason === '06' ? paidOnLoans(found.value, today()) || undefined : undefined;
      const decision = reviewWithdrawal(
        { reason, amountFen, months, costFen: costFen ?? ownCost },
        factsOf(found.value, account.value, today(), evidence),
        city,
        isHoliday,
      );
      if (decision.by === 'person' || decision.verdict === 'refused') {
        return ok(await noted(caseNumber, actor, decision, null));
      }
      const closes = city.withdrawal.reasons.find(({ code }) => code === reason)!.closesAccount;
      const booked = await core.withdraw({
        reference: caseNumber,
        depositorId,
        accountNumber: account.value.accountNumber,
        reason,
        amountFen: decision.amountFen,
        closes,
      });
      return booked.ok ? ok(await noted(caseNumber, actor, decision, booked.value)) : booked;
    },
    async forPerson({ requestNumber, actor }) {
      const deadline = deadlineFrom(today(), city, isHoliday);
      const decision: Decision = { by: 'person', why: ['no-rule'], deadline, amountFen: 0, trace: [] };
      return noted(requestNumber, actor, decision, null);
    },
  };
}
