import type { AnswerTo } from '../messages.ts';
import type { State } from '../state.ts';
import { type Step, step, then } from '../step.ts';
import { askAt } from './ask.ts';
import { goOn, ways } from './go-on.ts';
import type { IdentifyStage, PlaceOf, Then } from './place.ts';
import { proven, refusedFactor } from './proven.ts';

/** The e-card on a phone, before the scanner. A code that is no longer good is simply shown anew. */
export function beginAppCode(state: State, wanted: Then, error: string | null = null): Step {
  return askAt(state, wanted, { kind: 'appCode', step: 'show', error }, (call) => ({ do: 'scanAppCode', call }));
}

type Stage = IdentifyStage & { readonly place: PlaceOf<'appCode'> };

export function codeScanned(state: State, stage: Stage, { result }: AnswerTo<'scanAppCode'>): Step {
  if (!result.ok) return again(state, stage, result.error.code);
  const token = state.person?.proof?.token ?? null;
  return askAt(state, stage.then, { ...stage.place, step: 'checking', error: null }, (call) => ({
    do: 'prove',
    call,
    token,
    factor: 'appCode',
    card: null,
    consentAt: null,
  }));
}

export function appCodeProven(state: State, stage: Stage, { result }: AnswerTo<'prove'>): Step {
  if (result.ok && result.value.accepted) {
    return then(proven(state, result.value, 'appCode'), (s) => goOn(s, stage.then));
  }
  const code = result.ok ? 'E1212' : result.error.code;
  return then(step(state, refusedFactor(state, 'appCode')), (s) => again(s, stage, code));
}

function again(state: State, { then: wanted }: Stage, code: string): Step {
  return code === 'E1212' || code === 'E1502' ? beginAppCode(state, wanted, code) : ways(state, wanted, code);
}
