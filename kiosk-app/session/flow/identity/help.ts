import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { words } from '../items/parts.ts';
import type { State } from '../state.ts';
import { waysOf } from './factors.ts';

interface Trouble {
  /** Codes it is about: it comes first for them. */
  readonly codes: readonly string[];
  readonly words: Words;
  /** The same where this machine has another way. */
  readonly here?: Words;
}

/** What goes wrong with proving who one is, and what to do about each. Never "not possible". */
const TROUBLES: readonly Trouble[] = [
  {
    codes: ['E1204', 'E1202', 'E1203'],
    words: words(
      '手机号换了或收不到验证码：带身份证到任一窗口改号，当场生效。',
      'Another phone number, or no code comes: any counter changes it at once, with your ID card.',
    ),
    here: words(
      '手机号换了或收不到验证码：在这里换一种方式核验，再办“联系信息变更”改成新号。',
      'Another phone number, or no code comes: identify yourself here in another way, then change the number.',
    ),
  },
  {
    codes: ['E1211', 'E1213', 'E1303', 'E3503', 'E3504'],
    words: words(
      '没有银行卡、是别家银行的卡或密码被锁：用别的方式，银行卡不是必需的。',
      'No bank card, one of another bank, or a blocked PIN: use any other way; a bank card is never needed.',
    ),
  },
  {
    codes: ['E1205', 'E1104'],
    words: words(
      '姓名里有生僻字或间隔点（·•．・）写法不同：系统按同一个人处理；仍找不到时，留言“信息更正”，工作人员核对后回电。',
      'A rare character, or a dot written in another way (·•．・): it counts as the same name. Not found all the same: leave a request, and staff call you back.',
    ),
  },
  {
    codes: ['E1105', 'E1106', 'E1103'],
    words: words(
      '证件过期或读不出：可凭公安机关的临时身份证到窗口；留言不需要证件。',
      'An expired or unreadable card: the counter takes a temporary one of the police; a request needs no card.',
    ),
    here: words(
      '证件过期或读不出：在这里用手机电子卡或银行卡开始。',
      'An expired or unreadable card: begin here with the e-card on your phone or a bank card.',
    ),
  },
];

export function helpBlocks(state: State, problem: string | null): Block[] {
  const other = waysOf(state).some(({ code }) => code === null);
  const first = TROUBLES.filter(({ codes }) => problem !== null && codes.includes(problem));
  const sorted = [...first, ...TROUBLES.filter((trouble) => !first.includes(trouble))];
  return [{ block: 'list', items: sorted.map((trouble) => (other && trouble.here ? trouble.here : trouble.words)) }];
}
