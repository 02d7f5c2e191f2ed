import type { Action } from '@kiosk/contract/screen/action.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import fc from 'fast-check';
import type { StageName } from '../flow/state.ts';
import { viewOf } from '../flow/view.ts';
import { PAPER_NUMBER } from './answers.ts';
import * as F from './fixtures.ts';
import type { Play } from './play.ts';

export const TYPED_PHONE = F.PERSON.phone;
export const TYPED_CARD = F.CARD_NUMBER;
/** Every item that the fixtures' catalogue has open. */
const ITEMS = 'Q01 Q02 Q03 Q04 Q06 Q07 P01 P02 P03 P07 P08 B01 B02 B03 B04 B05 B06 B07 B08 B09 S01 S03 S04'.split(' ');
const SIGNATURE: [number, number][][] = [Array.from({ length: 12 }, (_, i) => [i * 60, 300 + (i % 3) * 90])];

/** Whatever anybody could send, fitting or not. */
export const anyAction = fc.oneof(
  fc.constantFrom<Action>(
    { type: 'touched' },
    { type: 'moreTime' },
    { type: 'back' },
    { type: 'home' },
    { type: 'end' },
    { type: 'resendCode' },
    { type: 'reveal' },
    { type: 'print' },
    { type: 'cancelPrint' },
    { type: 'retry' },
    { type: 'finish' },
    { type: 'openService' },
    { type: 'testLink' },
    { type: 'submitCode', code: '246810' },
    { type: 'choosePeriod', period: F.PERIOD },
    { type: 'choosePeriod', period: { from: '2026-11', to: '2026-01' } },
    { type: 'turnPage', by: 1 },
    { type: 'turnPage', by: -1 },
    { type: 'choose', id: 'complaint' },
    { type: 'choose', id: 'withdrawal' },
    { type: 'chooseBranch', branchId: 'beimen' },
    { type: 'chooseSlot', date: '2026-11-24', half: 'morning' },
    { type: 'press', id: 'submit' },
    { type: 'sign', strokes: SIGNATURE },
    { type: 'rate', score: 'satisfied' },
    { type: 'rate', score: 'dissatisfied' },
    { type: 'rateReason', reason: null },
    { type: 'signIn', name: 'lin', secret: 'a long secret' },
    { type: 'selfTest', deviceId: 'all' },
    { type: 'showHistory', deviceId: 'id-reader' },
    { type: 'chooseMode', mode: { text: 'large', pace: 'elderly' } },
    { type: 'chooseLanguage', language: 'en' },
  ),
  fc.constantFrom(...ITEMS, 'P05', 'X99').map((item): Action => ({ type: 'open', item })),
);

/** What a person who wants something would do here; without it chance alone seldom gets as far as the paper. */
const SENSIBLE: Partial<Record<StageName, readonly Action[]>> = {
  attract: [{ type: 'open', item: 'S01' }, { type: 'openService' }],
  enterCode: [{ type: 'submitCode', code: '246810' }],
  menu: [...ITEMS, 'P01', 'P01'].map((item): Action => ({ type: 'open', item })),
  account: [{ type: 'reveal' }, { type: 'print' }],
  period: [{ type: 'choosePeriod', period: F.PERIOD }],
  details: [{ type: 'turnPage', by: 1 }, { type: 'print' }],
  printing: [{ type: 'touched' }, { type: 'touched' }, { type: 'cancelPrint' }],
  printed: [{ type: 'home' }, { type: 'finish' }],
  accepted: [{ type: 'press', id: 'phone' }, { type: 'home' }, { type: 'finish' }],
  failure: [{ type: 'retry' }, { type: 'home' }, { type: 'press', id: 'leave' }],
  rate: [
    { type: 'rate', score: 'dissatisfied' },
    { type: 'rateReason', reason: 'device' },
  ],
  technicianSignIn: [{ type: 'signIn', name: 'lin', secret: 'a long secret' }],
  technician: [
    { type: 'selfTest', deviceId: 'all' },
    { type: 'showHistory', deviceId: 'id-reader' },
    { type: 'testLink' },
  ],
};

/** On the screens of service items: whatever is offered there, or something fitting typed. */
function offered(play: Play): readonly Action[] {
  const screen = viewOf(play.state)?.content;
  const presses = screen && 'presses' in screen ? screen.presses : [];
  const pressed = presses.map(({ id }): Action => ({ type: 'press', id }));
  switch (screen?.screen) {
    case 'choices':
      return [...pressed, ...screen.options.map(({ id }): Action => ({ type: 'choose', id })), { type: 'back' }];
    case 'sheet': {
      const ticks = screen.blocks.flatMap((block) => (block.block === 'ticks' ? block.ticks : []));
      const toggled = ticks.map(({ id }): Action => ({ type: 'toggle', id }));
      return [...pressed, ...pressed, ...toggled, { type: 'turnPage', by: 1 }, { type: 'back' }];
    }
    case 'entry':
      return [
        { type: 'enter', value: typedInto(screen.ask) },
        { type: 'enter', value: typedInto(screen.ask) },
        ...pressed,
      ];
    case 'sign':
      return [
        { type: 'sign', strokes: SIGNATURE },
        { type: 'sign', strokes: [] },
      ];
    case 'requestSlot':
      return [
        { type: 'chooseSlot', date: '2026-11-24', half: 'morning' },
        { type: 'chooseBranch', branchId: 'beimen' },
      ];
    default:
      return [...pressed, { type: 'back' }];
  }
}

function typedInto(ask: ScreenOf<'entry'>['ask']): string {
  switch (ask.kind) {
    case 'phone':
      return TYPED_PHONE;
    case 'idNumber':
      return F.PERSON.idNumber;
    case 'cardNumber':
      return TYPED_CARD;
    case 'money':
      return String(Math.max(ask.minFen, Math.min(ask.maxFen, 2_000_000)));
    case 'date':
    case 'month':
      return ask.start;
    case 'count':
      return String(ask.start);
    case 'percent':
      return String(ask.minMilli);
    case 'code':
      return PAPER_NUMBER.slice(0, ask.max);
    case 'digits':
      return '246810'.slice(0, ask.max);
    case 'text':
      return '请说明为什么';
  }
}

/** What somebody who wants something would do now. */
export function wishesOf(play: Play): readonly Action[] {
  const { at } = play.state.stage;
  return at === 'item' || at === 'confirm' || at === 'identify' ? offered(play) : (SENSIBLE[at] ?? []);
}
