import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { formatResumeCode } from '@kiosk/domain/resume-code.ts';
import { UNITS, count, data, fact, facts, notice, placeId, press, tail, words } from '../parts.ts';
import { type Authorisation, DAYS, type OwnPaper } from './flow.ts';

const ITEM = 'B09';
const PAGED = { page: 1, pages: 1, presses: [] } as const;

export const startScreen = (): Screen => ({
  screen: 'choices',
  item: ITEM,
  ...PAGED,
  presses: [],
  title: words('电子证明与授权', 'E-certificates and consent'),
  options: [
    {
      id: 'eCard',
      title: words('电子证明到手机', 'E-certificate'),
      note: words('扫码后在手机上亮码', 'Shown on your phone'),
    },
    {
      id: 'agent',
      title: words('授权别人替我办', 'Somebody acts for me'),
      note: words('办哪几件、到哪天，由您定', 'For what and how long'),
    },
    {
      id: 'list',
      title: words('看看授权过谁', 'Whom I have allowed'),
      note: words('随时可以撤回', 'Take it back any time'),
    },
    {
      id: 'offices',
      title: words('同意部门查询', 'Offices that may ask'),
      note: words('同意过谁、到哪天', 'Whom and how long'),
    },
    {
      id: 'papers',
      title: words('撤销异地贷款证明', 'Call back a certificate'),
      note: words('不用了，或换了城市', 'Not needed, or another city'),
    },
  ],
});

const entry = { screen: 'entry' as const, item: ITEM, presses: [] };

export const nameScreen = (): Screen => ({
  ...entry,
  title: words('替您办的人叫什么？', 'Who will act for you?'),
  lead: words('和身份证上一样。', 'As it stands on their ID card.'),
  field: 'agentName',
  ask: { kind: 'text', max: 30, lines: 1 },
  error: null,
});

export const numberScreen = (wrong: boolean): Screen => ({
  ...entry,
  title: words('他（她）的身份证号？', 'The number of their ID card?'),
  field: 'agentNumber',
  ask: { kind: 'idNumber' },
  error: wrong ? words('身份证号是 18 位', 'It has 18 characters') : null,
});

interface Shown {
  readonly name: string;
  readonly idNumber: string;
}

export const itemsScreen = (
  agent: Shown,
  offered: readonly { readonly id: string; readonly name: Words }[],
  ticked: readonly string[],
): Screen => ({
  screen: 'sheet',
  item: ITEM,
  page: 1,
  pages: 1,
  title: words('可以替您办哪几件？', 'For what?'),
  blocks: [
    facts([
      fact(words('代办人', 'Acting for you'), data(agent.name)),
      fact(words('证件号码', 'ID number'), data(agent.idNumber)),
      fact(words('有效', 'Good for'), count(DAYS, UNITS.days)),
    ]),
    ...(offered.length > 0
      ? [
          {
            block: 'ticks' as const,
            ticks: offered.map(({ id, name }) => ({ id, words: name, ticked: ticked.includes(id) })),
          },
        ]
      : [notice('info', words('现在没有可以授权的事项。', 'Nothing can be allowed at present.'))]),
    notice(
      'info',
      words(
        '不会给对方看到没勾选的内容；密码和验证码不要告诉任何人。',
        'Nothing else is shown to them. Never give anybody a PIN or a code.',
      ),
    ),
  ],
  presses: [
    {
      ...press('give', words('同意授权', 'Allow it'), 'go'),
      ...(ticked.length > 0 ? {} : { closed: words('请先勾选', 'Tick something first') }),
    },
  ],
});

const who = ({ agentNameMasked, agentIdNumberMasked, until, items }: Authorisation) =>
  facts([
    fact(words('代办人', 'Acting for you'), data(agentNameMasked)),
    fact(words('证件号码', 'ID number'), data(agentIdNumberMasked)),
    fact(words('事项', 'Services'), count(items.length, words('件', 'of them'))),
    fact(words('有效到', 'Until'), { kind: 'moment', at: until }),
  ]);

