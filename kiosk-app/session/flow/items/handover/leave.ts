import type { Begun } from '@kiosk/contract/platform/handover.ts';
import { linkCode } from '../../menu.ts';
import type { ItemStage, Retry, State } from '../../state.ts';
import { type Step, go } from '../../step.ts';
import { flowOf } from '../registry.ts';
import { askPlatform } from '../run.ts';
import { HANDOVER, type Place, type To } from './flow.ts';

/** Leaves what was begun: with the choice where to, or straight for the phone. */
export function leaveFor(state: State, begun: Begun, to: To | null = null, from?: ItemStage): Step {
  const place: Place = { at: 'offer', begun };
  const stage: ItemStage = { at: 'item', item: HANDOVER, place, trail: [], ...(from ? { from } : {}) };
  return to === null ? go(state, stage) : askPlatform(state, stage, { route: 'leave', request: { ...begun, to } });
}

/** What would be left of a place; null: nothing that is worth it, or the platform cannot keep it now. */
export function begunAt(state: State, { item, place }: ItemStage): Begun | null {
  // What nobody was identified for would open for anybody.
  if (item === HANDOVER || place === undefined || linkCode(state) !== null || !state.person?.token) return null;
  const kept = flowOf(item)?.keep?.(place);
  return kept ? { item, ...kept } : null;
}

/** What had been begun where something failed: with it one need not type again elsewhere. */
export function begunBefore(state: State, retry: Retry | null): Begun | null {
  if (retry === null || linkCode(state) !== null || !state.person?.token) return null;
  switch (retry.kind) {
    case 'ask':
    case 'submit':
      return stageBegun(state, retry.back);
    case 'stage':
      return retry.stage.at === 'item' ? stageBegun(state, retry.stage) : null;
    case 'issue':
      return { item: retry.paper.item, step: 'begun', form: {} };
    case 'open':
      return { item: retry.item, step: 'begun', form: {} };
    default:
      return null;
  }
}

function stageBegun(state: State, stage: ItemStage): Begun | null {
  if (stage.item === HANDOVER) return null;
  return begunAt(state, stage) ?? { item: stage.item, step: 'begun', form: {} };
}
