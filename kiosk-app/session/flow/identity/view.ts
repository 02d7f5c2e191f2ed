import { explain } from '@kiosk/contract/errors/catalogue.ts';
import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { fact, facts, data, notice, press, words } from '../items/parts.ts';
import { itemsInstead } from '../menu.ts';
import type { State } from '../state.ts';
import { waysOf } from './factors.ts';
import { helpBlocks } from './help.ts';
import { provenOf, levelNow } from './level.ts';
import type { IdentifyStage, PlaceOf } from './place.ts';
import { canActForOthers } from './ways.ts';

const ITEM = 'ID';
const OTHER_WAY = press('otherWay', words('换种方式', 'Another way'));
const HELP = press('help', words('都不方便？', 'None of these?'));
/** R22: said where people identify themselves. */
const NEVER_TELL = words(
  '请勿把账号、密码和验证码告诉任何人，也不要交给非官方的第三方。',
  'Never give account, password or codes to anybody, nor to unofficial third parties.',
);

/** Screens of identification but those of card and code. Nothing personal is on them but what is masked. */
export function identifyScreen(state: State, stage: IdentifyStage): Screen {
  const { place } = stage;
  switch (place.kind) {
    case 'ways':
      return waysScreen(state, place);
    case 'starting':
      return working(words('正在核对证件', 'Checking your card'));
    case 'bankCard':
      return bankCardScreen(place);
    case 'appCode':
      if (place.step === 'checking') return working(words('正在核对电子卡', 'Checking your e-card'));
      return wait('showCode', words('请把手机二维码对准扫码口', 'Hold the code on your phone to the scanner'), {
        lead: words(
          '打开公积金应用，点“电子卡”。码一分钟内有效。',
          "Open the fund's app and tap e-card. A code is good for a minute.",
        ),
        error: place.error,
      });
    case 'idCard':
      if (place.step === 'checking') return working(words('正在核对证件', 'Checking your card'));
      return wait('layCard', words('请把身份证件放在读卡区', 'Lay your ID card on the reader'), {
        lead: words('放平，听到提示音再拿走。', 'Flat, until you hear the sound.'),
        error: place.error,
      });
    case 'faceConsent':
      return consentScreen();
    case 'face':
      return faceScreen(place);
    case 'help':
      return helpScreen(state, place);
    case 'agent':
      return agentScreen();
    case 'agentCode':
      if (place.checking) return working(words('正在核对授权', 'Checking the authorisation'));
      return {
        screen: 'entry',
        item: ITEM,
        title: words('请输入授权码', 'Type the code of the authorisation'),
        lead: words('委托人授权时得到的 8 位码，一般写在小票上。', 'Eight characters, on the slip of whoever gave it.'),
        field: 'agent-code',
        ask: { kind: 'code', max: 8 },
        error: place.error,
        presses: [OTHER_WAY],
      };
    case 'agentPaper':
      if (place.step === 'checking') return working(words('正在核对证件', 'Checking the card'));
      return wait('layCard', words('请放委托人的身份证件', "Lay the other person's ID card on the reader"), {
        lead: words('授权书原件以后带到窗口核对。', 'Bring the original paper to the counter later.'),
        error: place.error,
      });
  }
}

const working = (what: Words): Screen => ({ screen: 'working', task: 'item', words: what, usualSeconds: 2 });

function wait(
  picture: Extract<Screen, { screen: 'wait' }>['picture'],
  title: Words,
  more: {
    lead?: Words;
    typed?: number | null;
    error?: string | null;
    blocks?: readonly Block[];
    noOther?: boolean;
  } = {},
): Screen {
  const error: readonly Block[] = more.error ? [problem(more.error)] : [];
  return {
    screen: 'wait',
    item: ITEM,
    title,
    ...(more.lead ? { lead: more.lead } : {}),
    picture,
    typed: more.typed ?? null,
    secondsLeft: null,
    blocks: [...error, ...(more.blocks ?? [])],
    presses: more.noOther ? [] : [OTHER_WAY],
  };
}

/** What happened and what to do about it, in the words of the code. */
export function problem(code: string): Block {
  const { depositor, next } = explain(code);
  return notice('fault', { zh: `${depositor.zh}。${next.zh}`, en: `${depositor.en}. ${next.en}` });
}

function waysScreen(state: State, place: PlaceOf<'ways'>): Screen {
  const proven = provenOf(state.person);
  const title =
    proven.length === 0
      ? words('用哪种方式证明您是您？', 'How would you like to identify yourself?')
      : levelNow(state) === 'L2'
        ? words('请再核验一次', 'Please identify yourself once more')
        : words('请再选一种方式核验', 'Please choose one more way');
  const options = waysOf(state).map(({ way, code }) => ({
    id: way.kind,
    title: way.title,
    note: way.note,
    ...(code === null ? {} : { closed: explain(code).depositor }),
  }));
  const forOthers = canActForOthers(state)
    ? [
        {
          id: 'agent',
          title: words('我替别人办', 'For others'),
          note: words('凭授权码，或授权书和对方的身份证件', 'With a code or paper'),
        },
      ]
    : [];
  const why = place.problem === null ? null : explain(place.problem);
  return {
    screen: 'choices',
    item: ITEM,
    title,
    lead: why ? { zh: `${why.depositor.zh}。${why.next.zh}`, en: `${why.depositor.en}. ${why.next.en}` } : NEVER_TELL,
    options: [...options, ...forOthers],
    empty: words('这台机器上没有别的方式了。', 'This machine has no other way.'),
    page: 1,
    pages: 1,
    presses: [HELP],
  };
}