export const givenScreen = (authorisation: Authorisation, code: string): Screen => ({
  screen: 'sheet',
  item: ITEM,
  ...PAGED,
  presses: [],
  title: words('授权好了', 'Allowed'),
  lead: words('请把授权码告诉代办人，只显示这一次。', 'Tell them this code; it is shown once.'),
  blocks: [
    { block: 'headline', label: words('授权码', 'Code'), value: data(formatResumeCode(code)) },
    who(authorisation),
    notice('good', words('代办人带自己的身份证和授权码来办。', 'They come with their own ID card and the code.')),
  ],
});

const STATES = {
  valid: words('有效', 'In force'),
  withdrawn: words('已撤回', 'Taken back'),
  ended: words('已到期', 'Ended'),
} as const;

export const listScreen = (all: readonly Authorisation[]): Screen => ({
  screen: 'choices',
  item: ITEM,
  ...PAGED,
  presses: [],
  title: words('授权过谁', 'Whom you have allowed'),
  lead: words('点一下可以撤回。', 'Touch one to take it back.'),
  options: all.map(({ agentNameMasked, state, until }, i) => ({
    id: placeId(i),
    title: words(agentNameMasked, agentNameMasked),
    note: STATES[state],
    value: { kind: 'moment', at: until },
    ...(state === 'valid' ? {} : { closed: STATES[state] }),
  })),
  empty: words('没有授权过别人。', 'Nobody.'),
});

export const withdrawScreen = (one: Authorisation): Screen => ({
  screen: 'sheet',
  item: ITEM,
  page: 1,
  pages: 1,
  title: words('撤回这个授权？', 'Take it back?'),
  lead: words('撤回后马上失效。', 'It ends at once.'),
  blocks: [who(one)],
  presses: [press('withdraw', words('撤回', 'Take it back'), 'go')],
});

export const papersScreen = (papers: readonly OwnPaper[]): Screen => ({
  screen: 'choices',
  item: ITEM,
  ...PAGED,
  presses: [],
  title: words('撤销哪一份？', 'Which one?'),
  options: papers.map(({ documentNumber, issuedAt }, i) => ({
    id: placeId(i),
    title: words('异地贷款缴存使用证明', 'Cross-region loan certificate'),
    note: words(`编号尾号 ${tail(documentNumber)}`, `Number ending ${tail(documentNumber)}`),
    value: { kind: 'moment', at: issuedAt },
  })),
  empty: words('没有可以撤销的证明。', 'There is none to call back.'),
});

export const reasonScreen = ({ documentNumber }: OwnPaper): Screen => ({
  screen: 'choices',
  item: ITEM,
  ...PAGED,
  presses: [],
  title: words('为什么撤销？', 'Why?'),
  lead: words(`编号尾号 ${tail(documentNumber)}`, `Number ending ${tail(documentNumber)}`),
  options: [
    { id: 'notNeeded', title: words('不用了', 'Not needed any more') },
    { id: 'otherCity', title: words('换到别的城市贷款', 'The loan is in another city') },
    { id: 'wrongData', title: words('内容有误', 'Something on it is wrong') },
  ],
});

const DONE = {
  withdrawn: {
    title: words('已经撤回', 'Taken back'),
    lead: words('那个授权码从现在起不能用了。', 'That code does not work any more.'),
  },
  cancelAsked: {
    title: words('已申请撤销', 'Asked for'),
    lead: words(
      '工作人员向贷款中心核实后撤销，结果会通知您。',
      'Our staff ask the lending centre first, and tell you.',
    ),
  },
} as const;

export const doneScreen = (what: keyof typeof DONE): Screen => ({
  screen: 'sheet',
  item: ITEM,
  ...PAGED,
  presses: [],
  ...DONE[what],
  blocks: [],
});
