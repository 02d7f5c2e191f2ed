import type { Screen } from '@kiosk/contract/screen/view.ts';
import {
  UNITS,
  change,
  count,
  data,
  date,
  fact,
  facts,
  money,
  notice,
  pageOf,
  percent,
  press,
  words,
} from '../parts.ts';
import { type Interest, LINES_PER_PAGE, YEARS_PER_PAGE } from './flow.ts';

export function chooseYear(years: readonly number[], page: number): Screen {
  const { rows, pages } = pageOf(years, page, YEARS_PER_PAGE);
  return {
    screen: 'choices',
    item: 'Q03',
    title: words('您要看哪一年？', 'Which year?'),
    lead: words('公积金年度从 7 月 1 日到第二年 6 月 30 日。', 'A fund year runs from 1 July to 30 June.'),
    options: rows.map((year) => ({
      id: String(year),
      title: words(`${year}—${year + 1} 年度`, `${year}–${year + 1}`),
      ...(year === years[0] ? { note: words('还没有结息，算到昨天', 'Still running: up to yesterday') } : {}),
    })),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}

/** 2_190_000 fen-days as people say it: a sum of yuan times days. */
const yuanDays = (fenDays: number): string => Math.round(fenDays / 100).toLocaleString('en-US');

export function interestSheet(interest: Interest, page: number): Screen {
  const { fundYear, settled, lines, productFenDays, rateBp, dayCountBase } = interest;
  const { rows, pages } = pageOf(lines, page, LINES_PER_PAGE);
  const product = yuanDays(productFenDays);
  const rate = `${rateBp / 100}%`;
  return {
    screen: 'sheet',
    item: 'Q03',
    title: words(`${fundYear}—${fundYear + 1} 年度利息`, `Interest ${fundYear}–${fundYear + 1}`),
    lead: words(
      `每天的余额加起来是 ${product} 元·天，乘以年利率 ${rate}，除以 ${dayCountBase} 天。`,
      `Daily balances add up to ${product} yuan-days, times ${rate} a year, divided by ${dayCountBase} days.`,
    ),
    blocks: [
      {
        block: 'headline',
        label: settled ? words('本年利息', 'Interest of the year') : words('到昨天的利息', 'Interest up to yesterday'),
        value: money(interest.interestFen),
      },
      ...(settled
        ? []
        : [
            notice(
              'wait',
              words('这一年还没有结息，6 月 30 日以后入账。', 'Credited after 30 June, not in the balance yet.'),
            ),
          ]),
      facts([
        fact(words('年初结转', 'Carried over'), money(interest.openingFen)),
        fact(words('本年缴存', 'Deposited'), change(interest.depositedFen)),
        fact(words('本年提取', 'Withdrawn'), change(-interest.withdrawnFen)),
        fact(words('年利率', 'Rate a year'), percent(rateBp * 10)),
        fact(
          settled ? words('年末余额', 'Closing balance') : words('现在余额', 'Balance now'),
          money(interest.closingFen),
          {
            strong: true,
          },
        ),
      ]),
      {
        block: 'table',
        columns: [
          { label: words('这段时间', 'From – to'), align: 'start' },
          { label: words('余额', 'Balance'), align: 'end' },
          { label: words('元·天', 'Yuan-days'), align: 'end' },
        ],
        rows: rows.map((line) => ({
          cells: [date(line.from), money(line.balanceFen), data(yuanDays(line.productFenDays))],
          note: [data('–'), date(line.to), count(line.days, UNITS.days)],
        })),
        empty: words('这一年没有余额', 'No balance in this year'),
      },
    ],
    page: Math.min(page, pages),
    pages,
    presses: settled ? [press('print', words('打印年度对账单', 'Print the statement'), 'go')] : [],
  };
}
