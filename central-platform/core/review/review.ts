import type { CityParameters } from '@kiosk/domain/city.ts';
import { addDays, type CalendarDate } from '@kiosk/domain/dates.ts';
import {
  assessWithdrawal,
  type RuleStep,
  type WithdrawalFacts,
  type WithdrawalRequest,
} from '@kiosk/domain/withdrawal.ts';

/**
 * What rules decide. decided: at once, yes or no, with the rules that led there. person: somebody has to look, within the
 * deadline, and for these reasons.
 */
export type Decision =
  | {
      readonly by: 'rules';
      readonly verdict: 'granted' | 'refused';
      readonly amountFen: number;
      readonly trace: readonly RuleStep[];
    }
  | {
      readonly by: 'person';
      readonly why: readonly ('open-rules' | 'above-limit' | 'no-rule')[];
      readonly deadline: CalendarDate;
      /** What could be granted once what is open is answered. */
      readonly amountFen: number;
      readonly trace: readonly RuleStep[];
    };

/** Article 25: a withdrawal is decided within three days of acceptance; days and their kind are the city's parameters. */
export function deadlineFrom(
  accepted: CalendarDate,
  { review }: CityParameters,
  isHoliday: (date: CalendarDate) => boolean = isWeekend,
): CalendarDate {
  if (!review.workingDays) return addDays(accepted, review.decisionDays);
  let date = accepted;
  for (let left = review.decisionDays; left > 0;) {
    date = addDays(date, 1);
    if (!isHoliday(date)) left--;
  }
  return date;
}

/** Saturday and Sunday; a centre gives its own calendar, with holidays and days that are made up for. */
export function isWeekend(date: CalendarDate): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 || day === 6;
}

/** A withdrawal: refused or granted by the rules where nothing is open and the amount is within the limit, otherwise for a person. */
export function reviewWithdrawal(
  request: WithdrawalRequest,
  facts: WithdrawalFacts,
  city: CityParameters,
  isHoliday?: (date: CalendarDate) => boolean,
): Decision {
  const { outcome, amountFen, trace } = assessWithdrawal(request, facts, city);
  if (outcome === 'refused') return { by: 'rules', verdict: 'refused', amountFen: 0, trace };
  const why: Extract<Decision, { by: 'person' }>['why'][number][] = [];
  if (outcome === 'open') why.push('open-rules');
  if (amountFen > city.review.automaticLimitFen) why.push('above-limit');
  if (why.length === 0) return { by: 'rules', verdict: 'granted', amountFen, trace };
  return { by: 'person', why, deadline: deadlineFrom(facts.today, city, isHoliday), amountFen, trace };
}
