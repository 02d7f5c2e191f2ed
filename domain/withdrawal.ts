import type { AccountState } from './code-tables.ts';
import type { CityParameters, Evidence, ReasonRule } from './city.ts';
import { addMonthsToDate, monthOf, monthsBetween, type CalendarDate, type CalendarMonth } from './dates.ts';
import type { Fen } from './money.ts';

/** What is asked for. */
export interface WithdrawalRequest {
  /** A code of the city's table. */
  readonly reason: string;
  /** Absent: as much as may be had. */
  readonly amountFen?: Fen | undefined;
  /** Months of rent or fee asked for. */
  readonly months?: number | undefined;
  /** What was paid: the price, the instalments, the bill. */
  readonly costFen?: Fen | undefined;
}

/** What the core knows, and what others have answered. */
export interface WithdrawalFacts {
  readonly today: CalendarDate;
  readonly state: AccountState;
  readonly balanceFen: Fen;
  /** 封存 since; null: not sealed. */
  readonly sealedSince: CalendarDate | null;
  /** A part of the account that is frozen by a court or another office. */
  readonly frozenFen: Fen;
  readonly firstDepositMonth: CalendarMonth | null;
  readonly past: readonly { readonly date: CalendarDate; readonly reason: string; readonly amountFen: Fen }[];
  /** By kind of evidence; absent: nobody has been asked, or nobody knew. */
  readonly evidence: Readonly<Partial<Record<Evidence, boolean>>>;
}

export type WithdrawalRule =
  | 'reason'
  | 'state'
  | 'sealed'
  | 'deposits'
  | 'frequency'
  | 'evidence'
  | 'balance'
  | 'frozen'
  | 'keep'
  | 'months'
  | 'yearly'
  | 'cost'
  | 'asked';

/** One rule and what it said. Amounts are fen, `from` is the first day on which it would say something else. */
export interface RuleStep {
  readonly rule: WithdrawalRule;
  /** unknown: a fact is missing, so that a person or another office has to answer. */
  readonly outcome: 'passed' | 'limits' | 'failed' | 'unknown';
  /** What remains possible after this rule. */
  readonly atMostFen?: Fen;
  readonly evidence?: Evidence;
  /** What it was measured against: months, a date, an amount. */
  readonly limit?: number | string;
  readonly found?: number | string;
  /** What would change it: the day from which, or the evidence that is missing. */
  readonly change?: {
    readonly from?: CalendarDate;
    readonly evidence?: Evidence;
    readonly needs?: 'months' | 'cost' | 'other-reason';
  };
}

export interface WithdrawalAssessment {
  /** open: the rules cannot say, because something is unknown. */
  readonly outcome: 'possible' | 'refused' | 'open';
  /** What may be had, or could be had once what is open is answered; 0 when refused. */
  readonly amountFen: Fen;
  readonly closesAccount: boolean;
  /** In the order in which the rules were asked; the first that failed is the last one. */
  readonly trace: readonly RuleStep[];
}

const OPEN_STATES: readonly AccountState[] = ['01', '02', '99'];
const MONTHS_PER = { month: 1, quarter: 3, year: 12 } as const;

/** Asks the city's rules in order: may this be withdrawn, how much, why, and what would change it. */
export function assessWithdrawal(
  request: WithdrawalRequest,
  facts: WithdrawalFacts,
  city: CityParameters,
): WithdrawalAssessment {
  const rule = city.withdrawal.reasons.find(({ code, open }) => code === request.reason && open);
  if (!rule) {
    const step: RuleStep = {
      rule: 'reason',
      outcome: 'failed',
      found: request.reason,
      change: { needs: 'other-reason' },
    };
    return { outcome: 'refused', amountFen: 0, closesAccount: false, trace: [step] };
  }
  const trace: RuleStep[] = [{ rule: 'reason', outcome: 'passed', found: rule.code }];
  for (const step of mayAtAll(rule, facts)) {
    trace.push(step);
    if (step.outcome === 'failed')
      return { outcome: 'refused', amountFen: 0, closesAccount: rule.closesAccount, trace };
  }
  let amountFen = facts.balanceFen;
  for (const step of howMuch(rule, request, facts, city)) {
    if (step.atMostFen === undefined || step.atMostFen >= amountFen) {
      trace.push({ ...step, outcome: step.outcome === 'limits' ? 'passed' : step.outcome, atMostFen: amountFen });
      continue;
    }
    amountFen = Math.max(0, step.atMostFen);
    trace.push({ ...step, atMostFen: amountFen, outcome: amountFen === 0 ? 'failed' : 'limits' });
    if (amountFen === 0) return { outcome: 'refused', amountFen, closesAccount: rule.closesAccount, trace };
  }
  if (amountFen === 0) {
    trace.push({ rule: 'balance', outcome: 'failed', atMostFen: 0 });
    return { outcome: 'refused', amountFen, closesAccount: rule.closesAccount, trace };
  }
  const open = trace.some(({ outcome }) => outcome === 'unknown');
  return { outcome: open ? 'open' : 'possible', amountFen, closesAccount: rule.closesAccount, trace };
}

