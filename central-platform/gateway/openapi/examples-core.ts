import { JIANGZHOU } from '@kiosk/domain/city.ts';
import { totalInterest } from '@kiosk/domain/loan-schedule.ts';
import type { SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import { historyPage } from '../../core/history.ts';
import { accountsOf, historyOf, interestOf, loansOf, trialOf, withdrawalCheckOf } from '../../core/views.ts';

/** Examples of what is asked about accounts and loans: the answers of the very functions that answer. */
export function coreExamples(person: SyntheticPerson, identityToken: string, at: number, today: string) {
  const depositor = { ...person, depositorId: person.key, certificateKind: 'residentId' as const, payoutCard: null };
  const [account, loan] = [person.accounts[0]!, person.loans[0]!];
  const { loanNumber } = loan;
  const token = { identityToken };
  const trial = trialOf(loan, { amountFen: 10_000_000 }, JIANGZHOU, today);
  if (!trial.ok) throw new Error('the example of a trial is none');
  const rent = { reason: '07', months: 3 };
  const page = historyPage(account.entries, { order: 'newest', offset: 0, limit: 2 });
  return {
    accounts: { request: token, answer: accountsOf(depositor) },
    history: { request: { ...token, order: 'newest', offset: 0, limit: 2 }, answer: historyOf(page) },
    interest: {
      request: { ...token, accountNumber: account.accountNumber, fundYear: 2025 },
      answer: interestOf(account, 2025, JIANGZHOU, today),
    },
    loans: { request: token, answer: loansOf(depositor, at) },
    loanPlan: {
      request: { ...token, loanNumber },
      answer: { lines: loan.plan.slice(0, 2), interestFen: totalInterest(loan.plan) },
    },
    loanHistory: {
      request: { ...token, loanNumber },
      answer: { entries: loan.entries.slice(0, 2).map((entry) => ({ ...entry, kindName: '正常还款' })) },
    },
    earlyRepaymentTrial: { request: { ...token, loanNumber, amountFen: 10_000_000 }, answer: trial.value },
    withdrawalReasons: {
      request: token,
      answer: {
        reasons: [
          {
            code: '07',
            name: { zh: '租房', en: 'Rent' },
            closesAccount: false,
            evidence: [{ kind: 'noHomeHere', name: { zh: '本人及配偶在本市无自有住房', en: 'no home of your own' } }],
            asksMonths: true,
            asksCost: false,
          },
        ],
      },
    },
    withdrawalCheck: {
      request: { ...token, ...rent },
      answer: withdrawalCheckOf(depositor, account, rent, JIANGZHOU, today),
    },
  };
}
