import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import { addDays, dayNumber, shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import type { State } from '../../state.ts';
import { type Move, flow } from '../item-flow.ts';
import { kept } from '../keep.ts';
import { date, fact, said, words } from '../parts.ts';

const Place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('topic') }),
  z.object({ at: z.literal('slot'), topicId: z.string().max(20), branchId: z.string().max(20) }),
]);
type Place = z.infer<typeof Place>;
type Half = 'morning' | 'afternoon';

const NOTHING = { to: 'nothing' } as const;
/** Days offered, beginning tomorrow. The centre confirms or moves what it was sent. */
const DAYS_OFFERED = 10;
const HALVES = { morning: words('上午', 'Morning'), afternoon: words('下午', 'Afternoon') } as const;

/** B08: what for, where, when. Nobody at the terminal knows which half days are full; the platform decides. */
export const appointmentFlow = flow<Place>({
  items: ['B08'],
  open: () => ({ to: 'show', place: { at: 'topic' } }),

  act(place, action, state) {
    if (place.at === 'topic') {
      const topic = action.type === 'choose' && topicsOf(state).find(({ id }) => id === action.id);
      const [branch] = branchesOf(state);
      return topic && branch ? { to: 'show', place: { at: 'slot', topicId: topic.id, branchId: branch.id } } : NOTHING;
    }
    if (action.type === 'chooseBranch') {
      const branch = branchesOf(state).find(({ id }) => id === action.branchId);
      return branch ? { to: 'show', place: { ...place, branchId: branch.id }, replace: true } : NOTHING;
    }
    if (action.type !== 'chooseSlot') return NOTHING;
    const offered = offeredDays(state).some((day) => day.date === action.date && day[action.half]);
    return offered ? wish(state, place, action.date, action.half) : NOTHING;
  },

  answered: () => NOTHING,

  view(place, state): Screen {
    if (place.at === 'slot') {
      return {
        screen: 'requestSlot',
        branches: [...branchesOf(state)],
        branchId: place.branchId,
        days: offeredDays(state),
      };
    }
    return {
      screen: 'choices',
      item: 'B08',
      title: words('预约办什么？', 'What is the appointment for?'),
      options: topicsOf(state)
        .slice(0, 12)
        .map(({ id, name }) => ({ id, title: name })),
      page: 1,
      pages: 1,
      presses: [],
    };
  },
  ...kept(Place),
});

const topicsOf = (state: State) => state.agent?.catalogue?.topics.filter(({ item }) => item === 'B08') ?? [];
const branchesOf = (state: State) => state.agent?.catalogue?.branches ?? [];

/** Monday to Friday after today. */
function offeredDays(state: State): ScreenOf<'requestSlot'>['days'] {
  const today = shanghaiDate(state.time.now);
  const days: ScreenOf<'requestSlot'>['days'] = [];
  for (let ahead = 1; days.length < DAYS_OFFERED; ahead++) {
    const next = addDays(today, ahead);
    // Day 0 of the count, 1970-01-01, was a Thursday.
    const weekday = (dayNumber(next) + 4) % 7;
    if (weekday !== 0 && weekday !== 6) days.push({ date: next, morning: true, afternoon: true });
  }
  return days;
}

function wish(state: State, place: Extract<Place, { at: 'slot' }>, day: string, half: Half): Move<Place> {
  const { topicId, branchId } = place;
  const topic = topicsOf(state).find(({ id }) => id === topicId)?.name ?? words(topicId, topicId);
  const branch = branchesOf(state).find(({ id }) => id === branchId)?.name ?? words(branchId, branchId);
  return {
    to: 'confirm',
    place,
    wish: {
      item: 'B08',
      form: { item: 'B08', topicId, branchId, date: day, half },
      person: {},
      line: topic,
      facts: [
        fact(words('办理', 'For'), said(topic)),
        fact(words('网点', 'Branch'), said(branch)),
        fact(words('日期', 'Day'), date(day), { strong: true }),
        fact(words('时段', 'Time of day'), said(HALVES[half])),
      ],
      statement: null,
      confirmed: false,
      reply: true,
    },
  };
}
