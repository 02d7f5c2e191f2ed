import type { State } from '../state.ts';
import { type Step, step } from '../step.ts';
import type { IdentifyPlace, Then } from './place.ts';
import type { IdentityAsk } from './questions.ts';

/** A place with the question that is open there. Left, its answer is not wanted any more. */
export function askAt(state: State, wanted: Then, place: IdentifyPlace, make: (call: number) => IdentityAsk): Step {
  const call = state.nextCall;
  const stage = { at: 'identify' as const, then: wanted, place, call };
  return step({ ...state, nextCall: call + 1, stage, lastTouch: state.time.mono }, make(call));
}
