import { type Result, ok } from '@kiosk/contract/kernel/result.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { LOAN_ENTRY_KINDS, ENTRY_KINDS, isCode } from '@kiosk/domain/code-tables.ts';
import { JIANGZHOU, type CityParameters } from '@kiosk/domain/city.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { totalInterest } from '@kiosk/domain/loan-schedule.ts';
import { EVIDENCE_WORDS } from '@kiosk/domain/withdrawal-words.ts';
import type { PlatformHandlers } from '../gateway/handlers.ts';
import type { Terminal } from '../store/store.ts';
import type { CoreSystem, Depositor } from './core-system.ts';
import {
  accountsOf,
  chosenAccount,
  chosenLoan,
  historyOf,
  interestOf,
  loansOf,
  trialOf,
  withdrawalCheckOf,
} from './views.ts';

type CoreRoutes =
  | 'accounts'
  | 'history'
  | 'interest'
  | 'loans'
  | 'loanPlan'
  | 'loanHistory'
  | 'earlyRepaymentTrial'
  | 'withdrawalReasons'
  | 'withdrawalCheck';

export interface CoreHandlerParts {
  readonly clock: Clock;
  readonly core: CoreSystem;
  readonly city?: CityParameters;
  /** Who stands behind an identity token. */
  depositor(terminalId: string, identityToken: string): Promise<Result<Depositor>>;
}

const BEGINNING = '1990-01-01';

/** What terminals ask about accounts and loans beyond the overview. */
export function coreHandlers({
  clock,
  core,
  city = JIANGZHOU,
  depositor,
}: CoreHandlerParts): Pick<PlatformHandlers, CoreRoutes> {
  const today = () => shanghaiDate(clock.now());

  /** For a person who is there. */
  async function of<T>(
    { terminalId }: Terminal,
    { identityToken }: { readonly identityToken: string },
    answer: (person: Depositor) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> {
    const person = await depositor(terminalId, identityToken);
    return person.ok ? answer(person.value) : person;
  }

  return {
    accounts: (terminal, request) => of(terminal, request, (person) => ok(accountsOf(person))),
    history: (terminal, request) =>
      of(terminal, request, async (person) => {
        const account = chosenAccount(person, request.accountNumber);
        if (!account.ok) return account;
        const { from = BEGINNING, to = today(), kinds = [], order, offset, limit } = request;
        const known = kinds.filter((kind) => isCode(ENTRY_KINDS, kind));
        // Kinds that nobody has find nothing, and not everything.
        const none = kinds.length > 0 && known.length === 0;
        const query = { period: { from, to: none ? BEGINNING : to }, kinds: known, order, offset, limit };
        const page = await core.history(person.depositorId, account.value.accountNumber, query);
        return page.ok ? ok(historyOf(page.value)) : page;
      }),
    interest: (terminal, request) =>
      of(terminal, request, (person) => {
        const account = chosenAccount(person, request.accountNumber);
        return account.ok ? ok(interestOf(account.value, request.fundYear, city, today())) : account;
      }),
    loans: (terminal, request) => of(terminal, request, (person) => ok(loansOf(person, clock.now()))),
    loanPlan: (terminal, request) =>
      of(terminal, request, (person) => {
        const loan = chosenLoan(person, request.loanNumber);
        if (!loan.ok) return loan;
        return ok({ lines: [...loan.value.plan], interestFen: totalInterest(loan.value.plan) });
      }),
    loanHistory: (terminal, request) =>
      of(terminal, request, (person) => {
        const loan = chosenLoan(person, request.loanNumber);
        if (!loan.ok) return loan;
        return ok({
          entries: loan.value.entries.map((entry) => ({ ...entry, kindName: LOAN_ENTRY_KINDS[entry.kind] })),
        });
      }),
    earlyRepaymentTrial: (terminal, request) =>
      of(terminal, request, (person) => {
        const loan = chosenLoan(person, request.loanNumber);
        return loan.ok ? trialOf(loan.value, request, city, today()) : loan;
      }),
    withdrawalReasons: (terminal, request) =>
      of(terminal, request, () =>
        ok({
          reasons: city.withdrawal.reasons
            .filter(({ open }) => open)
            .map(({ code, name, closesAccount, evidence, monthlyLimitFen, limitedByCost }) => ({
              code,
              name,
              closesAccount,
              evidence: evidence.map((kind) => ({ kind, name: EVIDENCE_WORDS[kind] })),
              asksMonths: monthlyLimitFen !== null,
              asksCost: limitedByCost,
            })),
        }),
      ),
    withdrawalCheck: (terminal, request) =>
      of(terminal, request, (person) => {
        const account = chosenAccount(person, request.accountNumber);
        return account.ok ? ok(withdrawalCheckOf(person, account.value, request, city, today())) : account;
      }),
  };
}
