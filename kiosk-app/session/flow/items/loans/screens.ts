import type { Screen } from '@kiosk/contract/screen/view.ts';
import { maskAccount } from '@kiosk/domain/masking.ts';
import {
  UNITS,
  count,
  data,
  date,
  fact,
  facts,
  money,
  notice,
  pageOf,
  percent,
  placeId,
  press,
  said,
  tail,
  words,
} from '../parts.ts';
import type { History, Loan, Plan } from './flow.ts';

const ITEM = 'Q04';
const ROWS = 8;

const WAYS: Readonly<Record<string, ReturnType<typeof words>>> = {
  '01': words('等额本息', 'Equal payments'),
  '02': words('等额本金', 'Equal principal'),
};
/** Kinds of loan entry (A.15), for who does not read the Chinese name that comes with each. */
const ENTRIES: Readonly<Record<string, string>> = {
  '01': 'Paid out',
  '02': 'Regular',
  '03': 'Early repayment',
  '04': 'Overdue, paid',
  '05': 'From the fund',
  '06': 'Settled',
  '07': 'Term extended',
  '08': 'Term shortened',
  '09': 'Written off',
  '99': 'Other',
};
const STATES = {
  repaying: words('正常还款', 'Repaying'),
  overdue: words('已逾期', 'Overdue'),
  settled: words('已结清', 'Paid off'),
} as const;

export function chooseLoan(loans: readonly Loan[]): Screen {
  return {
    screen: 'choices',
    item: ITEM,
    title: words('您要看哪一笔贷款？', 'Which loan?'),
    options: loans.slice(0, 12).map((loan, index) => ({
      id: placeId(index),
      title: STATES[loan.state],
      note: words(`合同尾号 ${tail(loan.contractNumber)}`, `Contract ending in ${tail(loan.contractNumber)}`),
      value: money(loan.balanceFen),
    })),
    page: 1,
    pages: 1,
    presses: [],
  };
}

/** `settled`: what was looked for is one that is paid off. */
export function noLoan(settled: boolean): Screen {
  return {
    screen: 'sheet',
    item: ITEM,
    title: settled
      ? words('您名下没有已结清的公积金贷款', 'You have no loan that is paid off')
      : words('您名下没有公积金贷款', 'You have no loan from the fund'),
    lead: words(
      '如果最近刚放款，请两个工作日后再查；也可以问工作人员。',
      'A loan paid out in the last two working days may not show yet. Staff can help.',
    ),
    blocks: [],
    page: 1,
    pages: 1,
    presses: [],
  };
}

export function loanSheet(loan: Loan): Screen {
  const { next, overdue } = loan;
  return {
    screen: 'sheet',
    item: ITEM,
    title: words('我的贷款', 'My loan'),
    lead: STATES[loan.state],
    blocks: [
      {
        block: 'headline',
        label: words('剩余本金', 'Principal left'),
        value: money(loan.balanceFen),
        note: words(
          `共 ${loan.months} 期，还剩 ${loan.monthsLeft} 期`,
          `${loan.monthsLeft} of ${loan.months} payments left`,
        ),
      },
      ...(overdue
        ? [
            notice(
              'fault',
              words(
                `有 ${overdue.instalments} 期没有还上，请尽快还款，或到窗口办理。`,
                `${overdue.instalments} payments are overdue. Please pay soon, or ask at the counter.`,
              ),
            ),
          ]
        : []),
      facts([
        next && fact(words('下期应还', 'Next payment'), money(next.paymentFen), { strong: true }),
        next && fact(words('还款日', 'Due on'), date(next.dueDate)),
        overdue && fact(words('逾期本息', 'Overdue'), money(overdue.principalFen + overdue.interestFen)),
        overdue && fact(words('罚息', 'Penalty interest'), money(overdue.penaltyFen)),
        fact(words('贷款金额', 'Granted'), money(loan.grantedFen)),
        fact(words('利率', 'Rate a year'), percent(loan.rates.at(-1)?.rateMilli ?? 0)),
        fact(words('还款方式', 'Way of repayment'), said(WAYS[loan.way] ?? words('其他', 'Other'))),
        fact(words('还款账号', 'Repayment account'), data(maskAccount(loan.repaymentAccount))),
        loan.settledOn === null ? null : fact(words('结清日期', 'Paid off on'), date(loan.settledOn)),
      ]),
    ],
    page: 1,
    pages: 1,
    presses: [
      ...(loan.state === 'settled' ? [] : [press('plan', words('还款计划', 'Schedule'))]),
      press('history', words('还款明细', 'What was paid')),
      press(
        'print',
        loan.state === 'settled' ? words('打印结清证明', 'Print the certificate') : words('打印信息单', 'Print this'),
        'go',
      ),
    ],
  };
}

export function planSheet(plan: Plan, page: number): Screen {
  const { rows, pages } = pageOf(plan.lines, page, ROWS);
  return {
    screen: 'sheet',
    item: 'Q05',
    title: words('还款计划', 'Repayment schedule'),
    lead: words(`还有 ${plan.lines.length} 期`, `${plan.lines.length} payments to come`),
    blocks: [
      facts([fact(words('以后利息合计', 'Interest still to be paid'), money(plan.interestFen))]),
      {
        block: 'table',
        columns: [
          { label: words('还款日', 'Due on'), align: 'start' },
          { label: words('应还', 'Payment'), align: 'end' },
          { label: words('剩余本金', 'Principal left'), align: 'end' },
        ],
        rows: rows.map((line) => ({
          cells: [date(line.dueDate), money(line.paymentFen), money(line.balanceFen)],
          note: [
            said(words('本金', 'principal')),
            money(line.principalFen),
            said(words('利息', 'interest')),
            money(line.interestFen),
          ],
        })),
        empty: words('没有要还的了', 'Nothing is left to pay'),
      },
    ],
    page,
    pages,
    presses: [press('print', words('打印', 'Print'), 'go')],
  };
}

export function historySheet(history: History, page: number): Screen {
  const newest = history.entries.toReversed();
  const { rows, pages } = pageOf(newest, page, ROWS);
  const sum = (of: (entry: History['entries'][number]) => number) =>
    history.entries.reduce((all, one) => all + of(one), 0);
  return {
    screen: 'sheet',
    item: 'Q05',
    title: words('还款明细', 'What was paid'),
    lead: words(`共 ${newest.length} 笔`, `${newest.length} entries`),
    blocks: [
      facts([
        fact(words('已还本金', 'Principal paid'), money(sum(({ principalFen }) => principalFen))),
        fact(words('已还利息', 'Interest paid'), money(sum(({ interestFen }) => interestFen))),
      ]),
      {
        block: 'table',
        columns: [
          { label: words('日期', 'Date'), align: 'start' },
          { label: words('金额', 'Amount'), align: 'end' },
          { label: words('剩余本金', 'Principal left'), align: 'end' },
        ],
        rows: rows.map((entry) => ({
          cells: [date(entry.date), money(entry.amountFen), money(entry.balanceFen)],
          note: [
            said(words(entry.kindName, ENTRIES[entry.kind] ?? entry.kindName)),
            ...(entry.instalment === undefined ? [] : [count(entry.instalment, UNITS.instalments)]),
          ],
        })),
        empty: words('还没有还款', 'Nothing was paid yet'),
      },
    ],
    page,
    pages,
    presses: newest.length > 0 ? [press('print', words('打印', 'Print'), 'go')] : [],
  };
}
