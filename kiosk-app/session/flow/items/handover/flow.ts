import type { Begun, Left } from '@kiosk/contract/platform/handover.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import { formatResumeCode, parseResumeCode } from '@kiosk/domain/resume-code.ts';
import { type Move, flow } from '../item-flow.ts';
import { data, notice, press, words } from '../parts.ts';

export type To = 'phone' | 'resume';
/** Where somebody stands who goes on elsewhere, or goes on here with what was left elsewhere. */
export type Place =
  | { readonly at: 'offer'; readonly begun: Begun }
  | { readonly at: 'left'; readonly to: To; readonly left: Left }
  | { readonly at: 'typing'; readonly error: string | null };

/** The code that is typed, or the QR and the code that are taken along. */
export const HANDOVER = 'S04';
const NOTHING = { to: 'nothing' } as const;

/** S04: goes on with a code. Every screen that can be left goes here as well. */
export const handoverFlow = flow<Place>({
  items: [HANDOVER],
  open: () => ({ to: 'show', place: { at: 'typing', error: null } }),

  act(place, action) {
    if (place.at === 'offer') {
      const to = action.type === 'choose' && (action.id === 'phone' || action.id === 'resume') ? action.id : null;
      return to ? leave(place, to) : NOTHING;
    }
    if (place.at === 'left') {
      if (action.type !== 'press' || action.id !== 'slip') return NOTHING;
      const { code, expiresAt } = place.left;
      return { to: 'slip', slip: { kind: 'resume', code, expiresAt }, place };
    }
    if (action.type !== 'enter') return NOTHING;
    const code = parseResumeCode(action.value);
    if (!code.ok) return { to: 'show', place: { at: 'typing', error: 'E2607' }, replace: true };
    return { to: 'ask', ask: { route: 'takeUp', request: { code: code.value } } };
  },

  answered(_place, told) {
    if (told.route === 'leave') {
      return { to: 'show', place: { at: 'left', to: told.request.to, left: told.value }, replace: true };
    }
    return told.route === 'takeUp' ? { to: 'resume', begun: told.value } : NOTHING;
  },

  refused(place, code) {
    const unknown = ['E2602', 'E2607'].includes(code);
    return unknown && place?.at === 'typing'
      ? { to: 'show', place: { at: 'typing', error: code }, replace: true }
      : undefined;
  },

  view(place) {
    switch (place.at) {
      case 'offer':
        return offerScreen();
      case 'left':
        return leftScreen(place);
      case 'typing':
        return {
          screen: 'entry',
          item: HANDOVER,
          title: words('请输入小票上的接办码', 'Type the code from your slip'),
          lead: words('八个字母和数字。只有您本人能接着办。', 'Eight letters and digits. Only you can go on with it.'),
          field: 'resume',
          ask: { kind: 'code', max: 8 },
          error: place.error,
          presses: [],
        };
    }
  },
});

export function leave({ begun }: Extract<Place, { at: 'offer' }>, to: To): Move<Place> {
  return { to: 'ask', ask: { route: 'leave', request: { ...begun, to } }, place: { at: 'offer', begun } };
}

function offerScreen(): Screen {
  return {
    screen: 'choices',
    item: HANDOVER,
    title: words('您想在哪里接着办？', 'Where would you like to go on?'),
    lead: words(
      '已填的内容会一起带过去，不用再填。',
      'What you have filled in goes along; you need not type it again.',
    ),
    options: [
      {
        id: 'phone',
        title: words('在我的手机上', 'On my phone'),
        note: words('扫二维码，十分钟内有效', 'Scan a code, good for ten minutes'),
      },
      {
        id: 'resume',
        title: words('到窗口或另一台机器', 'At a counter or another machine'),
        note: words('给您一个接办码，两天内有效', 'You get a code, good for two days'),
      },
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

function leftScreen({ to, left }: Extract<Place, { at: 'left' }>): Screen {
  const until = { kind: 'moment', at: left.expiresAt } as const;
  const common = { screen: 'sheet', item: HANDOVER, page: 1, pages: 1 } as const;
  const yours = notice(
    'info',
    words('只有您本人核验身份后才能打开。', 'It opens only for you, once you have identified yourself again.'),
  );
  if (to === 'phone' && left.url !== undefined) {
    return {
      ...common,
      title: words('请用手机扫一扫', 'Scan this with your phone'),
      blocks: [
        { block: 'qr', text: left.url, caption: words('扫码后在手机上接着办', 'Go on with it on your phone') },
        { block: 'facts', facts: [{ label: words('有效到', 'Good until'), value: until }] },
        yours,
      ],
      presses: [],
    };
  }
  return {
    ...common,
    title: words('请记下接办码', 'Keep this code'),
    lead: words(
      '到窗口报给工作人员，或在任一台机器选“接着办”。',
      'Tell it at a counter, or choose Go on with a code at any machine.',
    ),
    blocks: [
      { block: 'headline', label: words('接办码', 'Code'), value: data(formatResumeCode(left.code)) },
      { block: 'facts', facts: [{ label: words('有效到', 'Good until'), value: until }] },
      yours,
    ],
    presses: [press('slip', words('打印小票', 'Print it'), 'go')],
  };
}
