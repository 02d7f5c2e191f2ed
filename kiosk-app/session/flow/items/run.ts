import type { Screen } from '@kiosk/contract/screen/view.ts';
import { finish } from '../closing.ts';
import { failed } from '../failures.ts';
import { identityEnded } from '../identity/sms-code.ts';
import type { AnswerTo } from '../messages.ts';
import { openItem } from '../open.ts';
import { issue, startSlip } from '../print.ts';
import type { ItemId, ItemStage, State } from '../state.ts';
import { type Step, ask, go, record, step, then } from '../step.ts';
import type { AnyFlow, ItemAction, Move, PlatformAsk, PlatformTold } from './item-flow.ts';
import { flowOf } from './registry.ts';

/** A flow opens an item: from here on its places are its own. */
export function openFlow(state: State, item: ItemId): Step {
  const flow = flowOf(item);
  return flow ? move(state, { at: 'item', item, place: undefined, trail: [] }, flow.open(item, state)) : step(state);
}

export function actInItem(state: State, stage: ItemStage, action: ItemAction): Step {
  return move(state, stage, flowAt(stage).act(stage.place, action, state));
}

export function itemScreen(state: State, stage: ItemStage): Screen {
  return flowAt(stage).view(stage.place, state);
}

/** One place back; from the first one to the menu. */
export function backInItem(state: State, { item, trail }: ItemStage): Step {
  if (trail.length > 0) return go(state, { at: 'item', item, place: trail.at(-1), trail: trail.slice(0, -1) });
  return toMenu(state);
}

/** Whoever laid no card has no menu: that was all. */
const toMenu = (state: State): Step => (state.person ? go(state, { at: 'menu' }) : finish(state));

export function askPlatform(state: State, back: ItemStage, asked: PlatformAsk): Step {
  const token = state.person?.token ?? null;
  return ask(state, (call) => ({
    stage: { at: 'asking', call, ask: asked, back },
    command: { do: 'askPlatform', call, token, ask: asked },
  }));
}

export function platformAnswered(state: State, { call, result }: AnswerTo<'askPlatform'>): Step {
  const { stage } = state;
  if (stage.at !== 'asking' || stage.call !== call) return step(state);
  const { back, ask: asked } = stage;
  const flow = flowAt(back);
  if (result.ok) {
    const told = { ...asked, value: result.value } as PlatformTold;
    const noted = state.person?.token
      ? [record({ type: 'query.answered' as const, sessionId: state.sessionId, item: back.item })]
      : [];
    return then(step(state, ...noted), (s) => move(s, back, flow.answered(back.place, told, s)));
  }
  const { code } = result.error;
  if (code === 'E1206') return identityEnded(state, back.item);
  const way = flow.refused?.(back.place, code, asked, state);
  return way ? move(state, back, way) : failed(state, code, 'query', { retry: { kind: 'ask', ask: asked, back } });
}

function flowAt({ item }: ItemStage): AnyFlow {
  const flow = flowOf(item);
  if (!flow) throw new Error(`no flow for item ${item}`);
  return flow;
}

/** Where the flow stands after a move, with the place it left on the trail. */
function placed(stage: ItemStage, place: unknown, replace: boolean): ItemStage {
  const kept = replace || stage.place === undefined ? stage.trail : [...stage.trail, stage.place];
  return { ...stage, place, trail: kept };
}

function move(before: State, stage: ItemStage, wanted: Move<unknown>): Step {
  if (wanted.to === 'nothing') return step(before);
  const state = wanted.served ? { ...before, served: true } : before;
  const noted = step(state, ...(wanted.notes ?? []).map((data) => record(data)));
  return then(noted, (s) => carryOut(s, stage, wanted));
}

function carryOut(state: State, stage: ItemStage, wanted: Exclude<Move<unknown>, { to: 'nothing' }>): Step {
  switch (wanted.to) {
    case 'show':
      return go(state, placed(stage, wanted.place, wanted.replace ?? false));
    case 'ask':
      return askPlatform(state, wanted.place === undefined ? stage : { ...stage, place: wanted.place }, wanted.ask);
    case 'issue': {
      const paper = { item: stage.item, title: wanted.title, ask: wanted.paper };
      return issue(state, paper, { ...stage, place: wanted.place });
    }
    case 'reprint': {
      const ask = { kind: 'reprint' as const, documentNumber: wanted.documentNumber };
      return issue(state, { item: stage.item, title: wanted.title, ask }, { ...stage, place: wanted.place });
    }
    case 'slip': {
      const [, slipped] = startSlip(state, wanted.slip);
      return then(slipped, (s) => go(s, { ...stage, place: wanted.place }));
    }
    case 'open':
      return then(go(state, { at: 'menu' }), (s) => openItem(s, wanted.item));
    case 'menu':
      return toMenu(state);
  }
}
