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
  readonly inFen: Fen;
  readonly outFen: Fen;
  /** After this entry. */
  readonly balanceFen: Fen;
}

/** A person's fund account (个人账户). One person may have several, at several units. */
export interface Account {
  readonly accountNumber: string;
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
