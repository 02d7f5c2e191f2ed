import { loanRate } from '@kiosk/domain/city.ts';
import { addMonthsToDate } from '@kiosk/domain/dates.ts';
import { schedule, totalInterest } from '@kiosk/domain/loan-schedule.ts';
import { count, data, fact, money, percent, UNITS, words } from '../parts.ts';
import { type Calculator, type Given, amount } from './calculator.ts';
import { milliOf } from './rates.ts';
import type { CalculatorRules } from '@kiosk/contract/platform/reference-data.ts';

const HOMES = [
  { id: 'first', title: words('首套住房', 'First home') },
  { id: 'second', title: words('第二套住房', 'Second home') },
] as const;

/** A new loan, both ways of repaying it side by side. */
export const loanCalculator: Calculator = {
  id: 'loan',
  name: words('贷款月供', 'Loan payments'),
  hint: words('两种还款方式比一比', 'Two ways side by side'),

  questions: ({ loan }) => [
    {
      id: 'amount',
      title: words('想贷多少？', 'How much?'),
      lead: words(
        `最多 ${loan.greatestFen / 1_000_000} 万元`,
        `At most ${(loan.greatestFen / 100).toLocaleString('en-US')} yuan`,
      ),
      field: {
        kind: 'money',
        minFen: 10_000_00,
        maxFen: loan.greatestFen,
        presets: [300_000_00, 500_000_00, 800_000_00].filter((fen) => fen <= loan.greatestFen),
      },
    },
    {
      id: 'years',
      title: words('贷多少年？', 'For how many years?'),
      field: { kind: 'count', min: 1, max: Math.floor(loan.greatestMonths / 12), unit: UNITS.years, start: 20 },
    },
    { id: 'home', title: words('第几套住房？', 'Which home?'), choices: HOMES },
  ],

  result(rules, given, today) {
    const { level, principal, annualRate, months } = planned(rules, given, today);
    const way = (id: string, title: ReturnType<typeof words>, lines: typeof level) => ({
      id,
      title,
      facts: [
        fact(words('第一个月', 'First month'), money(lines[0]?.paymentFen ?? 0), { strong: true }),
        fact(words('最后一个月', 'Last month'), money(lines.at(-1)?.paymentFen ?? 0)),
        fact(words('利息合计', 'Interest'), money(totalInterest(lines))),
      ],
    });
    const least = totalInterest(principal) <= totalInterest(level) ? 'principal' : 'level';
    return {
      title: words('两种还法', 'Two ways to repay'),
      lead: words(
        '等额本息每月一样多；等额本金先多后少，总利息少。',
        'Equal payments stay level; equal principal starts higher and costs less interest.',
      ),
      blocks: [
        {
          block: 'facts',
          facts: [
            fact(words('贷款金额', 'Loan'), money(amount(given, 'amount'))),
            fact(words('期数', 'Payments'), count(months, UNITS.instalments)),
            fact(words('年利率', 'Rate a year'), percent(milliOf(annualRate)), {
              note: words('按今天公布的利率', 'As published today'),
            }),
          ],
        },
        {
          block: 'compare',
          ways: [
            way('level', words('等额本息', 'Equal payments'), level),
            { ...way('principal', words('等额本金', 'Equal principal'), principal), best: least === 'principal' },
          ],
        },
      ],
      rows: {
        block: 'table',
        columns: [
          { label: words('期', 'No.'), align: 'start' },
          { label: words('等额本息', 'Equal payments'), align: 'end' },
          { label: words('等额本金', 'Equal principal'), align: 'end' },
        ],
        rows: level.map((line, i) => ({
          cells: [data(String(line.number)), money(line.paymentFen), money(principal[i]?.paymentFen ?? 0)],
        })),
        empty: words('没有还款', 'Nothing to pay'),
      },
    };
  },
};

function planned(rules: CalculatorRules, given: Given, today: string) {
  const months = amount(given, 'years') * 12;
  const home = given['home'] === 'second' ? 'second' : 'first';
  const annualRate = loanRate(rules, today, home, months);
  const terms = { principalFen: amount(given, 'amount'), annualRate, months, firstDueDate: addMonthsToDate(today, 1) };
  return {
    annualRate,
    months,
    level: schedule({ ...terms, way: '01' }),
    principal: schedule({ ...terms, way: '02' }),
  };
}
