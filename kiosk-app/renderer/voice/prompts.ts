import type { Screen, ScreenName, ScreenOf, View } from '@kiosk/contract/screen/view.ts';
import { errorPrompt as code } from './error-clips.ts';
import type { Prompt, Said } from './script.ts';

type Words = { readonly zh: string; readonly en: string };

const number = (value: number): Said => ({ number: value });
const words = (text: Words): Prompt => ({ words: text });

/** What each screen says when it comes, by key. Nothing is said that does not stand there. */
const SAYS: { readonly [N in ScreenName]?: (screen: ScreenOf<N>) => Prompt[] } = {
  attract: ({ notices, announcements }) => [
    { key: 'attract.headline' },
    { key: 'attract.lead' },
    ...announcements.slice(0, 2).map(words),
    ...notices.slice(0, 2).map((one) => code(one, 'depositor')),
  ],
  outOfService: (screen) => [code(screen.code, 'depositor'), { key: 'outOfService.lead' }],
  paused: (screen) => [
    { key: 'paused.headline' },
    words(screen.words),
    { key: 'paused.instead' },
    words(screen.instead),
  ],
  readingCard: ({ step }) => [{ key: `readingCard.headline.${step}` }, { key: `readingCard.lead.${step}` }],
  enterCode: (screen) =>
    screen.checking
      ? [{ key: 'enterCode.checking' }]
      : screen.error !== null
        ? [
            code(screen.error, 'depositor'),
            ...(screen.attemptsLeft === null
              ? []
              : [{ key: 'enterCode.attempts', values: [number(screen.attemptsLeft)] }]),
          ]
        : [{ key: 'enterCode.headline' }, { key: 'enterCode.lead', values: [{ text: '' }] }, { key: 'enterCode.safe' }],
  menu: () => [{ key: 'menu.headline' }, { key: 'menu.warning' }],
  account: (screen) => [{ key: 'account.headline' }, { value: { fen: screen.balanceFen } }],
  period: ({ purpose }) => [{ key: `period.headline.${purpose}` }],
  details: (screen) => [
    { key: 'details.headline', values: [number(screen.totalRows)] },
    ...(screen.pages > 1 ? [{ key: 'details.page', values: [number(screen.page), number(screen.pages)] }] : []),
  ],
  working: (screen) =>
    screen.words
      ? [words(screen.words)]
      : [{ key: `working.headline.${screen.task}` }, { key: 'common.usually', values: [number(screen.usualSeconds)] }],
  printing: (screen) => {
    if (screen.stoppedBy !== null) return [code(screen.stoppedBy, 'depositor'), { key: 'printing.waiting' }];
    const now = screen.steps.find(({ state }) => state === 'now')?.id ?? 'print';
    return now === 'print' && screen.pages !== null
      ? [{ key: 'printing.page', values: [number(Math.max(1, screen.page)), number(screen.pages)] }]
      : [{ key: `printing.headline.${now}` }];
  },
  printed: (screen) => [
    { key: 'printed.headline', values: [number(screen.pages)] },
    { key: 'printed.number' },
    { value: { digits: screen.documentNumber } },
  ],
  requestSlot: () => [{ key: 'request.slotHeadline' }, { key: 'request.slotLead' }],
  accepted: (screen) => [
    words(screen.title),
    words(screen.lead),
    { key: 'accepted.number' },
    { value: { digits: screen.requestNumber } },
  ],
  failure: (screen) => [
    code(screen.code, 'depositor'),
    { key: `failure.safe.${screen.step}` },
    code(screen.code, 'next'),
  ],
  rate: ({ askReason }) => [{ key: askReason ? 'rate.reasonHeadline' : 'rate.headline' }],
  goodbye: ({ reason, instead }) => [
    { key: `goodbye.headline.${reason}` },
    { key: 'goodbye.cleared' },
    ...(instead ? [words(instead)] : [{ key: 'goodbye.take' }]),
  ],
};

/** Of a screen that every item is told with: its title, its lead, what is wrong, and what it wants. */
function generic(content: Screen): Prompt[] {
  if (!('title' in content) || !('item' in content)) return [];
  const error = 'error' in content && content.error !== null ? content.error : null;
  return [
    words(content.title as Words),
    ...('lead' in content && content.lead ? [words(content.lead as Words)] : []),
    ...(error === null ? [] : [typeof error === 'string' ? code(error, 'depositor') : words(error as Words)]),
  ];
}

/** What a view says aloud: one pure function of what is shown. */
export function promptsOf({ frame, content }: View): Prompt[] {
  if (frame.idle) return [{ key: 'idle.headline' }, { key: 'idle.lead' }];
  const says = SAYS[content.screen] as ((screen: Screen) => Prompt[]) | undefined;
  const notice: Prompt[] = frame.notice ? [words(frame.notice.words)] : [];
  return [...notice, ...(says ? says(content) : generic(content))];
}

/** Changes when something new is to be said: a countdown that ticks says nothing again. */
export function occasion(view: View, prompts: readonly Prompt[]): string {
  return JSON.stringify([view.content.screen, view.frame.language, prompts]);
}

/** Texts the voice says, as paths into the texts of the screens, and how many values come into each. */
export const PROMPT_TEXTS: readonly (readonly [key: string, values: number])[] = [
  ['attract.headline', 0],
  ['attract.lead', 0],
  ['outOfService.lead', 0],
  ['paused.headline', 0],
  ['paused.instead', 0],
  ['readingCard.headline', 0],
  ['readingCard.lead', 0],
  ['enterCode.headline', 0],
  ['enterCode.lead', 1],
  ['enterCode.safe', 0],
  ['enterCode.checking', 0],
  ['enterCode.attempts', 1],
  ['menu.headline', 0],
  ['menu.warning', 0],
  ['account.headline', 0],
  ['period.headline', 0],
  ['details.headline', 1],
  ['details.page', 2],
  ['working.headline', 0],
  ['common.usually', 1],
  ['printing.headline', 0],
  ['printing.waiting', 0],
  ['printing.page', 2],
  ['printed.headline', 1],
  ['printed.number', 0],
  ['request.slotHeadline', 0],
  ['request.slotLead', 0],
  ['accepted.number', 0],
  ['failure.safe', 0],
  ['rate.headline', 0],
  ['rate.reasonHeadline', 0],
  ['goodbye.headline', 0],
  ['goodbye.cleared', 0],
  ['goodbye.take', 0],
  ['idle.headline', 0],
  ['idle.lead', 0],
];