function* mayAtAll(rule: ReasonRule, facts: WithdrawalFacts): Iterable<RuleStep> {
  const { state, today, sealedSince, firstDepositMonth } = facts;
  const open = OPEN_STATES.includes(state) && (rule.whileSealed || state !== '02');
  yield { rule: 'state', outcome: open ? 'passed' : 'failed', found: state };

  if (rule.sealedMonths > 0) {
    const from = sealedSince === null ? undefined : addMonthsToDate(sealedSince, rule.sealedMonths);
    const passed = from !== undefined && from <= today;
    yield {
      rule: 'sealed',
      outcome: passed ? 'passed' : 'failed',
      limit: rule.sealedMonths,
      ...(from === undefined ? {} : { found: sealedSince!, ...(passed ? {} : { change: { from } }) }),
    };
  }
  if (rule.depositMonths > 0) {
    const found = firstDepositMonth === null ? 0 : monthsBetween(firstDepositMonth, monthOf(today)) + 1;
    const passed = found >= rule.depositMonths;
    const from =
      firstDepositMonth === null ? undefined : addMonthsToDate(`${firstDepositMonth}-01`, rule.depositMonths - 1);
    yield {
      rule: 'deposits',
      outcome: passed ? 'passed' : 'failed',
      limit: rule.depositMonths,
      found,
      ...(passed || from === undefined ? {} : { change: { from } }),
    };
  }
  if (rule.oncePer !== null) yield frequency(rule, rule.oncePer, facts);
  for (const evidence of rule.evidence) {
    const known = facts.evidence[evidence];
    const outcome = known === undefined ? 'unknown' : known ? 'passed' : 'failed';
    yield { rule: 'evidence', outcome, evidence, ...(known === true ? {} : { change: { evidence } }) };
  }
}

function frequency(rule: ReasonRule, per: NonNullable<ReasonRule['oncePer']>, facts: WithdrawalFacts): RuleStep {
  const last = facts.past.filter(({ reason }) => reason === rule.code).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  if (!last) return { rule: 'frequency', outcome: 'passed', limit: per };
  if (per === 'ever') return { rule: 'frequency', outcome: 'failed', limit: per, found: last.date };
  const from = addMonthsToDate(last.date, MONTHS_PER[per]);
  const passed = from <= facts.today;
  return {
    rule: 'frequency',
    outcome: passed ? 'passed' : 'failed',
    limit: per,
    found: last.date,
    ...(passed ? {} : { change: { from } }),
  };
}

function* howMuch(
  rule: ReasonRule,
  request: WithdrawalRequest,
  facts: WithdrawalFacts,
  city: CityParameters,
): Iterable<RuleStep> {
  yield { rule: 'balance', outcome: 'passed', found: facts.balanceFen };
  const free = facts.balanceFen - facts.frozenFen;
  if (facts.frozenFen > 0) {
    // An account cannot end while another office holds a part of it.
    const atMostFen = rule.closesAccount ? 0 : free;
    yield { rule: 'frozen', outcome: 'limits', atMostFen, limit: facts.frozenFen };
  }
  const { keepFen } = city.withdrawal;
  if (!rule.closesAccount && keepFen > 0) {
    yield { rule: 'keep', outcome: 'limits', atMostFen: free - keepFen, limit: keepFen };
  }
  if (rule.monthlyLimitFen !== null) {
    const most = rule.monthsAtOnce ?? Infinity;
    yield request.months === undefined
      ? { rule: 'months', outcome: 'unknown', limit: rule.monthlyLimitFen, change: { needs: 'months' } }
      : {
          rule: 'months',
          outcome: 'limits',
          atMostFen: rule.monthlyLimitFen * Math.min(Math.max(0, request.months), most),
          limit: rule.monthlyLimitFen,
          found: request.months,
        };
  }
  if (rule.yearlyLimitFen !== null) {
    const year = facts.today.slice(0, 4);
    const had = facts.past
      .filter(({ reason, date }) => reason === rule.code && date.startsWith(year))
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    yield {
      rule: 'yearly',
      outcome: 'limits',
      atMostFen: rule.yearlyLimitFen - had,
      limit: rule.yearlyLimitFen,
      found: had,
      ...(had >= rule.yearlyLimitFen ? { change: { from: `${Number(year) + 1}-01-01` } } : {}),
    };
  }
  if (rule.limitedByCost) {
    yield request.costFen === undefined
      ? { rule: 'cost', outcome: 'unknown', change: { needs: 'cost' } }
      : { rule: 'cost', outcome: 'limits', atMostFen: request.costFen, limit: request.costFen };
  }
  if (request.amountFen !== undefined && !rule.closesAccount) {
    yield { rule: 'asked', outcome: 'limits', atMostFen: request.amountFen, limit: request.amountFen };
  }
}
