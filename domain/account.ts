import type { AccountState, EntryKind, WithdrawalReason } from './code-tables.ts';
import { INTEREST_ENTRY } from './code-tables.ts';
import type { CalendarDate, CalendarMonth, Period } from './dates.ts';
import type { Fen, Rate } from './money.ts';

/** One entry of a person's account (个人业务明细). Exactly one of `inFen` and `outFen` is above zero. */
export interface AccountEntry {
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  /** The word on the statement, from the centre. */
  readonly summary: string;
  /** The month a deposit is for (汇补缴年月). */
  readonly depositMonth?: CalendarMonth;
  readonly reason?: WithdrawalReason;
  /** 经办机构: where it was booked, in a few words; absent where the core does not say. */
  readonly office?: string;
  /** Of 外部转入 and 外部转出: the other city. */
  readonly city?: string;
  readonly inFen: Fen;
  readonly outFen: Fen;
  /** After this entry. */
  readonly balanceFen: Fen;
}

/** What is paid in: the fund itself, a subsidy each month or once, a supplement. A person may have one account of each, and several. */
export const ACCOUNT_KINDS = {
  general: { zh: '住房公积金', en: 'Housing provident fund' },
  monthlySubsidy: { zh: '按月住房补贴', en: 'Monthly housing subsidy' },
  onceSubsidy: { zh: '一次性住房补贴', en: 'One-off housing subsidy' },
  supplementary: { zh: '补充住房公积金', en: 'Supplementary fund' },
} as const;
export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** A person's fund account (个人账户). One person may have several, at several units. */
export interface Account {
  readonly accountNumber: string;
  readonly kind: AccountKind;
  readonly unitName: string;
  readonly unitAccount: string;
  readonly state: AccountState;
  readonly openedOn: CalendarDate;
  /** 缴存基数. */
  readonly contributionBaseFen: Fen;
  readonly unitRatio: Rate;
  readonly personRatio: Rate;
  readonly unitMonthlyFen: Fen;
  readonly personMonthlyFen: Fen;
  /** 缴至年月; absent before the first deposit. */
  readonly paidToMonth?: CalendarMonth;
  readonly balanceFen: Fen;
  /** Of the balance, what a court or another office holds. An account in state 06 is frozen whole. */
  readonly frozenFen: Fen;
  /** 封存 since; null: not sealed. */
  readonly sealedSince: CalendarDate | null;
  /** In order of booking. */
  readonly entries: readonly AccountEntry[];
}

/** What a statement says about a period. Always openingFen + totalInFen − totalOutFen = closingFen. */
export interface PeriodSummary {
  readonly openingFen: Fen;
  readonly totalInFen: Fen;
  readonly totalOutFen: Fen;
  /** The part of totalInFen that is interest. */
  readonly interestFen: Fen;
  readonly closingFen: Fen;
  readonly entries: readonly AccountEntry[];
}

/** Cuts a period out of an account. A period before the first entry opens and closes at zero. */
export function summarisePeriod(entries: readonly AccountEntry[], period: Period): PeriodSummary {
  const inside = entries.filter((entry) => period.from <= entry.date && entry.date <= period.to);
  const openingFen = entries.findLast((entry) => entry.date < period.from)?.balanceFen ?? 0;
  const total = (pick: (entry: AccountEntry) => Fen) => inside.reduce((sum, entry) => sum + pick(entry), 0);
  return {
    openingFen,
    totalInFen: total((entry) => entry.inFen),
    totalOutFen: total((entry) => entry.outFen),
    interestFen: total((entry) => (entry.kind === INTEREST_ENTRY ? entry.inFen : 0)),
    closingFen: inside.at(-1)?.balanceFen ?? openingFen,
    entries: inside,
  };
}
