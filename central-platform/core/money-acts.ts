import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { Account } from '@kiosk/domain/account.ts';
import type { CityParameters } from '@kiosk/domain/city.ts';
import type { CalendarDate } from '@kiosk/domain/dates.ts';
import { type ActOf, closingInterest } from './acts.ts';
import type { Depositor, RepaymentOrder, TransferOrder, WithdrawalOrder } from './core-system.ts';
import { cityOf } from './offices.ts';
import { trialOf } from './views.ts';

/** What may be booked today, and as what. Errors of all: E3304 no such account or loan, E3306 it does not allow it. */

/** An account that money may leave or come into. */
function openAccount({ accounts }: Depositor, accountNumber: string): Result<Account> {
  const account = accounts.find((one) => one.accountNumber === accountNumber);
  if (!account) return fail('E3304');
  return account.state === '01' || account.state === '02' ? ok(account) : fail('E3306', `state ${account.state}`);
}

export function withdrawalAct(
  depositor: Depositor,
  order: WithdrawalOrder,
  today: CalendarDate,
  city: CityParameters,
): Result<ActOf<'withdrawal'>> {
  const { reason, closes, accountNumber } = order;
  const found = openAccount(depositor, accountNumber);
  if (!found.ok) return found;
  const account = found.value;
  const free = account.balanceFen - account.frozenFen;
  if (closes && (account.frozenFen > 0 || order.amountFen !== account.balanceFen))
    return fail('E3306', 'not the whole');
  if (order.amountFen <= 0 || order.amountFen > free) return fail('E3306', 'beyond the balance');
  const interestFen = closes ? closingInterest(account, today, city) : 0;
  const amountFen = order.amountFen + interestFen;
  return ok({ kind: 'withdrawal', accountNumber, reason, date: today, amountFen, closes, interestFen });
}

/** Where the fund account pays, the city's least balance stays in it. */
export function repaymentAct(
  depositor: Depositor,
  { loanNumber, amountFen: asked, keep, accountNumber }: RepaymentOrder,
  today: CalendarDate,
  city: CityParameters,
): Result<ActOf<'repayment'>> {
  const loan = depositor.loans.find((one) => one.loanNumber === loanNumber);
  if (!loan) return fail('E3304');
  const trial = trialOf(loan, { amountFen: asked, onDate: today }, city, today);
  if (!trial.ok) return fail('E3306', trial.error.detail);
  const { amountFen, payOffFen } = trial.value;
  if (accountNumber !== null) {
    const account = openAccount(depositor, accountNumber);
    if (!account.ok) return account;
    const { balanceFen, frozenFen } = account.value;
    if (amountFen > balanceFen - frozenFen - city.withdrawal.keepFen) return fail('E3306', 'beyond the balance');
  }
  const all = amountFen === payOffFen;
  return ok({ kind: 'repayment', loanNumber, date: today, amountFen, all, keep, accountNumber });
}

export function transferAct(
  depositor: Depositor,
  { accountNumber, from }: TransferOrder,
  today: CalendarDate,
  city: CityParameters,
): Result<ActOf<'transferIn' | 'merge'>> {
  const into = openAccount(depositor, accountNumber);
  if (!into.ok) return into;
  const common = { accountNumber, date: today };
  if (from.kind === 'centre') {
    return from.amountFen > 0
      ? ok({ kind: 'transferIn', ...common, amountFen: from.amountFen, city: cityOf(from.name) })
      : fail('E3306', 'no amount');
  }
  if (from.accountNumber === accountNumber) return fail('E3306', 'the same account');
  const old = openAccount(depositor, from.accountNumber);
  if (!old.ok) return old;
  if (old.value.frozenFen > 0) return fail('E3306', 'frozen');
  const interestFen = closingInterest(old.value, today, city);
  const amountFen = old.value.balanceFen + interestFen;
  if (amountFen <= 0) return fail('E3306', 'nothing in it');
  return ok({ kind: 'merge', ...common, from: from.accountNumber, amountFen, interestFen });
}
