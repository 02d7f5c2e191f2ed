import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import { interestRules, type CityParameters } from '@kiosk/domain/city.ts';
import { ENTRY_KINDS, WITHDRAWAL_REASONS, isCode, type AccountState } from '@kiosk/domain/code-tables.ts';
import { fundYearOf, fundYearPeriod, type CalendarDate } from '@kiosk/domain/dates.ts';
import { explainInterest } from '@kiosk/domain/interest-lines.ts';
import { bookLoan, type LoanEvent } from '@kiosk/domain/loan-book.ts';
import { z } from 'zod';
import type { Booked } from './books.ts';
import type { Depositor } from './core-system.ts';

const PayoutCard = z.object({ bankName: z.string(), cardNumber: z.string() });
const Amount = z.number().int().positive();

/** What was done on a depositor since the books were written. In order they lead from there to now. */
export const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), phone: z.string() }),
  z.object({ kind: z.literal('card'), card: PayoutCard }),
  z.object({
    kind: z.literal('withdrawal'),
    accountNumber: z.string(),
    reason: z.string(),
    date: z.string(),
    amountFen: Amount,
    closes: z.boolean(),
    /** Of a closing: interest from 1 July to the day before. */
    interestFen: z.number().int().nonnegative(),
  }),
  z.object({
    kind: z.literal('repayment'),
    loanNumber: z.string(),
    date: z.string(),
    amountFen: Amount,
    /** Everything that was owed. */
    all: z.boolean(),
    keep: z.enum(['term', 'payment']),
    /** The fund account that paid. */
    accountNumber: z.string().nullable(),
  }),
  /** From another city's centre. */
  z.object({
    kind: z.literal('transferIn'),
    accountNumber: z.string(),
    date: z.string(),
    amountFen: Amount,
    city: z.string(),
  }),
  /** The whole of another account of the person with its interest, which ends by it. */
  z.object({
    kind: z.literal('merge'),
    accountNumber: z.string(),
    from: z.string(),
    date: z.string(),
    amountFen: Amount,
    interestFen: z.number().int().nonnegative(),
  }),
]);
export type Act = z.infer<typeof Act>;
export type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>;

/** Whoever it is, as of now. Loans are booked once more with what was repaid early, up to `today`. */
export function withActs(
  { depositor, plans }: Booked,
  acts: readonly Act[],
  city: CityParameters,
  today: CalendarDate,
) {
  const now = acts.reduce(withAct, depositor);
  const repaid = Map.groupBy(
    acts.filter((act) => act.kind === 'repayment'),
    ({ loanNumber }) => loanNumber,
  );
  if (repaid.size === 0) return now;
  const loans = now.loans.map((loan) => {
    const plan = plans.find(({ loanNumber }) => loanNumber === loan.loanNumber);
    const events = repaid.get(loan.loanNumber)?.map(eventOf) ?? [];
    return plan && events.length > 0 ? bookLoan({ ...plan, events: [...plan.events, ...events] }, city, today) : loan;
  });
  return { ...now, loans };
}

const eventOf = ({ date, amountFen, all, keep, accountNumber }: ActOf<'repayment'>): LoanEvent => ({
  kind: 'early',
  date,
  amountFen: all ? 'all' : amountFen,
  keep,
  ...(accountNumber === null ? {} : { by: 'fund' }),
});

function withAct(before: Depositor, act: Act): Depositor {
  const on = (accountNumber: string | null, booked: (account: Account) => Account): Depositor => ({
    ...before,
    accounts: before.accounts.map((account) => (account.accountNumber === accountNumber ? booked(account) : account)),
  });
  switch (act.kind) {
    case 'phone':
      return { ...before, phone: act.phone };
    case 'card':
      return { ...before, payoutCard: act.card };
    case 'withdrawal': {
      const { accountNumber, date, amountFen, interestFen, closes } = act;
      const reason = isCode(WITHDRAWAL_REASONS, act.reason) ? act.reason : '99';
      const out = { ...entry(date, closes ? '12' : '11', 0, amountFen), reason };
      return on(accountNumber, (account) =>
        booked(account, [...interest(date, interestFen), out], closes ? '05' : null),
      );
    }
    case 'repayment': {
      const { accountNumber, date, amountFen } = act;
      return on(accountNumber, (account) =>
        booked(account, [{ ...entry(date, '11', 0, amountFen), reason: '06' }], null),
      );
    }
    case 'transferIn': {
      const { accountNumber, date, amountFen, city } = act;
      const come = { ...entry(date, '08', amountFen, 0), city };
      return on(accountNumber, (account) => booked(account, [come], null));
    }
    case 'merge': {
      const { accountNumber, from, date, amountFen, interestFen } = act;
      const out = [...interest(date, interestFen), entry(date, '06', 0, amountFen)];
      const accounts = before.accounts.map((account) => {
        if (account.accountNumber === from) return booked(account, out, '03');
        return account.accountNumber === accountNumber
          ? booked(account, [entry(date, '06', amountFen, 0)], null)
          : account;
      });
      return { ...before, accounts };
    }
  }
}

type Entry = Omit<AccountEntry, 'balanceFen'>;

const entry = (date: CalendarDate, kind: AccountEntry['kind'], inFen: number, outFen: number): Entry => ({
  ...{ date, kind, summary: ENTRY_KINDS[kind], inFen, outFen },
});
const interest = (date: CalendarDate, interestFen: number): Entry[] =>
  interestFen > 0 ? [{ ...entry(date, '09', interestFen, 0), summary: '销户利息' }] : [];

/** Entries booked after it (deposits of later months) carry the changed balance on. `ends`: the state of an account that takes nothing any more. */
function booked(account: Account, added: readonly Entry[], ends: AccountState | null): Account {
  const { date } = added[0]!;
  const at = account.entries.findLastIndex((one) => one.date <= date) + 1;
  const after = ends === null ? account.entries.slice(at) : [];
  let balanceFen = account.entries[at - 1]?.balanceFen ?? 0;
  const follow = (one: Entry): AccountEntry => ({ ...one, balanceFen: (balanceFen += one.inFen - one.outFen) });
  const entries = [...account.entries.slice(0, at), ...added.map(follow), ...after.map(follow)];
  return { ...account, entries, balanceFen, ...(ends === null ? {} : { state: ends }) };
}

/** 销户利息: what the balance of this fund year has borne up to the day before. */
export function closingInterest(account: Account, today: CalendarDate, city: CityParameters): number {
  const fundYear = fundYearOf(today);
  const { from } = fundYearPeriod(fundYear);
  const openingFen = account.entries.findLast(({ date }) => date < from)?.balanceFen ?? 0;
  const changes = account.entries
    .filter(({ date }) => from <= date && date <= today)
    .map(({ date, inFen, outFen }) => ({ date, amountFen: inFen - outFen }));
  return explainInterest(fundYear, openingFen, changes, interestRules(city), today).interestFen;
}
