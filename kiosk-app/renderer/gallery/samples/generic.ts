/** The screens every service item is told with, with as much on them as flows put there. */

import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import { NOW, type Sample } from './sample.ts';

const w = (zh: string, en: string) => ({ zh, en });
const fen = (amount: number, signed?: boolean) => ({ kind: 'money' as const, fen: amount, ...(signed && { signed }) });
const go = (zh: string, en: string, id = 'go') => ({ id, words: w(zh, en), tone: 'go' as const });
const plain = (zh: string, en: string, id: string) => ({ id, words: w(zh, en), tone: 'plain' as const });
const ONE = { page: 1, pages: 1 };

const facts: Extract<Block, { block: 'facts' }> = {
  block: 'facts',
  title: w('这笔贷款', 'This loan'),
  facts: [
    { label: w('合同号', 'Contract'), value: { kind: 'text', text: 'D3801 **** 0427' } },
    { label: w('贷款余额', 'Still owed'), value: fen(31_250_000), strong: true },
    { label: w('年利率', 'Rate a year'), value: { kind: 'percent', milli: 2600 }, note: w('公积金首套', 'First home') },
    { label: w('下次还款日', 'Next due'), value: { kind: 'date', date: '2026-12-20' } },
    { label: w('每月应还', 'Due each month'), value: fen(214_367) },
    { label: w('剩余期数', 'Months left'), value: { kind: 'count', count: 187, unit: w('期', 'months') } },
  ],
};

const steps: Extract<Block, { block: 'steps' }> = {
  block: 'steps',
  title: w('办到哪一步', 'How far it is'),
  steps: [
    { label: w('已受理', 'Received'), state: 'done', at: { kind: 'moment', at: NOW - 86_400_000 } },
    {
      label: w('材料核对', 'Papers are checked'),
      state: 'now',
      detail: w('一般两个工作日', 'Usually two working days'),
    },
    { label: w('审批', 'Decision'), state: 'next' },
    { label: w('到账', 'Paid out'), state: 'next' },
  ],
};

const entry = (
  name: string,
  zh: string,
  en: string,
  ask: ScreenOf<'entry'>['ask'],
  rest: Partial<ScreenOf<'entry'>> = {},
) => ({
  name: `entry-${name}`,
  content: {
    screen: 'entry' as const,
    item: 'B01',
    title: w(zh, en),
    field: name,
    ask,
    error: null,
    presses: [],
    ...rest,
  },
});

const waiting = (
  picture: ScreenOf<'wait'>['picture'],
  zh: string,
  en: string,
  rest: Partial<ScreenOf<'wait'>> = {},
) => ({
  name: `wait-${picture}`,
  content: {
    screen: 'wait' as const,
    item: 'B02',
    title: w(zh, en),
    picture,
    typed: null,
    secondsLeft: null,
    blocks: [],
    presses: [],
    ...rest,
  } satisfies Screen,
});

