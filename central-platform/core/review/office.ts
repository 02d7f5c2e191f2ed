import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { JIANGZHOU, type CityParameters, type Evidence } from '@kiosk/domain/city.ts';
import { shanghaiDate, type CalendarDate } from '@kiosk/domain/dates.ts';
import type { WithdrawalRequest } from '@kiosk/domain/withdrawal.ts';
import type { CheckKind } from '../../neighbours/checks.ts';
import type { CheckDesk } from '../../neighbours/desk.ts';
import type { AuditStore } from '../../store/audit-store.ts';
import type { BookedWithdrawal, CoreSystem, WithdrawalOrder } from '../core-system.ts';
import { chosenAccount, factsOf, paidOnLoans } from '../views.ts';
import { deadlineFrom, reviewWithdrawal, type Decision } from './review.ts';

export interface WithdrawalApplication extends WithdrawalRequest {
  /** The request's number, unique for ever: the same one is decided once. */
  readonly requestNumber: string;
  readonly depositorId: string;
  readonly accountNumber?: string | undefined;
  /** The person's consent to inward checks; null: none was given. */
  readonly consentId: string | null;
  /** Offices that the consent names; absent: all of them. */
  readonly consents?: readonly CheckKind[] | undefined;
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

/** What the rules say, and what would have to be booked for it. Nothing is changed yet. */
export interface Assessed {
  readonly decision: Decision;
  /** Absent: nothing may be booked. */
  readonly order?: WithdrawalOrder;
}

/** What somebody of the staff has found out. */
export interface Found {
  readonly evidence: Readonly<Partial<Record<Evidence, boolean>>>;
}

/** Business that comes in without a counter: decided by rules at once, or a case with a deadline. */
export interface ReviewOffice {
  /** B03-B05. Errors: those of the core; E3305 means the same application is to be sent again. */
  withdrawal(application: WithdrawalApplication): Promise<Result<Reviewed>>;
  /**
   * The first half of it: asks the offices and the rules. `found`: by a person of the staff, who may also go beyond the amount that
   * rules decide. Errors: those of the core.
   */
  assess(application: WithdrawalApplication, found?: Found): Promise<Result<Assessed>>;
  /** The second half. Errors: E3305 nobody knows, E3306. */
  book(order: WithdrawalOrder): Promise<Result<BookedWithdrawal>>;
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

  async function assess(application: WithdrawalApplication, found?: Found): Promise<Result<Assessed>> {
    const { requestNumber: reference, depositorId, accountNumber, consentId, consents, actor } = application;
    const { reason, amountFen, months, costFen } = application;
    const known = await core.get(depositorId);
    if (!known.ok) return known;
    const depositor = known.value;
    if (!depositor) return fail('E3304');
    const account = chosenAccount(depositor, accountNumber);
    if (!account.ok) return account;
    const rule = city.withdrawal.reasons.find(({ code }) => code === reason);
    const { name, idNumber } = depositor;
    const wanted = (rule?.evidence ?? []).filter((evidence) => found?.evidence[evidence] === undefined);
    const told = await checks.evidence(wanted, { subject: { name, idNumber }, reference, consentId, consents, actor });
    const ownCost = reason === '06' ? paidOnLoans(depositor, today()) || undefined : undefined;
    const decision = reviewWithdrawal(
      { reason, amountFen, months, costFen: costFen ?? ownCost },
      factsOf(depositor, account.value, today(), { ...told, ...found?.evidence }),
      found ? { ...city, review: { ...city.review, automaticLimitFen: Number.MAX_SAFE_INTEGER } } : city,
      isHoliday,
    );
    if (decision.by === 'person' || decision.verdict === 'refused' || !rule) return ok({ decision });
    const { accountNumber: from } = account.value;
    const { amountFen: granted } = decision;
    const order = {
      reference,
      depositorId,
      accountNumber: from,
      reason,
      amountFen: granted,
      closes: rule.closesAccount,
    };
    return ok({ decision, order });
  }

  return {
    assess,
    book: (order) => core.withdraw(order),
    async withdrawal(application) {
      const { requestNumber: caseNumber, depositorId, actor } = application;
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
      const assessed = await assess(application);
      if (!assessed.ok) return assessed;
      const { decision, order } = assessed.value;
      if (!order) return ok(await noted(caseNumber, actor, decision, null));
      const booked = await core.withdraw(order);
      return booked.ok ? ok(await noted(caseNumber, actor, decision, booked.value)) : booked;
    },
    async forPerson({ requestNumber, actor }) {
      const deadline = deadlineFrom(today(), city, isHoliday);
      const decision: Decision = { by: 'person', why: ['no-rule'], deadline, amountFen: 0, trace: [] };
      return noted(requestNumber, actor, decision, null);
    },
  };
}
