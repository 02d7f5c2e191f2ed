import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { IdentityLevel } from '@kiosk/contract/platform/identity.ts';
import { failed } from '../failures.ts';
import { linkCode } from '../menu.ts';
import { openItem } from '../open.ts';
import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, go, step, then } from '../step.ts';
import { beginAgent } from './agent.ts';
import { beginAppCode } from './app-code.ts';
import { askAt } from './ask.ts';
import { beginBankCard } from './bank-card.ts';
import { beginFace } from './face.ts';
import { factorCode, factorFlow, hasOtherWay, waysOf } from './factors.ts';
import { goOn, place, ways } from './go-on.ts';
import { beginIdCard } from './id-card.ts';
import { provenOf, reached } from './level.ts';
import type { IdentifyStage, Then } from './place.ts';
import { proven } from './proven.ts';
import { sendCode } from './sms-code.ts';

/** How each begins. Adding a way is an entry in factors.ts and one here. */
const BEGIN: Readonly<Record<FactorKind, (state: State, wanted: Then) => Step>> = {
  idCard: beginIdCard,
  smsCode: sendCode,
  bankCard: beginBankCard,
  appCode: beginAppCode,
  face: beginFace,
};

/** The screen with the ways, from wherever somebody wants another one. */
export function otherWay(state: State): Step {
  const { stage } = state;
  if (stage.at === 'attract') return ways(state, null);
  if (stage.at === 'enterCode' || stage.at === 'sendingCode') return ways(state, stage.then);
  if (stage.at === 'identify') return ways(state, stage.then);
  if (stage.at === 'failure' && canGoAnotherWay(state)) return ways(state, null, stage.code);
  return step(state);
}

/** A failure of identification is no dead end where this machine has another way. */
export function canGoAnotherWay(state: State): boolean {
  const { stage } = state;
  const fits = stage.at === 'failure' && (stage.step === 'readCard' || stage.step === 'identify');
  return fits && !state.person?.token && hasOtherWay(state, null);
}

export function chooseWay(state: State, stage: IdentifyStage, id: string): Step {
  if (id === 'agent') return canActForOthers(state) ? begin(state, stage.then, 'agent') : step(state);
  const way = waysOf(state).find((one) => one.way.kind === id);
  if (!way || way.code !== null) return step(state);
  return begin(state, stage.then, way.way.kind);
}

/** Only somebody known by the own ID card acts for another. */
export const canActForOthers = (state: State): boolean =>
  state.person !== null && state.person.cardKind !== null && !state.person.proof?.agent && linkCode(state) === null;

/** A card that was read but not yet proven goes first: what follows leans on it. */
function begin(state: State, wanted: Then, factor: FactorKind | 'agent'): Step {
  const { person } = state;
  const start = (s: State) => (factor === 'agent' ? beginAgent(s, wanted) : BEGIN[factor](s, wanted));
  const leans = factor !== 'smsCode' && !(factor === 'face' && linkCode(state) !== null);
  if (!person || person.proof || person.cardKind === null || !leans) return start(state);
  const { name, idNumber, validTo } = person;
  return askAt(state, wanted, { kind: 'starting', factor }, (call) => ({
    do: 'prove',
    call,
    token: null,
    factor: 'idCard',
    card: { name, idNumber, validTo },
    consentAt: null,
  }));
}

export function cardProven(state: State, stage: IdentifyStage, { result }: AnswerTo<'prove'>): Step {
  const { place: where } = stage;
  if (where.kind !== 'starting') return step(state);
  if (!result.ok || !result.value.accepted) {
    const code = result.ok ? 'E1205' : result.error.code;
    return failed(state, code, 'identify', { retry: null });
  }
  return then(proven(state, result.value, 'idCard'), (s) => begin(s, stage.then, where.factor));
}

/** After the card, and whenever an item wants more: the code, or else the ways there are. */
export function secondFactor(state: State, wanted: Then): Step {
  const sms = factorFlow('smsCode');
  const raises = !provenOf(state.person).some((kind) => kind === 'appCode' || kind === 'smsCode');
  return raises && factorCode(state, sms) === null ? sendCode(state, wanted) : ways(state, wanted);
}

/** Someone is to be of this level before `wanted` goes on: at once, or after one factor more. */
export function raise(state: State, level: IdentityLevel, wanted: Then): Step {
  if (reached(state, level)) return goOn(state, wanted);
  return state.person?.proof ? ways(state, wanted) : secondFactor(state, wanted);
}

/** What a press on one of these screens does. */
export function pressed(state: State, stage: IdentifyStage, id: string): Step {
  switch (id) {
    case 'otherWay':
      return ways(state, stage.then);
    case 'help':
      return place(state, stage.then, {
        kind: 'help',
        problem: stage.place.kind === 'ways' ? stage.place.problem : null,
      });
    case 'leaveRequest':
      return then(leaveIdentify(state), (s) => openItem(s, 'S01'));
    case 'callStaff':
      return then(leaveIdentify(state), (s) => openItem(s, 'S03'));
    default:
      return step(state);
  }
}

/** Back to where items are opened from. */
export const leaveIdentify = (state: State): Step => go(state, state.person ? { at: 'menu' } : { at: 'attract' });
