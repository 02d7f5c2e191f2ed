import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { UNITS, fact, facts, money, notice, pageOf, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import { type Check, REASONS_PER_PAGE, type Reason } from './flow.ts';

const ITEM = 'Q07';

export function chooseReason(reasons: readonly Reason[], page: number): Screen {
  const { rows, pages } = pageOf(reasons, page, REASONS_PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('因为什么提取？', 'What is it for?'),
    lead: words('只是算一算，不会改动您的账户。', 'This only works it out. Nothing is changed.'),
    options: rows.map(({ code, name, closesAccount }) => ({
      id: code,
      title: name,
      ...(closesAccount ? { note: words('全部提取，账户随后销户', 'Everything; the account is closed') } : {}),
    })),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}

export function askMonths({ name }: Reason): Screen {
  return {
    screen: 'entry',
    item: ITEM,
    title: words('提取几个月的？', 'For how many months?'),
    lead: name,
    field: 'months',
    ask: { kind: 'count', min: 1, max: 12, unit: UNITS.months, start: 3 },
    error: null,
    presses: [],
  };
}

export function askCost({ name }: Reason): Screen {
  return {
    screen: 'entry',
    item: ITEM,
    title: words('一共花了多少钱？', 'What did it cost?'),
    lead: name,
    field: 'cost',
    ask: { kind: 'money', minFen: 1_00, maxFen: 99_999_999_00, presets: [] },
    error: null,
    presses: [],
  };
}

const STEP = { passed: 'done', limits: 'now', failed: 'failed', unknown: 'next' } as const;

export function checkSheet(reason: Reason, check: Check): Screen {
  const { outcome, amountFen, interestFen, closesAccount, trace } = check;
  const evidence = reason.evidence.map(({ name }) => name);
  const verdict: Block[] =
    outcome === 'refused'
      ? [notice('fault', words('现在还不能按这个原因提取，原因见下。', 'Not possible for now; see why below.'))]
      : [
          {
            block: 'headline',
            label:
              outcome === 'open'
                ? words('核实以后最多可提', 'Up to, once checked')
                : words('可以提取', 'You can withdraw'),
            value: money(amountFen),
          },
          ...(closesAccount
            ? [facts([fact(words('另加到今天的利息', 'Interest up to today, on top'), money(interestFen))])]
            : []),
        ];
  return {
    screen: 'sheet',
    item: ITEM,
    title: reason.name,
    lead: words('这是试算，以办理时核定为准。', 'A calculation; what counts is decided when you apply.'),
    blocks: [
      ...verdict,
      {
        block: 'steps',
        title: words('按这些规定算的', 'By these rules'),
        steps: trace.slice(0, 10).map(({ words: label, outcome: state, change }) => ({
          label,
          state: STEP[state],
          ...(change ? { detail: change } : {}),
        })),
      },
      ...(evidence.length > 0
        ? [{ block: 'list' as const, title: words('办理时要有', 'You will need'), items: evidence }]
        : []),
    ],
    page: 1,
    pages: 1,
    presses: [TAKE_HOME],
  };
}