function bankCardScreen(place: PlaceOf<'bankCard'>): Screen {
  switch (place.step) {
    case 'insert':
      return wait('insertCard', words('请插入您本人的银行卡', 'Insert your own bank card'), {
        lead: words('芯片朝上，插到底；核验完会还给您。', 'Chip up, all the way in; you get it back.'),
        error: place.error,
      });
    case 'reading':
      return wait('insertCard', words('正在读银行卡', 'Reading the card'), { noOther: true });
    case 'terms':
      return working(words('正在询问银行', 'Asking the bank'));
    case 'pin': {
      const left = place.attemptsLeft;
      const tries =
        left === null
          ? []
          : [notice('wait', words(`还可以试 ${left} 次`, left === 1 ? 'One try left' : `${left} tries left`))];
      return wait('enterPin', words('请在密码键盘上输入密码', 'Type the PIN on the PIN pad'), {
        lead: words(
          '请用手遮挡。密码只到银行，这台机器和中心都看不到。',
          'Cover it with your hand. Only the bank sees it; neither this machine nor the centre does.',
        ),
        typed: place.typed,
        error: place.error,
        blocks: tries,
      });
    }
    case 'checking':
      return working(words('银行正在核验', 'The bank is checking'));
    case 'take':
      return wait('takeCard', words('请取走您的银行卡', 'Please take your bank card'), {
        noOther: true,
        ...(place.problem === null ? { lead: words('核验通过了。', 'That worked.') } : { error: place.problem }),
      });
  }
}

function consentScreen(): Screen {
  return {
    screen: 'sheet',
    item: ITEM,
    title: words('同意人脸比对吗？', 'Do you agree to a face comparison?'),
    lead: words('不同意也能办，换一种方式就行。', 'You need not: any other way does as well.'),
    blocks: [
      {
        block: 'list',
        title: words('会发生什么', 'What happens'),
        items: [
          words(
            '读取您证件芯片里的照片，用摄像头拍一张，在本机比对。',
            'The picture in the chip of your card and one by the camera are compared on this machine.',
          ),
          words('两张照片都不离开本机，比完立即删除。', 'Neither picture leaves it; both are deleted at once.'),
          words(
            '中心只收到相似度分数和您同意的时间。',
            'The centre gets a score and the moment of your consent, nothing else.',
          ),
          words('您随时可以撤回：换一种方式即可。', 'You may withdraw it at any time: choose another way.'),
        ],
      },
    ],
    page: 1,
    pages: 1,
    presses: [
      press('otherWay', words('不同意', 'No, another way')),
      press('agree', words('同意并开始', 'I agree, begin'), 'go'),
    ],
  };
}

function faceScreen(place: PlaceOf<'face'>): Screen {
  const left = place.attemptsLeft;
  const tries: readonly Block[] =
    left === null
      ? []
      : [
          notice(
            'wait',
            words(`没有比对上，还可以试 ${left} 次`, `No match; ${left} ${left === 1 ? 'try' : 'tries'} left`),
          ),
        ];
  switch (place.step) {
    case 'lay':
      return wait('layCard', words('请再放一次身份证件', 'Lay your ID card on the reader once more'), {
        lead: words('要读芯片里的照片。', 'The picture in its chip is read.'),
        blocks: tries,
      });
    case 'look':
      return wait('lookAtCamera', words('请看摄像头', 'Look into the camera'), {
        lead: words('取下帽子和口罩，站在原地。', 'Without hat or mask, please.'),
        blocks: tries,
      });
    default:
      return working(words('正在比对', 'Comparing'));
  }
}

function agentScreen(): Screen {
  return {
    screen: 'choices',
    item: ITEM,
    title: words('您凭什么替别人办？', 'What lets you act for the other person?'),
    lead: words(
      '会记下您的姓氏和证件首尾各一位。',
      'The first character of your name and the ends of your number are recorded.',
    ),
    options: [
      {
        id: 'agentCode',
        title: words('有授权码', 'A code'),
        note: words('委托人在机器上或手机上授权过', 'The other person has authorised you on a machine or phone'),
      },
      {
        id: 'agentPaper',
        title: words('有授权书和对方证件', 'A paper and the other ID card'),
        note: words('先收下申请，原件到窗口核对', 'Requests are taken; the original is seen at the counter'),
      },
    ],
    page: 1,
    pages: 1,
    presses: [OTHER_WAY],
  };
}

function helpScreen(state: State, place: PlaceOf<'help'>): Screen {
  const instead = itemsInstead(state).map(({ id }) => id);
  return {
    screen: 'sheet',
    item: ITEM,
    title: words('遇到哪种情况？', 'What is the matter?'),
    lead: words('都有办法，不用再跑一趟。', 'There is a way for each of them.'),
    blocks: [
      ...helpBlocks(state, place.problem),
      facts([fact(words('服务热线', 'Hotline'), data(state.agent?.catalogue?.enquiryPhone ?? '12329'))]),
    ],
    page: 1,
    pages: 1,
    presses: [
      OTHER_WAY,
      ...(instead.includes('S03') ? [press('callStaff', words('叫工作人员', 'Call staff'))] : []),
      ...(instead.includes('S01') ? [press('leaveRequest', words('先留言', 'Leave a request'), 'go')] : []),
    ],
  };
}
