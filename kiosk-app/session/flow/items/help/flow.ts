import type { Screen } from '@kiosk/contract/screen/view.ts';
import { z } from 'zod';
import { deviceCode, linkCode } from '../../menu.ts';
import type { ItemId, State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { fact, said, words } from '../parts.ts';

const Why = z.enum(['question', 'stuck', 'accessibility', 'device', 'other']);
type Why = z.infer<typeof Why>;
interface Place {
  /** desk: nobody can be called, the way is on foot. */
  readonly at: 'why' | 'desk';
}

const WHY = {
  question: words('想问一件事', 'I have a question'),
  stuck: words('不会操作', 'I do not know how to go on'),
  accessibility: words('看不清、听不见或够不着', 'I cannot see, hear or reach it'),
  device: words('机器有问题', 'Something is wrong with the machine'),
  other: words('其他', 'Something else'),
} as const;

const NOTHING = { to: 'nothing' } as const;

/** S03: somebody of the staff is asked to come. Nothing has to be said of oneself. */
export const helpFlow = flow<Place>({
  items: ['S03'],
  open: () => ({ to: 'show', place: { at: 'why' } }),
  answered: () => NOTHING,
  act(place, action, state) {
    const why = Why.safeParse(place.at === 'why' && action.type === 'choose' && action.id);
    if (why.success && linkCode(state) !== null) return { to: 'show', place: { at: 'desk' } };
    return why.success ? call(place, why.data, state.lastItem) : NOTHING;
  },
  view: (place, state) =>
    place.at === 'desk'
      ? deskScreen(state)
      : {
          screen: 'choices',
          item: 'S03',
          title: words('请工作人员过来', 'Ask our staff to come'),
          lead: whereStaffAre(state),
          options: Why.options.map((id) => ({ id, title: WHY[id] })),
          page: 1,
          pages: 1,
          presses: [],
        },
});

const deskScreen = (state: State): Screen => ({
  screen: 'sheet',
  item: 'S03',
  title: words('现在叫不到工作人员', 'Our staff cannot be called now'),
  lead:
    deviceCode(state, 'ioBoard') === null
      ? words(
          '线路中断，没有通知到人。机器正在响铃，只有近处听得见。',
          'The line is down: nobody was told. The machine rings; only who is near can hear it.',
        )
      : words('线路中断，没有通知到任何人。', 'The line is down: nobody has been told.'),
  blocks: [{ block: 'notice', tone: 'wait', words: whereStaffAre(state) }],
  page: 1,
  pages: 1,
  presses: [],
});

function call(place: Place, why: Why, step: ItemId | null): Move<Place> {
  return {
    to: 'submit',
    place,
    wish: {
      item: 'S03',
      form: { item: 'S03', why, ...(step === null ? {} : { step }) },
      person: {},
      line: WHY[why],
      facts: [fact(words('需要帮忙', 'Help with'), said(WHY[why]))],
      statement: null,
      confirmed: false,
      reply: false,
    },
  };
}

/** The way that always works: the hall, and the number of the hotline. */
function whereStaffAre({ identity, agent }: State) {
  const { hallName } = agent?.terminal ?? identity;
  const phone = agent?.catalogue?.enquiryPhone ?? '12329';
  return words(
    `着急请直接到${hallName.zh}服务台，或打 ${phone}。`,
    `If it is urgent, go to the desk of ${hallName.en} or call ${phone}.`,
  );
}
