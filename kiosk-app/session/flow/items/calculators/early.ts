import { loanRate } from '@kiosk/domain/city.ts';
import { addMonthsToDate } from '@kiosk/domain/dates.ts';
import { type EarlyChoice, earlyRepayment, payOffAmount } from '@kiosk/domain/loan-changes.ts';
import { UNITS, count, fact, facts, money, words } from '../parts.ts';
import { type Calculator, amount } from './calculator.ts';

const WAYS = [
  { id: '01', title: words('等额本息', 'Equal payments') },
  { id: '02', title: words('等额本金', 'Equal principal') },
] as const;

/** Repaying a part early: fewer months or smaller payments, side by side. */
export const earlyCalculator: Calculator = {
  id: 'early',
  name: words('提前还款', 'Early repayment'),
  hint: words('省多少利息', 'What it saves'),

  questions: ({ loan }, given) => [
    {
      id: 'balance',
      title: words('还剩多少本金？', 'How much principal is left?'),
      field: { kind: 'money', minFen: 1_000_00, maxFen: loan.greatestFen, presets: [] },
    },
    {
      id: 'months',
      title: words('还剩多少期？', 'How many payments are left?'),
      field: { kind: 'count', min: 2, max: loan.greatestMonths, unit: UNITS.instalments, start: 120 },
    },
    { id: 'way', title: words('现在怎么还？', 'How do you repay now?'), choices: WAYS },
    {
      id: 'amount',
      title: words('打算提前还多少？', 'How much early?'),
      field: {
        kind: 'money',
        minFen: Math.min(loan.earlyRepaymentMinimumFen, amount(given, 'balance')),
        maxFen: Math.max(loan.earlyRepaymentMinimumFen, amount(given, 'balance')),
        presets: [],
      },
    },
  ],

  result(rules, given, today) {
    const months = amount(given, 'months');
    const standing = {
      balanceFen: amount(given, 'balance'),
      months,
      nextDueDate: addMonthsToDate(today, 1),
      way: given['way'] === '02' ? ('02' as const) : ('01' as const),
      annualRate: loanRate(rules, today, 'first', months),
      daysSinceDue: 0,
    };
    const wanted = Math.min(amount(given, 'amount'), payOffAmount(standing));
    const { before, keepTerm, keepPayment, balanceFen } = earlyRepayment(standing, wanted);
    const way = (id: string, title: ReturnType<typeof words>, choice: EarlyChoice) => ({
      id,
      title,
      best: choice.savedFen > 0 && choice.savedFen >= Math.max(keepTerm.savedFen, keepPayment.savedFen),
      facts: [
        fact(words('省利息', 'Interest saved'), money(choice.savedFen), { strong: true }),
        fact(words('以后每月', 'A month from then on'), money(choice.nextPaymentFen)),
        fact(words('还要还', 'Still to go'), count(choice.months, UNITS.months)),
      ],
    });
    return {
      title: words('提前还款比一比', 'Early repayment compared'),
      lead: words(
        '按首套住房今天的利率算，以贷款合同为准。',
        'At today’s rate for a first home; your contract is what counts.',
      ),
      blocks: [
        facts([
          fact(words('提前还', 'Repaid early'), money(wanted)),
          fact(words('还剩本金', 'Principal left'), money(balanceFen)),
          fact(words('现在每月', 'A month now'), money(before.nextPaymentFen)),
        ]),
        {
          block: 'compare',
          ways: [
            way('keepPayment', words('缩短期限', 'Fewer months'), keepPayment),
            way('keepTerm', words('减少月供', 'Smaller payments'), keepTerm),
          ],
        },
      ],
    };
  },
};
