import type { Screen, ScreenOf } from '@kiosk/contract/screen/view.ts';
import { AppointmentSlots } from '@kiosk/contract/platform/branches.ts';
import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { z } from 'zod';
import { linkCode } from '../../menu.ts';
import type { State } from '../../state.ts';
import { hoursOfHalf, weekdayOf } from '../branches/hours.ts';
import { type Move, flow } from '../item-flow.ts';
import { kept } from '../keep.ts';
import { date, fact, said, words } from '../parts.ts';

const Place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('topic') }),
  z.object({
    at: z.literal('slot'),
    topicId: z.string().max(20),
    branchId: z.string().max(20),
    /** What the platform said; absent: it could not be asked. */
    slots: AppointmentSlots.optional(),
  }),
]);
type Place = z.infer<typeof Place>;
type Half = 'morning' | 'afternoon';

const NOTHING = { to: 'nothing' } as const;
/** Days offered without the platform, beginning tomorrow. The centre confirms or moves what it was sent. */
const DAYS_OFFERED = 10;
const DAYS_LOOKED_AT = 31;
const HALVES = { morning: words('上午', 'Morning'), afternoon: words('下午', 'Afternoon') } as const;

/**
 * B08: what for, where, when. With the line the platform says what is free at each branch; without it the days on which a
 * branch is open are offered, and nobody here knows which of them are full.
 */
export const appointmentFlow = flow<Place>({
  items: ['B08'],
  open: () => ({ to: 'show', place: { at: 'topic' } }),

  act(place, action, state) {
    if (place.at === 'topic') {
      const topic = action.type === 'choose' && topicsOf(state).find(({ id }) => id === action.id);
      const [branch] = branchesOf(state);
      if (!topic || !branch) return NOTHING;
      const slot: Place = { at: 'slot', topicId: topic.id, branchId: branch.id };
      if (linkCode(state) !== null) return { to: 'show', place: slot };
      return { to: 'ask', ask: { route: 'appointmentSlots', request: { topicId: topic.id } }, place };
    }
    if (action.type === 'chooseBranch') {
      const branch = branchesOf(state).find(({ id }) => id === action.branchId);
      return branch ? { to: 'show', place: { ...place, branchId: branch.id }, replace: true } : NOTHING;
    }
    if (action.type !== 'chooseSlot') return NOTHING;
    const offered = daysOf(state, place).some((day) => day.date === action.date && day[action.half]);
    return offered ? wish(state, place, action.date, action.half) : NOTHING;
  },

  answered(_place, told, state) {
    if (told.route !== 'appointmentSlots') return NOTHING;
    const { topicId } = told.request;
    return slotPlace(state, topicId, told.value);
  },

  /** Slow or older than this: nobody waits for it. */
  refused: (_place, _code, ask, state) =>
    ask.route === 'appointmentSlots' ? slotPlace(state, ask.request.topicId) : undefined,

  view(place, state): Screen {
    if (place.at === 'slot') {
      return {
        screen: 'requestSlot',
        branches: [...branchesOf(state)],
        branchId: place.branchId,
        days: daysOf(state, place),
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
  /** What was free will be another thing elsewhere. */
  keep: (place) => {
    const { slots: _now, ...chosen } = { slots: undefined, ...place };
    return { step: place.at, form: { place: chosen } };
  },
});

const topicsOf = (state: State) => state.agent?.catalogue?.topics.filter(({ item }) => item === 'B08') ?? [];
const branchesOf = (state: State) => state.agent?.catalogue?.branches ?? [];

type SlotPlace = Extract<Place, { at: 'slot' }>;
type Days = ScreenOf<'requestSlot'>['days'];

function slotPlace(state: State, topicId: string, slots?: AppointmentSlots): Move<Place> {
  const [branch] = branchesOf(state);
  if (!branch) return NOTHING;
  return { to: 'show', place: { at: 'slot', topicId, branchId: branch.id, ...(slots ? { slots } : {}) } };
}

/** As the platform said; otherwise the days after today on which the branch is open, as this machine's copy has it. */
function daysOf(state: State, { branchId, slots }: SlotPlace): Days {
  const told = slots?.branches.find((one) => one.branchId === branchId);
  if (!told) return openDays(state, branchId);
  return told.days.map(({ date: day, morning, afternoon }) => ({
    date: day,
    morning: morning.open && morning.left !== 0,
    afternoon: afternoon.open && afternoon.left !== 0,
    left: { morning: morning.left, afternoon: afternoon.left },
    closed: HALF_NAMES.filter((half) => !(half === 'morning' ? morning : afternoon).open),
  }));
}

const HALF_NAMES: readonly Half[] = ['morning', 'afternoon'];

function openDays(state: State, branchId: string): Days {
  const hours = branchesOf(state).find(({ id }) => id === branchId)?.hours;
  const today = shanghaiDate(state.time.now);
  const days: Days = [];
  for (let ahead = 1; days.length < DAYS_OFFERED && ahead <= DAYS_LOOKED_AT; ahead++) {
    const next = addDays(today, ahead);
    const open = (half: Half) => (hours ? hoursOfHalf(hours, next, half) !== null : weekdayOf(next) <= 5);
    const closed = HALF_NAMES.filter((half) => !open(half));
    if (closed.length < 2) days.push({ date: next, morning: open('morning'), afternoon: open('afternoon'), closed });
  }
  return days;
}

function wish(state: State, place: SlotPlace, day: string, half: Half): Move<Place> {
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
