import type { Catalogue } from '@kiosk/contract/platform/api.ts';
import type { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import { addDays, dayNumber, shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { failed } from './failures.ts';
import { findItem } from './menu.ts';
import type { AnswerTo } from './messages.ts';
import { startSlip } from './print.ts';
import type { RequestDraft, RequestItem, RequestSummary, Slot, StageOf, State } from './state.ts';
import { type Step, ask, go, step, takeOperationId, then } from './step.ts';

/** Working days offered for an appointment, beginning tomorrow. The centre confirms or moves what it was sent. */
const DAYS_OFFERED = 10;

export function topicsOf(state: State, item: RequestItem): Catalogue['topics'] {
  return state.agent?.catalogue?.topics.filter((topic) => topic.item === item) ?? [];
}

const branchesOf = (state: State) => state.agent?.catalogue?.branches ?? [];

export function openRequest(state: State, item: RequestItem): Step {
  return go(state, { at: 'topic', item });
}

export function chooseTopic(state: State, { item }: StageOf<'topic'>, topicId: string): Step {
  if (!topicsOf(state, item).some((topic) => topic.id === topicId)) return step(state);
  if (item === 'S01') return go(state, { at: 'confirm', item, topicId, slot: null });
  const [branch] = branchesOf(state);
  return branch ? go(state, { at: 'slot', topicId, branchId: branch.id }) : step(state);
}

export function chooseBranch(state: State, stage: StageOf<'slot'>, branchId: string): Step {
  return branchesOf(state).some((branch) => branch.id === branchId) ? go(state, { ...stage, branchId }) : step(state);
}

/** Monday to Friday after today. Nobody at the terminal knows which are full; the platform decides. */
export function offeredDays(state: State): ScreenOf<'requestSlot'>['days'] {
  const today = shanghaiDate(state.time.now);
  const days: ScreenOf<'requestSlot'>['days'] = [];
  for (let ahead = 1; days.length < DAYS_OFFERED; ahead++) {
    const date = addDays(today, ahead);
    // Day 0 of the count, 1970-01-01, was a Thursday.
    const weekday = (dayNumber(date) + 4) % 7;
    if (weekday !== 0 && weekday !== 6) days.push({ date, morning: true, afternoon: true });
  }
  return days;
}

export function chooseSlot(state: State, stage: StageOf<'slot'>, date: string, half: Slot['half']): Step {
  const { topicId, branchId } = stage;
  if (!offeredDays(state).some((day) => day.date === date && day[half])) return step(state);
  return go(state, { at: 'confirm', item: 'B08', topicId, slot: { branchId, date, half } });
}

export function submitRequest(state: State, stage: StageOf<'confirm'>, phone: string | null): Step {
  const [operationId, counted] = takeOperationId(state);
  const { item, topicId, slot } = stage;
  return submit(counted, { item, topicId, slot, operationId, phone });
}

/** Sends a draft; a second time with the same operation id, so that it is taken once whatever got lost. */
export function submit(state: State, draft: RequestDraft): Step {
  const form = formOf(draft);
  const { person, sessionId } = state;
  const level = person ? (person.token ? 'L2' : 'L1') : 'L0';
  return ask(state, (call) => ({
    stage: { at: 'submitting', call, draft },
    command: {
      do: 'submitRequest',
      call,
      sessionId,
      operationId: draft.operationId,
      level,
      form,
      person: personOf(state, draft.phone),
    },
  }));
}

function formOf({ topicId, slot }: RequestDraft): RequestForm {
  return slot ? { item: 'B08', topicId, ...slot } : { item: 'S01', topicId };
}

function personOf({ person }: State, phone: string | null): RequestPerson | null {
  if (!person && phone === null) return null;
  return {
    ...(person ? { name: person.name, idNumber: person.idNumber } : {}),
    ...(phone === null ? {} : { phone }),
  };
}

export function submitted(state: State, { call, result }: AnswerTo<'submitRequest'>): Step {
  const { stage } = state;
  if (stage.at !== 'submitting' || stage.call !== call) return step(state);
  const { draft } = stage;
  if (!result.ok) return notSubmitted(state, result.error.code, draft);
  const { requestNumber, offline } = result.value;
  const request = summaryOf(state, draft);
  const heard = step({ ...state, served: true }, { do: 'sound', name: 'done' });
  return then(heard, (s) => {
    const receivedAt = s.time.now;
    const [slip, slipped] = startSlip(s, { kind: 'request', requestNumber, offline, receivedAt, request });
    return then(slipped, (after) => go(after, { at: 'accepted', requestNumber, offline, request, slip }));
  });
}

function notSubmitted(state: State, code: string, draft: RequestDraft): Step {
  if (code === 'E2203' && draft.slot) {
    const again: StageOf<'slot'> = { at: 'slot', topicId: draft.topicId, branchId: draft.slot.branchId };
    return failed(state, code, 'submit', { retry: { kind: 'stage', stage: again } });
  }
  return failed(state, code, 'submit', { retry: { kind: 'submit', draft } });
}

/** What the person asked for, in words, with the phone masked. */
export function summaryOf(
  state: State,
  draft: Pick<RequestDraft, 'item' | 'topicId' | 'slot' | 'phone'>,
): RequestSummary {
  const { item, topicId, slot, phone } = draft;
  const branch = branchesOf(state).find(({ id }) => id === slot?.branchId);
  return {
    item,
    itemName: findItem(state, item)?.name ?? { zh: item, en: item },
    topic: topicsOf(state, item).find(({ id }) => id === topicId)?.name ?? { zh: topicId, en: topicId },
    slot: slot && {
      branch: branch?.name ?? { zh: slot.branchId, en: slot.branchId },
      date: slot.date,
      half: slot.half,
    },
    replyTo: phone === null ? (state.person?.phoneMasked ?? null) : maskPhone(phone),
  };
}
