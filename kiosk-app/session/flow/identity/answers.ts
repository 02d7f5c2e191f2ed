import type { Action } from '@kiosk/contract/screen/action.ts';
import { parseResumeCode } from '@kiosk/domain/resume-code.ts';
import type { AnswerTo, Event } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, go, step } from '../step.ts';
import { actingFor, askAgentCode, askPrincipalCard, beginAgent, enterAgentCode, principalCardLaid } from './agent.ts';
import { appCodeProven, codeScanned } from './app-code.ts';
import {
  bankCardProgress,
  bankCardProven,
  bankCardRead,
  bankCardTermed,
  cardReturned,
  pinEntered,
} from './bank-card.ts';
import { agreeToFace, faceMatched, faceProgress, faceProven } from './face.ts';
import { ways } from './go-on.ts';
import { cardLaid, cardLying, idCardProven } from './id-card.ts';
import type { IdentifyPlace, IdentifyStage, PlaceOf } from './place.ts';
import type { IdentityProgress, IdentityQuestion } from './questions.ts';
import { cardProven, chooseWay, leaveIdentify, pressed } from './ways.ts';

type At<K extends IdentifyPlace['kind']> = IdentifyStage & { readonly place: PlaceOf<K> };
const isAt = <K extends IdentifyPlace['kind']>(stage: IdentifyStage, kind: K): stage is At<K> =>
  stage.place.kind === kind;

type IdentityAnswer = { [Q in IdentityQuestion]: AnswerTo<Q> }[IdentityQuestion];

/** An answer goes to the factor that asked; one whose place was left is forgotten. */
export function identityAnswered(state: State, answer: IdentityAnswer): Step {
  const { stage } = state;
  if (stage.at !== 'identify' || stage.call !== answer.call) return step(state);
  switch (answer.to) {
    case 'readBankCard':
      return isAt(stage, 'bankCard') ? bankCardRead(state, stage, answer) : step(state);
    case 'bankCardTerms':
      return isAt(stage, 'bankCard') ? bankCardTermed(state, stage, answer) : step(state);
    case 'enterPin':
      return isAt(stage, 'bankCard') ? pinEntered(state, stage, answer) : step(state);
    case 'ejectCard':
      return isAt(stage, 'bankCard') ? cardReturned(state, stage, answer) : step(state);
    case 'scanAppCode':
      return isAt(stage, 'appCode') ? codeScanned(state, stage, answer) : step(state);
    case 'layCard':
      if (isAt(stage, 'agentPaper')) return principalCardLaid(state, stage, answer);
      return isAt(stage, 'idCard') ? cardLaid(state, stage, answer) : step(state);
    case 'matchFace':
      return isAt(stage, 'face') ? faceMatched(state, stage, answer) : step(state);
    case 'actFor':
      return actingFor(state, stage, answer);
    case 'prove':
      return provenAt(state, stage, answer);
  }
}

function provenAt(state: State, stage: IdentifyStage, answer: AnswerTo<'prove'>): Step {
  if (isAt(stage, 'bankCard')) return bankCardProven(state, stage, answer);
  if (isAt(stage, 'appCode')) return appCodeProven(state, stage, answer);
  if (isAt(stage, 'idCard')) return idCardProven(state, stage, answer);
  if (isAt(stage, 'face')) return faceProven(state, stage, answer);
  return cardProven(state, stage, answer);
}

export function identityProgress(before: State, event: Extract<Event, { type: 'identityProgress' }>): Step {
  const { stage } = before;
  if (stage.at !== 'identify' || stage.call !== event.call) return step(before);
  // A card that goes in or a key of the pad is as good as a touch.
  const state: State = { ...before, lastTouch: before.time.mono };
  const how: IdentityProgress = event;
  if (isAt(stage, 'bankCard')) return bankCardProgress(state, stage, how);
  if (isAt(stage, 'face')) return faceProgress(state, stage, how);
  if (isAt(stage, 'idCard') && how.step === 'found') return cardLying(state, stage);
  return step(state);
}

type IdentityAction = Extract<Action, { type: 'choose' | 'enter' | 'toggle' | 'press' | 'sign' }>;

/** While a card moves or the platform is asked nothing else is begun. */
export function actInIdentity(state: State, stage: IdentifyStage, action: IdentityAction): Step {
  if (worksOn(stage) || (isAt(stage, 'bankCard') && stage.place.step === 'take')) return step(state);
  const { kind } = stage.place;
  if (action.type === 'choose') {
    if (kind === 'ways') return chooseWay(state, stage, action.id);
    if (kind === 'agent' && action.id === 'agentCode') return askAgentCode(state, stage);
    if (kind === 'agent' && action.id === 'agentPaper') return askPrincipalCard(state, stage);
  }
  if (action.type === 'enter' && kind === 'agentCode') {
    const code = parseResumeCode(action.value);
    return code.ok ? enterAgentCode(state, stage, code.value) : askAgentCode(state, stage, 'E1214');
  }
  if (action.type !== 'press') return step(state);
  if (action.id === 'agree') return kind === 'faceConsent' ? agreeToFace(state, stage) : step(state);
  return pressed(state, stage, action.id);
}

/** One place back: to the ways, and from there to where one came from. */
export function backInIdentity(state: State, stage: IdentifyStage): Step {
  if (isAt(stage, 'bankCard') && stage.place.step === 'take') return step(state);
  switch (stage.place.kind) {
    case 'ways': {
      const { then: wanted } = stage;
      return wanted !== null && typeof wanted !== 'string' ? go(state, wanted) : leaveIdentify(state);
    }
    case 'agentCode':
    case 'agentPaper':
      return beginAgent(state, stage.then);
    default:
      return ways(state, stage.then);
  }
}

/** The machine works and the person waits. */
export function worksOn({ call, place }: IdentifyStage): boolean {
  if (call === null) return false;
  switch (place.kind) {
    case 'bankCard':
      return place.step !== 'insert' && place.step !== 'pin' && place.step !== 'take';
    case 'appCode':
      return place.step !== 'show';
    case 'idCard':
    case 'agentPaper':
    case 'face':
      return place.step !== 'lay';
    default:
      return true;
  }
}
