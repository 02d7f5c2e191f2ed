import type { Strokes } from '@kiosk/contract/screen/action.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { RequestPerson } from '@kiosk/contract/journal/entry.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { levelNow, stillToComplete } from '../identity/level.ts';
import { raise } from '../identity/ways.ts';
import type { ItemAction } from '../items/item-flow.ts';
import { data, fact, facts, notice, press, said, words } from '../items/parts.ts';
import { findItem, linkCode } from '../menu.ts';
import type { ItemStage, StageOf, State } from '../state.ts';
import { type Step, go, step } from '../step.ts';
import { submit } from './submit.ts';
import type { Wish } from './wish.ts';

type Confirm = StageOf<'confirm'>;

/** Where two fresh factors are needed they come first: a signature is not given twice. */
export function confirm(state: State, back: ItemStage, wish: Wish): Step {
  const stage: Confirm = { at: 'confirm', wish, back, typing: null };
  const fresh = !wish.confirmed || linkCode(state) !== null || levelNow(state) === 'L3';
  return fresh ? go(state, stage) : raise(state, 'L3', stage);
}

/** Before anything is sent: what it is, once more, and the signature or the touch that sends it. */
export function actAtConfirm(state: State, stage: Confirm, action: ItemAction): Step {
  const { wish, back } = stage;
  if (stage.typing !== null) {
    if (action.type !== 'enter' || !/^\d{11}$/.test(action.value)) return step(state);
    return go(state, { ...stage, typing: null, wish: { ...wish, person: { ...wish.person, phone: action.value } } });
  }
  if (action.type === 'press' && action.id === 'phone' && wish.reply) return go(state, { ...stage, typing: 'phone' });
  if (wish.statement === null)
    return action.type === 'press' && action.id === 'submit' ? submit(state, back, wish) : step(state);
  if (action.type !== 'sign') return step(state);
  const signature = signatureOf(action.strokes);
  if (!signature) return go(state, { ...stage, unsigned: true });
  return submit(state, back, { ...wish, person: { ...wish.person, signature } });
}

export function backAtConfirm(state: State, stage: Confirm): Step {
  return go(state, stage.typing === null ? stage.back : { ...stage, typing: null });
}

/** The screen's field is three times as wide as high, near enough for a picture of a signature. */
const ASPECT_MILLI = 3_000;
/** A dot is no name. */
const POINTS_AT_LEAST = 8;

function signatureOf(strokes: Strokes): RequestPerson['signature'] | null {
  const points = strokes.reduce((sum, line) => sum + line.length, 0);
  if (points < POINTS_AT_LEAST) return null;
  const scaled = (at: number) => Math.round((at * 4095) / 1000);
  const lines = strokes
    .filter((line) => line.length > 0)
    .map((line) => line.flatMap(([x, y]) => [scaled(x), scaled(y)]));
  return { aspectMilli: ASPECT_MILLI, strokes: lines };
}

const CHECK = words('请核对，再提交', 'Please check, then send');
const SIGN = words('请核对，再签名', 'Please check, then sign');

export function confirmScreen(state: State, stage: Confirm): Screen {
  const { wish } = stage;
  const { item } = wish;
  if (stage.typing !== null) {
    return {
      screen: 'entry',
      item,
      title: words('回复到哪个手机号？', 'Which phone should the answer go to?'),
      field: 'reply',
      ask: { kind: 'phone' },
      error: null,
      presses: [],
    };
  }
  const rows = facts([...wish.facts, replyRow(state, wish)]);
  const notes = warnings(state, wish);
  if (wish.statement === null) {
    return {
      screen: 'sheet',
      item,
      title: CHECK,
      blocks: [rows, ...notes],
      page: 1,
      pages: 1,
      presses: [
        ...(wish.reply ? [press('phone', words('换个号码', 'Another number'))] : []),
        press('submit', words('提交', 'Send'), 'go'),
      ],
    };
  }
  return {
    screen: 'sign',
    item,
    title: SIGN,
    statement: [rows, ...notes, { block: 'paragraph', words: wish.statement }],
    error: stage.unsigned ? words('请在框里写上您的姓名', 'Please write your name in the field') : null,
  };
}

function replyRow(state: State, { reply, person }: Wish) {
  if (!reply) return null;
  const label = words('回复方式', 'Answer');
  const phone = person.phone === undefined ? (state.person?.phoneMasked ?? null) : maskPhone(person.phone);
  return fact(label, phone === null ? said(words('凭受理号查询', 'By the number on the slip')) : data(phone));
}

/** Nothing is decided without the platform, and what it does not know of the person it finds out first. */
function warnings(state: State, wish: Wish) {
  const offline = words(
    '线路中断：现在只收下申请，不作决定。线路恢复后自动送到中心。',
    'The line is down: your request is only received now, not decided. It is sent when the line is back.',
  );
  const level = findItem(state, wish.item)?.level ?? 'L0';
  const incomplete = stillToComplete(state, level);
  return [
    ...(linkCode(state) === null ? [] : [notice('wait', offline)]),
    ...(incomplete && level !== 'L0' ? [notice('info', incomplete)] : []),
  ];
}
