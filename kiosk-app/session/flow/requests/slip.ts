import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import { stillToComplete } from '../identity/level.ts';
import { hoursOfHalf } from '../items/branches/hours.ts';
import { words } from '../items/parts.ts';
import { findItem } from '../menu.ts';
import type { SlipJob, State } from '../state.ts';
import type { Wish } from './wish.ts';

type Told = Omit<Extract<SlipJob, { kind: 'request' }>, 'kind' | 'identity'>;

/** What a request's slip says; null: nobody needs one, as where staff come over. */
export function slipOf(state: State, wish: Wish, told: Told): SlipJob | null {
  const { form } = wish;
  if (form.item === 'S03') return null;
  if (form.item === 'B08' && !(told.outcome?.state === 'decided' && told.outcome.verdict === 'refused'))
    return appointmentOf(state, form, wish, told);
  const level = findItem(state, wish.item)?.level ?? 'L0';
  const identity = level === 'L0' ? null : stillToComplete(state, level) === null ? 'complete' : 'pending';
  return { kind: 'request', ...told, identity };
}

const HALVES = { morning: words('上午', 'Morning'), afternoon: words('下午', 'Afternoon') } as const;

function appointmentOf(
  state: State,
  { branchId, topicId, date, half }: Extract<RequestForm, { item: 'B08' }>,
  { line }: Wish,
  { requestNumber, receivedAt, outcome }: Told,
): SlipJob {
  const { items = [], branches = [], topics = [] } = state.agent?.catalogue ?? {};
  const branch = branches.find(({ id }) => id === branchId);
  const about = topics.find(({ id }) => id === topicId)?.about ?? [];
  const bring = items.filter(({ id }) => about.includes(id)).flatMap(({ materials = [] }) => materials);
  const confirmed = outcome?.state === 'decided';
  return {
    kind: 'appointment',
    requestNumber,
    receivedAt,
    confirmed,
    ticket: (confirmed ? outcome.results?.appointment?.ticket : undefined) ?? null,
    topic: line,
    branch: branch?.name ?? words(branchId, branchId),
    address: branch?.address ?? null,
    date,
    half: HALVES[half],
    hours: hoursOfHalf(branch?.hours ?? [], date, half),
    bring: [...new Map(bring.map(({ id, name }) => [id, name])).values()].slice(0, 10),
  };
}
