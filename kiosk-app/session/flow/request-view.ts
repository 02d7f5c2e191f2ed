import type { Screen } from '@kiosk/contract/screen/view.ts';
import { linkCode } from './menu.ts';
import { slipState } from './print-view.ts';
import { offeredDays, summaryOf, topicsOf } from './request.ts';
import type { StageOf, State } from './state.ts';

export function topicScreen(state: State, { item }: StageOf<'topic'>): Screen {
  return { screen: 'requestTopic', item, topics: topicsOf(state, item).map(({ id, name }) => ({ id, name })) };
}

export function slotScreen(state: State, { branchId }: StageOf<'slot'>): Screen {
  const branches = state.agent?.catalogue?.branches ?? [];
  return { screen: 'requestSlot', branches, branchId, days: offeredDays(state) };
}

export function confirmScreen(state: State, { item, topicId, slot }: StageOf<'confirm'>): Screen {
  const summary = summaryOf(state, { item, topicId, slot, phone: null });
  return {
    screen: 'requestConfirm',
    item,
    topic: summary.topic,
    slot: summary.slot,
    phoneOnRecord: summary.replyTo,
    offline: linkCode(state) !== null,
  };
}

export function acceptedScreen(state: State, stage: StageOf<'accepted'>): Screen {
  const { requestNumber, offline, request, slip } = stage;
  const { item, topic, slot, replyTo } = request;
  return { screen: 'accepted', requestNumber, item, topic, slot, offline, replyTo, slip: slipState(state, slip) };
}
