import { interestRules } from '@kiosk/domain/city.ts';
import { addMonths } from '@kiosk/domain/dates.ts';
import { type BalanceChange, settleFundYear } from '@kiosk/domain/interest.ts';
import { fundYearOf } from '../interest/flow.ts';
import { count, fact, facts, money, percent, UNITS, words } from '../parts.ts';
import { type Calculator, amount } from './calculator.ts';
import { milliOf } from './rates.ts';

/** Deposits of a month reach the account about here. */
const PAY_DAY = '15';

/** What a balance bears in one fund year. */
export const interestCalculator: Calculator = {
  id: 'interest',
  name: words('结息', 'Interest'),
  hint: words('一年能有多少利息', 'What a year brings'),

  questions: () => [
    {
      id: 'balance',
      title: words('7 月 1 日的余额是多少？', 'What is the balance on 1 July?'),
      field: { kind: 'money', minFen: 0, maxFen: 99_999_999_00, presets: [] },
    },
    {
      id: 'monthly',
      title: words('每个月存入多少？', 'What comes in each month?'),
      lead: words('没有就填 0', 'Nothing: enter 0'),
      field: { kind: 'money', minFen: 0, maxFen: 999_999_00, presets: [] },
    },
  ],

  result(rules, given, today) {
    const [opening, monthly] = [amount(given, 'balance'), amount(given, 'monthly')];
    const fundYear = fundYearOf(today);
    const changes: BalanceChange[] =
      monthly === 0
        ? []
        : Array.from({ length: 12 }, (_, i) => ({
            date: `${addMonths(`${fundYear}-07`, i)}-${PAY_DAY}`,
            amountFen: monthly,
          }));
    const interest = interestRules(rules);
    const { interestFen, days } = settleFundYear(fundYear, opening, changes, interest);
    return {
      title: words(`${fundYear}—${fundYear + 1} 年度利息`, `Interest ${fundYear}–${fundYear + 1}`),
      lead: words('按每天的余额算，7 月 1 日到第二年 6 月 30 日。', 'From each day’s balance, 1 July to 30 June.'),
      blocks: [
        { block: 'headline', label: words('利息', 'Interest'), value: money(interestFen) },
        facts([
          fact(words('年初余额', 'Balance at the start'), money(opening)),
          fact(words('一年存入', 'Deposits of the year'), money(monthly * 12), {
            ...(monthly === 0 ? {} : { note: words('按每月 15 日到账算', 'Each on the 15th') }),
          }),
          fact(words('年利率', 'Rate a year'), percent(milliOf(interest.rate))),
          fact(words('天数', 'Days'), count(days, UNITS.days)),
          fact(words('年末本息', 'Balance at the end'), money(opening + monthly * 12 + interestFen), { strong: true }),
        ]),
      ],
    };
  },
};
