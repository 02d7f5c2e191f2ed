import { z } from 'zod';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { kept } from '../keep.ts';
import { data, fact, press, said, words } from '../parts.ts';

const Kind = z.enum(['question', 'complaint', 'suggestion']);
type Kind = z.infer<typeof Kind>;

const Place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('kind') }),
  z.object({ at: z.literal('topic'), kind: Kind }),
  z.object({ at: z.literal('text'), kind: Kind, topicId: z.string().max(20) }),
]);
type Place = z.infer<typeof Place>;

const NOTHING = { to: 'nothing' } as const;
const KINDS = {
  question: words('咨询', 'A question'),
  complaint: words('投诉', 'A complaint'),
  suggestion: words('建议', 'A suggestion'),
} as const;
/** Of the person's own words, in characters. */
const LONGEST = 500;
/** As much of it as the screen repeats. */
const SHOWN = 40;

/** S01: a question, a complaint or a suggestion, in one's own words if one likes; a card is not needed. */
export const voiceFlow = flow<Place>({
  items: ['S01'],
  open: () => ({ to: 'show', place: { at: 'kind' } }),

  act(place, action, state) {
    switch (place.at) {
      case 'kind': {
        const kind = Kind.safeParse(action.type === 'choose' && action.id);
        return kind.success ? { to: 'show', place: { at: 'topic', kind: kind.data } } : NOTHING;
      }
      case 'topic': {
        const topic = action.type === 'choose' && topicsOf(state).find(({ id }) => id === action.id);
        return topic ? { to: 'show', place: { at: 'text', kind: place.kind, topicId: topic.id } } : NOTHING;
      }
      case 'text':
        if (action.type === 'press' && action.id === 'skip') return wish(state, place, null);
        return action.type === 'enter' && action.value.trim() ? wish(state, place, action.value.trim()) : NOTHING;
    }
  },

  answered: () => NOTHING,
  view: (place, state) => screenOf(place, state),
  ...kept(Place),
});

const topicsOf = (state: State) => state.agent?.catalogue?.topics.filter(({ item }) => item === 'S01') ?? [];

function wish(state: State, place: Extract<Place, { at: 'text' }>, text: string | null): Move<Place> {
  const { kind, topicId } = place;
  const topic = topicsOf(state).find(({ id }) => id === topicId)?.name ?? words(topicId, topicId);
  const shown = text !== null && text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return {
    to: 'confirm',
    place,
    wish: {
      item: 'S01',
      form: { item: 'S01', topicId, kind },
      person: text === null ? {} : { text },
      line: words(`${KINDS[kind].zh} · ${topic.zh}`, `${KINDS[kind].en} · ${topic.en}`),
      facts: [
        fact(words('类型', 'Kind'), said(KINDS[kind])),
        fact(words('关于', 'About'), said(topic)),
        ...(shown === null ? [] : [fact(words('您的话', 'In your words'), data(shown))]),
      ],
      statement: null,
      confirmed: false,
      reply: true,
    },
  };
}

function screenOf(place: Place, state: State): Screen {
  const common = { item: 'S01', page: 1, pages: 1, presses: [] };
  switch (place.at) {
    case 'kind':
      return {
        screen: 'choices',
        ...common,
        title: words('您想说什么？', 'What is it about?'),
        lead: words('收下就给您编号，按时答复。', 'You get a number at once, and an answer in time.'),
        options: [
          { id: 'question', title: KINDS.question, note: words('想问清楚一件事', 'Something you would like to know') },
          { id: 'complaint', title: KINDS.complaint, note: words('有不满意的地方', 'Something went wrong') },
          { id: 'suggestion', title: KINDS.suggestion, note: words('怎样能做得更好', 'How we could do better') },
        ],
      };
    case 'topic':
      return {
        screen: 'choices',
        ...common,
        title: words('关于哪方面？', 'About what?'),
        options: topicsOf(state)
          .slice(0, 12)
          .map(({ id, name }) => ({ id, title: name })),
      };
    case 'text':
      return {
        screen: 'entry',
        item: 'S01',
        title: words('请写几句（也可以不写）', 'In your own words, if you like'),
        lead: words('用拼音输入，写得越清楚，答复越快。', 'The clearer it is, the sooner it can be answered.'),
        field: 'text',
        ask: { kind: 'text', max: LONGEST, lines: 5 },
        error: null,
        presses: [press('skip', words('不写了', 'Leave it out'))],
      };
  }
}
