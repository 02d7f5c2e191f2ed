import type { Screen } from '@kiosk/contract/screen/view.ts';
import { finish } from '../closing.ts';
import { failed } from '../failures.ts';
import { identityEnded } from '../identity/sms-code.ts';
import { raise } from '../identity/ways.ts';
import type { AnswerTo } from '../messages.ts';
import { openItem } from '../open.ts';
import { issue, startSlip } from '../print.ts';
import { confirm } from '../requests/confirm.ts';
import { askedOfRequest, stale, submit } from '../requests/submit.ts';
import type { ItemId, ItemStage, State } from '../state.ts';
import { type Step, ask, go, record, step, then, takeOperationId } from '../step.ts';
import { begunAt, leaveFor } from './handover/leave.ts';
import { press, words } from './parts.ts';
import type { AnyFlow, ItemAction, Kept, Move, PlatformAsk, PlatformTold } from './item-flow.ts';
import { flowOf } from './registry.ts';
import { TAKE_HOME, takeHome, withTakeHome } from './take-home.ts';

/** A flow opens an item: from here on its places are its own. `kept`: what was left of it elsewhere. */
export function openFlow(state: State, item: ItemId, kept?: Kept): Step {
  const flow = flowOf(item);
  if (!flow) return step(state);
  const resumed = kept && flow.resume?.(kept, state);
  const { stage } = state;
  // Whoever calls for help in the middle of something comes back to it.
  const from = item === 'S03' && stage.at === 'item' ? { from: stage } : {};
  return move(state, { at: 'item', item, place: undefined, trail: [], ...from }, resumed ?? flow.open(item, state));
}

export function actInItem(state: State, stage: ItemStage, action: ItemAction): Step {
  if (action.type === 'press' && action.id === LEAVE.id) {
    const begun = begunAt(state, stage);
    return begun ? leaveFor(state, begun, null, stage) : step(state);
  }
  if (action.type === 'press' && action.id === TAKE_HOME.id) {
    const flow = flowAt(stage);
    return takeHome(state, stage, flow.view(stage.place, state), flow.slip?.(stage.place) ?? null);
  }
  return move(state, stage, flowAt(stage).act(stage.place, action, state));
}

export function itemScreen(state: State, stage: ItemStage): Screen {
  const screen = withTakeHome(state, stage, flowAt(stage).view(stage.place, state));
  const room = 'presses' in screen && screen.presses.length < 3;
  return room && begunAt(state, stage) ? { ...screen, presses: [LEAVE, ...screen.presses] } : screen;
}

/** On every screen of an item that can go on elsewhere. */
const LEAVE = press('leave', words('换地方办', 'Elsewhere'));

/** One place back; from the first one to the menu. */
export function backInItem(state: State, { item, trail, from }: ItemStage): Step {
  if (trail.length > 0) return go(state, { at: 'item', item, place: trail.at(-1), trail: trail.slice(0, -1) });
  return from ? go(state, from) : toMenu(state);
}

/** Whoever laid no card has no menu: that was all. */
const toMenu = (state: State): Step => (state.person ? go(state, { at: 'menu' }) : finish(state));

/** Questions that do something at the platform: asked again, they are answered again. */
const OPERATED: readonly PlatformAsk['route'][] = ['verifyPayoutCard', 'completeIdentity'];

/** Questions about the centre and not about a person. */
const OF_NOBODY: readonly PlatformAsk['route'][] = ['branchesNow', 'appointmentSlots'];

export function askPlatform(before: State, back: ItemStage, asked: PlatformAsk, again: string | null = null): Step {
  const [operationId, state] =
    again === null && OPERATED.includes(asked.route) ? takeOperationId(before) : ([again, before] as const);
  const token = state.person?.token ?? null;
  return ask(state, (call) => ({
    stage: { at: 'asking', call, ask: asked, operationId, back },
    command: { do: 'askPlatform', call, token, operationId, ask: asked, item: back.item },
  }));
}