export const GENERIC: readonly Sample[] = [
  {
    name: 'choices',
    content: {
      screen: 'choices',
      item: 'Q04',
      title: w('看哪一笔贷款？', 'Which loan?'),
      lead: w('您名下有两笔。', 'You have two.'),
      options: [
        {
          id: 'a',
          title: w('江州市云山路 8 号', '8 Yunshan Road, Jiangzhou'),
          note: w('2019 年放款', 'Paid out in 2019'),
          value: fen(31_250_000),
        },
        { id: 'b', title: w('江州市北湖路 21 号', '21 Beihu Road, Jiangzhou'), note: w('已结清', 'Paid back') },
        { id: 'c', title: w('其他', 'Another one'), closed: w('只能在窗口办', 'Only at the counter') },
      ],
      ...ONE,
      presses: [],
    },
  },
  {
    name: 'choices-many',
    content: {
      screen: 'choices',
      item: 'B03',
      title: w('为什么提取？', 'Why do you withdraw?'),
      options: [
        w('购买自住住房', 'Buying a home'),
        w('偿还住房贷款', 'Repaying a housing loan'),
        w('租房自住', 'Renting a home'),
        w('离休或者退休', 'Retirement'),
        w('建造、翻建住房', 'Building a home'),
        w('大修自住住房', 'Major repair of a home'),
        w('出境定居', 'Settling abroad'),
        w('完全丧失劳动能力', 'Unable to work'),
        w('加装电梯', 'Adding a lift'),
        w('其他原因', 'Another reason'),
      ].map((title, at) => ({
        id: `r${at}`,
        title,
        ...(at === 4 && { closed: w('要带材料到窗口', 'Papers at the counter') }),
      })),
      page: 1,
      pages: 2,
      presses: [],
    },
  },
  {
    name: 'choices-none',
    content: {
      screen: 'choices',
      item: 'Q06',
      title: w('您的业务', 'Your cases'),
      options: [],
      empty: w('还没有办过业务。', 'There is no case yet.'),
      ...ONE,
      presses: [go('去预约', 'Make an appointment')],
    },
  },
  {
    name: 'sheet-facts',
    content: {
      screen: 'sheet',
      item: 'Q04',
      title: w('贷款信息', 'Loan'),
      blocks: [
        {
          block: 'headline',
          label: w('本月应还', 'Due this month'),
          value: fen(214_367),
          note: w('12 月 20 日从卡里扣', 'Taken from your card on 20 December'),
        },
        facts,
        { block: 'notice', tone: 'good', words: w('没有逾期。', 'Nothing is overdue.') },
      ],
      ...ONE,
      presses: [plain('提前还款试算', 'What if I repay early', 'trial'), go('打印', 'Print')],
    },
  },
  {
    name: 'sheet-table',
    content: {
      screen: 'sheet',
      item: 'Q05',
      title: w('还款明细', 'Repayments'),
      blocks: [
        {
          block: 'table',
          columns: [
            { label: w('日期', 'Date'), align: 'start' },
            { label: w('本金', 'Principal'), align: 'end' },
            { label: w('利息', 'Interest'), align: 'end' },
            { label: w('剩余本金', 'Still owed'), align: 'end' },
          ],
          rows: Array.from({ length: 9 }, (_, at) => ({
            cells: [
              { kind: 'month' as const, month: `2026-${String(10 - at).padStart(2, '0')}` },
              fen(146_659 - at * 317),
              fen(67_708 + at * 317),
              fen(31_250_000 + at * 146_659),
            ],
            ...(at === 2 && { note: [{ kind: 'words' as const, words: w('晚还 3 天', '3 days late') }] }),
          })),
          empty: w('没有还款。', 'No repayment.'),
        },
      ],
      page: 1,
      pages: 6,
      presses: [go('打印', 'Print')],
    },
  },
  {
    name: 'sheet-compare',
    content: {
      screen: 'sheet',
      item: 'B06',
      title: w('提前还 10 万元，哪种划算？', 'Repaying 100,000 early: which way?'),
      blocks: [
        {
          block: 'compare',
          ways: [
            {
              id: 'shorten',
              title: w('缩短年限', 'Shorter'),
              best: true,
              facts: [
                { label: w('省利息', 'Interest saved'), value: fen(4_812_300), strong: true },
                { label: w('每月还', 'Each month'), value: fen(214_367) },
                { label: w('还清', 'Paid back'), value: { kind: 'month', month: '2036-08' } },
              ],
            },
            {
              id: 'lower',
              title: w('减少月供', 'Lower'),
              facts: [
                { label: w('省利息', 'Interest saved'), value: fen(2_190_050), strong: true },
                { label: w('每月还', 'Each month'), value: fen(145_769) },
                { label: w('还清', 'Paid back'), value: { kind: 'month', month: '2042-06' } },
              ],
            },
          ],
        },
        {
          block: 'chart',
          title: w('每年的本金和利息', 'Principal and interest a year'),
          parts: [w('本金', 'Principal'), w('利息', 'Interest')],
          bars: Array.from({ length: 16 }, (_, at) => ({
            label: { kind: 'text' as const, text: String(2026 + at) },
            fen: [1_760_000 + at * 40_000, 812_000 - at * 48_000],
          })),
        },
      ],
      ...ONE,
      presses: [go('申请提前还款', 'Apply for it')],
    },
  },
  {
    name: 'sheet-case',
    content: {
      screen: 'sheet',
      item: 'Q06',
      title: w('租房提取', 'Rent withdrawal'),
      blocks: [
        steps,
        {
          block: 'notice',
          tone: 'wait',
          words: w('还缺一份租赁合同，12 月 5 日前补上。', 'The rental contract is missing; hand it in by 5 December.'),
        },
      ],
      ...ONE,
      presses: [go('用手机补材料', 'Send it by phone')],
    },
  },
  {
    name: 'sheet-guide',
    content: {
      screen: 'sheet',
      item: 'Q08',
      title: w('退休提取要带什么', 'What retirement withdrawal needs'),
      blocks: [
        {
          block: 'paragraph',
          words: w(
            '达到法定退休年龄，可以提取账户里全部余额，同时销户。',
            'At the legal age of retirement the whole balance is paid out and the account closed.',
          ),
        },
        {
          block: 'list',
          title: w('材料', 'Papers'),
          items: [
            w('本人身份证', 'Your ID card'),
            w('退休证或退休审批表', 'Retirement certificate'),
            w('本人银行卡', 'Your bank card'),
          ],
          numbered: true,
        },
        { block: 'notice', tone: 'info', words: w('缺材料也能先受理。', 'It can be taken in with papers missing.') },
      ],
      ...ONE,
      presses: [go('打印清单', 'Print the list')],
    },
  },
  {
    name: 'sheet-consent',
    content: {
      screen: 'sheet',
      item: 'B09',
      title: w('授权银行查看缴存', 'Let a bank see your deposits'),
      blocks: [
        {
          block: 'paragraph',
          words: w('授权七天有效，随时可以收回。', 'Good for seven days; it can be taken back at any time.'),
        },
        {
          block: 'ticks',
          ticks: [
            {
              id: 'a',
              words: w('我同意中心把缴存情况给这家银行', 'The centre may give this bank my deposits'),
              ticked: true,
            },
            {
              id: 'b',
              words: w('我知道可以不同意', 'I know that I may refuse'),
              ticked: false,
              detail: w('不同意不影响其他业务', 'Nothing else depends on it'),
            },
          ],
        },
      ],
      ...ONE,
      presses: [{ ...go('授权', 'Give consent'), closed: w('请先勾选', 'Tick first') }],
    },
  },
  {
    name: 'sheet-qr',
    content: {
      screen: 'sheet',
      item: 'B09',
      title: w('用手机接着办', 'Go on with your phone'),
      blocks: [
        {
          block: 'qr',
          text: 'https://12329.example/c/K74Q2918',
          caption: w('用手机扫一扫，十分钟内有效', 'Scan it with your phone within ten minutes'),
        },
      ],
      ...ONE,
      presses: [],
    },
  },
  entry(
    'phone',
    '新的手机号',
    'Your new phone number',
    { kind: 'phone' },
    { lead: w('之后的短信都发到这个号码。', 'Messages will go there.') },
  ),
  entry(
    'id',
    '被代办人的身份证号',
    'ID number of the other person',
    { kind: 'idNumber' },
    { error: w('号码不对，请再看看。', 'This number is not right.') },
  ),
  entry('amount', '提前还多少？', 'How much early?', {
    kind: 'money',
    minFen: 1_000_000,
    maxFen: 31_250_000,
    presets: [5_000_000, 10_000_000, 31_250_000],
  }),
  entry('years', '贷多少年？', 'For how many years?', {
    kind: 'count',
    min: 1,
    max: 30,
    unit: w('年', 'years'),
    start: 20,
  }),
  entry('name', '被代办人姓名', 'Name of the other person', { kind: 'text', max: 20, lines: 1 }),
  entry(
    'complaint',
    '请说说情况',
    'What happened?',
    { kind: 'text', max: 200, lines: 5 },
    { presses: [plain('不写', 'Leave it out', 'skip')] },
  ),
  entry('code', '单据上的编号', 'Number on the paper', { kind: 'code', max: 29 }),
  entry('when', '哪天开始？', 'From which day?', {
    kind: 'date',
    from: '2026-11-22',
    to: '2027-11-21',
    start: '2026-12-01',
  }),
  {
    name: 'sign',
    content: {
      screen: 'sign',
      item: 'B03',
      title: w('请在下面签名', 'Please sign below'),
      lead: w('签名表示您承诺所说属实。', 'You promise that what you said is true.'),
      statement: [
        {
          block: 'paragraph',
          words: w(
            '本人承诺已退休，缺少的材料三十天内补齐；不实的，退回款项并记入信用。',
            'I am retired and will hand in what is missing within thirty days; otherwise I pay the money back.',
          ),
        },
      ],
      error: null,
    },
  },
  waiting('insertCard', '请插入银行卡', 'Insert your bank card', {
    lead: w('芯片朝上，推到底。', 'Chip up, all the way in.'),
  }),
  waiting('enterPin', '请在密码键盘上输密码', 'Type your PIN on the metal keys', { typed: 4, secondsLeft: 45 }),
  waiting('takeCard', '请取走银行卡', 'Take your bank card', { secondsLeft: 20 }),
  waiting('showCode', '请把手机上的码对准扫码口', 'Hold the code of your app to the scanner'),
  waiting('scanPaper', '请把单据上的码对准扫码口', 'Hold the code on the paper to the scanner'),
  waiting('lookAtCamera', '请看摄像头', 'Look into the camera', {
    presses: [plain('不用人脸', 'Not with my face', 'other')],
  }),
  waiting('phone', '请在手机上继续', 'Go on with your phone', {
    blocks: [
      { block: 'qr', text: 'https://12329.example/u/K74Q2918', caption: w('扫码上传材料', 'Scan to send papers') },
    ],
  }),
  waiting('staff', '工作人员马上来', 'Somebody is coming', { secondsLeft: 120 }),
];
