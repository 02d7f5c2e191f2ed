import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { linkCode } from '../../menu.ts';
import type { State } from '../../state.ts';
import { UNITS, fact, facts, money, notice, press, words } from '../parts.ts';
import { type Filled, KINDS, type Question, WAYS, commitmentFor, retirementDays } from './filled.ts';
import type { Check } from './flow.ts';

const PAGED = { page: 1, pages: 1 } as const;

const CONSENT = {
  B03: {
    title: words('同意中心查询我的退休信息', 'Let the centre look up my retirement'),
    note: words(
      '向社保部门核对，只用于这一次，不用带材料',
      'At the social security office, for this request only; no papers needed',
    ),
  },
  B04: {
    title: words('同意中心查询我家的住房信息', 'Let the centre look up homes of my family'),
    note: words(
      '向不动产登记部门核对，只用于这一次，不用带材料',
      'At the land registry, for this request only; no papers needed',
    ),
  },
  B05: { title: words('', ''), note: words('', '') },
} as const;

export function questionScreen(state: State, q: Question, filled: Filled): Screen {
  const { item } = filled;
  switch (q) {
    case 'months':
      return {
        screen: 'entry',
        item,
        title: words('提取几个月的房租？', 'Rent of how many months?'),
        lead: words('按月有限额，下一步告诉您能提多少。', 'There is a limit a month; the next screen says how much.'),
        field: 'months',
        ask: { kind: 'count', min: 1, max: 12, unit: UNITS.months, start: 3 },
        error: null,
        presses: [],
      };
    case 'proof':
      return proofScreen(state, filled);
    case 'retiredOn': {
      const { from, to, start } = retirementDays(state);
      return {
        screen: 'entry',
        item,
        title: words('哪一天退休的？', 'On which day did you retire?'),
        lead: words('按退休证或审批表上的日期。', 'As it stands on your papers.'),
        field: 'retiredOn',
        ask: { kind: 'date', from, to, start },
        error: null,
        presses: [press('skip', words('记不清了', 'I do not know'))],
      };
    }
    case 'way':
      return {
        screen: 'choices',
        item,
        ...PAGED,
        title: words('怎样用公积金还贷？', 'How should the fund repay your loan?'),
        options: [
          {
            id: 'once',
            title: WAYS.once,
            note: words('把已经还的钱提出来，付到您的卡', 'What you have repaid is paid to your card'),
          },
          {
            id: 'offsetMonthly',
            title: WAYS.offsetMonthly,
            note: words('签协议，还款日直接从账户扣', 'By agreement, on each due date'),
          },
          {
            id: 'offsetYearly',
            title: WAYS.offsetYearly,
            note: words('签协议，每年冲一次本金', 'By agreement, once a year against the principal'),
          },
        ],
        presses: [],
      };
    case 'payTo':
      return {
        screen: 'choices',
        item,
        ...PAGED,
        title: words('钱付到哪里？', 'Where should the money go?'),
        options: [
          {
            id: 'onRecord',
            title: words('登记的收款卡', 'The card on record'),
            note: words('以前登记过的本人银行卡', 'As registered before'),
          },
          {
            id: 'newCard',
            title: words('换一张卡', 'Another card'),
            note: words('银行要核验户名', 'Its bank confirms the name'),
            ...(linkCode(state) === null
              ? {}
              : { closed: words('断网时不能核验新卡', 'A new card cannot be checked while the line is down') }),
          },
        ],
        presses: [],
      };
    case 'contact': {
      const phone = state.person?.phoneMasked;
      return {
        screen: 'choices',
        item,
        ...PAGED,
        title: words('手机号还是这个吗？', 'Is this still your phone?'),
        lead: words(
          '到账和办结都发短信通知。退休后换了号码，可以一起改。',
          'You are told by message. If it has changed, change it in one go.',
        ),
        options: [
          { id: 'same', title: phone ? words(`还是 ${phone}`, `Yes, ${phone}`) : words('不用改', 'Leave it') },
          { id: 'other', title: words('换了，一起改', 'No, change it too') },
        ],
        presses: [],
      };
    }
  }
}

function proofScreen(state: State, filled: Filled): Screen {
  const { item } = filled;
  return {
    screen: 'choices',
    item,
    ...PAGED,
    title:
      item === 'B03'
        ? words('怎样证明已经退休？', 'How is your retirement proven?')
        : words('怎样证明在本市没有住房？', 'How is it proven that you own no home here?'),
    options: [
      { id: 'consent', ...CONSENT[item] },
      ...(commitmentFor(state, filled)
        ? [
            {
              id: 'commitment',
              title: words('签一份承诺书', 'Sign a commitment'),
              note: words('承诺属实，先办，事后核查', 'It goes ahead and is checked afterwards'),
            },
          ]
        : []),
      {
        id: 'later',
        title: words('先办，材料以后补', 'Go ahead, hand it in later'),
        note: words('用手机拍照补，或带到窗口', 'By phone, or at the counter'),
      },
    ],
    presses: [],
  };
}

const STEP = { passed: 'done', limits: 'now', failed: 'failed', unknown: 'next' } as const;

/** What the rules say before anything is asked for. */
export function checkedSheet({ item }: Filled, check: Check): Screen {
  const { outcome, amountFen, interestFen, closesAccount, trace } = check;
  const refused = outcome === 'refused';
  const verdict: Block = refused
    ? notice('fault', words('现在还不能提取，原因见下。', 'Not possible for now; see why below.'))
    : {
        block: 'headline',
        label:
          outcome === 'open'
            ? words('核实后可以提取', 'Once it is proven you may withdraw')
            : words('可以提取', 'You may withdraw'),
        value: money(amountFen),
      };
  const shown = trace.slice(0, 6).map((line) => ({
    label: line.words,
    state: STEP[line.outcome],
    ...(line.change ? { detail: line.change } : {}),
  }));
  return {
    screen: 'sheet',
    item,
    ...PAGED,
    title: KINDS[item].name,
    blocks: [
      verdict,
      ...(interestFen > 0 && !refused
        ? [facts([fact(words('另加到今天的利息', 'Interest up to today on top'), money(interestFen))])]
        : []),
      ...(closesAccount && !refused
        ? [notice('info', words('办好后账户销户，不再缴存。', 'The account is closed by this.'))]
        : []),
      ...(shown.length > 0
        ? [{ block: 'steps' as const, title: words('按哪些规定', 'By these rules'), steps: shown }]
        : []),
    ],
    presses: refused ? [] : [press('continue', words('继续办理', 'Go on'), 'go')],
  };
}
