import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Account, AccountEntry } from '@kiosk/domain/account.ts';
import { interestRules, type CityParameters } from '@kiosk/domain/city.ts';
import { ENTRY_KINDS, WITHDRAWAL_REASONS, isCode } from '@kiosk/domain/code-tables.ts';
import { fundYearOf, fundYearPeriod, type CalendarDate } from '@kiosk/domain/dates.ts';
import { explainInterest } from '@kiosk/domain/interest-lines.ts';
import { z } from 'zod';
import type { Depositor, WithdrawalOrder } from './core-system.ts';

const PayoutCard = z.object({ bankName: z.string(), cardNumber: z.string() });

/** What was done on a depositor since the books were written. In order they lead from there to now. */
export const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), phone: z.string() }),
  z.object({ kind: z.literal('card'), card: PayoutCard }),
  z.object({
    kind: z.literal('withdrawal'),
    accountNumber: z.string(),
    reason: z.string(),
    date: z.string(),
    amountFen: z.number().int().positive(),
    closes: z.boolean(),
    /** Of a closing: interest from 1 July to the day before. */
    interestFen: z.number().int().nonnegative(),
  }),
]);
export type Act = z.infer<typeof Act>;
type Withdrawal = Extract<Act, { kind: 'withdrawal' }>;

export function withActs(depositor: Depositor, acts: readonly Act[]): Depositor {
  return acts.reduce<Depositor>((before, act) => {
    switch (act.kind) {
      case 'phone':
        return { ...before, phone: act.phone };
      case 'card':
        return { ...before, payoutCard: act.card };
      case 'withdrawal': {
        const accounts = before.accounts.map((account) =>
          account.accountNumber === act.accountNumber ? withWithdrawal(account, act) : account,
        );
        return { ...before, accounts };
      }
    }
  }, depositor);
}

/** Entries booked after it (deposits of later months) carry the smaller balance on. */
function withWithdrawal(account: Account, act: Withdrawal): Account {
  const at = account.entries.findLastIndex(({ date }) => date <= act.date) + 1;
  const { date, amountFen, interestFen, closes } = act;
  const reason = isCode(WITHDRAWAL_REASONS, act.reason) ? act.reason : '99';
  const added: Omit<AccountEntry, 'balanceFen'>[] = [];
  if (interestFen > 0) added.push({ date, kind: '09', summary: '销户利息', inFen: interestFen, outFen: 0 });
  const kind = closes ? '12' : '11';
  added.push({ date, kind, summary: ENTRY_KINDS[kind], reason, inFen: 0, outFen: amountFen });
  // A closed account takes nothing any more.
  const after = closes ? [] : account.entries.slice(at);
  let balanceFen = account.entries[at - 1]?.balanceFen ?? 0;
  const follow = (entry: Omit<AccountEntry, 'balanceFen'>): AccountEntry => ({
    ...entry,
    balanceFen: (balanceFen += entry.inFen - entry.outFen),
  });
  const entries = [...account.entries.slice(0, at), ...added.map(follow), ...after.map(follow)];
  return { ...account, entries, balanceFen, ...(closes ? { state: '05' as const } : {}) };
}

/** May this be booked today, and as what? Errors: E3304 no such account, E3306 more than there is, or a state that does not allow it. */
export function withdrawalAct(
  depositor: Depositor,
  order: WithdrawalOrder,
  today: CalendarDate,
  city: CityParameters,
): Result<Withdrawal> {
  const account = depositor.accounts.find(({ accountNumber }) => accountNumber === order.accountNumber);
  if (!account) return fail('E3304');
  if (account.state !== '01' && account.state !== '02') return fail('E3306', `state ${account.state}`);
  const { reason, closes, accountNumber } = order;
  const free = account.balanceFen - account.frozenFen;
  if (closes && (account.frozenFen > 0 || order.amountFen !== account.balanceFen))
    return fail('E3306', 'not the whole');
  if (order.amountFen <= 0 || order.amountFen > free) return fail('E3306', 'beyond the balance');
  const interestFen = closes ? closingInterest(account, today, city) : 0;
  const amountFen = order.amountFen + interestFen;
  return ok({ kind: 'withdrawal', accountNumber, reason, date: today, amountFen, closes, interestFen });
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