export function platformAnswered(state: State, answer: AnswerTo<'askPlatform'>): Step {
  const { stage } = state;
  const { call, result } = answer;
  if (stage.at === 'submitting' && stage.call === call) return askedOfRequest(state, stage, answer);
  if (stage.at !== 'asking' || stage.call !== call) return step(state);
  const { back, ask: asked, operationId } = stage;
  const flow = flowAt(back);
  if (result.ok) {
    const told = { ...asked, value: result.value } as PlatformTold;
    const noted =
      state.person?.token && !OF_NOBODY.includes(asked.route)
        ? [record({ type: 'query.answered' as const, sessionId: state.sessionId, item: back.item })]
        : [];
    return then(step(state, ...noted), (s) => move(s, back, flow.answered(back.place, told, s)));
  }
  const { code } = result.error;
  if (code === 'E1206') return identityEnded(state, back.item);
  const way = flow.refused?.(back.place, code, asked, state);
  return way
    ? move(state, back, way)
    : failed(state, code, 'query', { retry: { kind: 'ask', ask: asked, operationId, back } });
}

export function codeScanned(state: State, { call, result }: AnswerTo<'scanCode'>): Step {
  const { stage } = state;
  if (stage.at !== 'item' || stage.scan !== call) return step(state);
  const { scan: _done, ...waiting } = stage;
  const flow = flowAt(stage);
  const wanted = flow.scanned?.(stage.place, result.ok ? result.value.text : null, state);
  return then(go(state, waiting), (s) => move(s, waiting, wanted ?? { to: 'nothing' }));
}

export function payoutCardRead(state: State, { call, result }: AnswerTo<'readPayoutCard'>): Step {
  const { stage } = state;
  if (stage.at !== 'item' || stage.scan !== call) return step(state);
  const { scan: _done, ...waiting } = stage;
  const [number, code] = result.ok ? [result.value.number, null] : [null, result.error.code];
  const wanted = flowAt(stage).cardRead?.(stage.place, number, code, state);
  return then(go(state, waiting), (s) => move(s, waiting, wanted ?? { to: 'nothing' }));
}

function flowAt({ item }: ItemStage): AnyFlow {
  const flow = flowOf(item);
  if (!flow) throw new Error(`no flow for item ${item}`);
  return flow;
}

/** Where the flow stands after a move, with the place it left on the trail. */
function placed(stage: ItemStage, place: unknown, replace: boolean): ItemStage {
  const kept = replace || stage.place === undefined ? stage.trail : [...stage.trail, stage.place];
  const { slip: _printed, ...rest } = stage;
  return { ...rest, place, trail: kept };
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
      const { title, masked = true } = wanted;
      const paper = { item: stage.item, title, masked, ask: wanted.paper };
      return issue(state, paper, { ...stage, place: wanted.place });
    }
    case 'reprint': {
      const ask = { kind: 'reprint' as const, documentNumber: wanted.documentNumber };
      return issue(
        state,
        { item: stage.item, title: wanted.title, masked: true, ask },
        { ...stage, place: wanted.place },
      );
    }
    case 'scan':
    case 'readCard': {
      const call = state.nextCall;
      const waiting = { ...placed(stage, wanted.place, false), scan: call };
      return go({ ...state, nextCall: call + 1 }, waiting, {
        do: wanted.to === 'scan' ? 'scanCode' : 'readPayoutCard',
        call,
      });
    }
    case 'slip': {
      const [, slipped] = startSlip(state, wanted.slip);
      return then(slipped, (s) => go(s, { ...stage, place: wanted.place }));
    }
    case 'confirm':
      return confirm(state, { ...stage, place: wanted.place }, wanted.wish);
    case 'submit':
      return submit(state, { ...stage, place: wanted.place }, wanted.wish);
    case 'raise':
      return raise(wanted.stale ? stale(state) : state, wanted.level, stage.item);
    case 'leave':
      return leaveFor(state, wanted.begun, wanted.where, stage.place === undefined ? undefined : stage);
    case 'resume':
      return then(go(state, { at: 'menu' }), (s) => openItem(s, wanted.begun.item, wanted.begun));
    case 'open':
      return then(go(state, { at: 'menu' }), (s) => openItem(s, wanted.item));
    case 'menu':
      return toMenu(state);
  }
}
