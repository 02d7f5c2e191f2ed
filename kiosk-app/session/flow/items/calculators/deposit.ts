import { monthlyDeposit } from '@kiosk/domain/deposit.ts';
import { fact, facts, money, percent, words } from '../parts.ts';
import { type Calculator, amount } from './calculator.ts';
import { rateOf } from './rates.ts';

const milli = (text: string): number => Math.round(Number(text) * 1000);

/** What unit and person pay in a month. */
export const depositCalculator: Calculator = {
  id: 'deposit',
  name: words('每月缴存额', 'Monthly deposit'),
  hint: words('按工资和比例算', 'From wage and ratios'),

  questions({ deposit }) {
    const ratio = {
      minMilli: milli(deposit.ratioMinimum),
      maxMilli: milli(deposit.ratioMaximum),
      start: milli(deposit.ratioMaximum),
    };
    return [
      {
        id: 'base',
        title: words('缴存基数是多少？', 'What is the base?'),
        lead: words('一般是上一年的月平均工资', 'Usually last year’s average monthly wage'),
        field: { kind: 'money', minFen: 1_00, maxFen: 9_999_999_00, presets: [] },
      },
      { id: 'unit', title: words('单位缴存比例', 'Ratio of the unit'), field: { kind: 'percent', ...ratio } },
      { id: 'person', title: words('个人缴存比例', 'Your own ratio'), field: { kind: 'percent', ...ratio } },
    ];
  },

  result(rules, given) {
    const typed = amount(given, 'base');
    const [unit, person] = [amount(given, 'unit'), amount(given, 'person')];
    const { baseFen, unitFen, personFen, totalFen } = monthlyDeposit(typed, rateOf(unit), rateOf(person), rules);
    return {
      title: words('每月缴存额', 'Monthly deposit'),
      ...(baseFen === typed
        ? {}
        : {
            lead: words(
              '基数超出本市上下限，已按限额计算。',
              'The base is outside the city’s limits; the limit was used.',
            ),
          }),
      blocks: [
        { block: 'headline', label: words('每月一共', 'Together, a month'), value: money(totalFen) },
        facts([
          fact(words('计算用的基数', 'Base used'), money(baseFen)),
          fact(words('单位缴', 'The unit pays'), money(unitFen), { note: words(`${unit / 1000}%`, `${unit / 1000}%`) }),
          fact(words('个人缴', 'You pay'), money(personFen), { note: words(`${person / 1000}%`, `${person / 1000}%`) }),
          fact(words('一年一共', 'Together, a year'), money(totalFen * 12)),
          fact(words('两边比例合计', 'Both ratios'), percent(unit + person)),
        ]),
      ],
    };
  },
};
