import { type Result, fail } from '@kiosk/contract/kernel/result.ts';
import type { CommandName } from '../../codec/sdt.ts';
import type { DeviceHealth, IdCardRead } from '../driver.ts';
import { answerWithin } from './settings.ts';
import type { Presentation, Purpose, ReaderCommand, ReaderState } from './state.ts';

/** One step of the reducer: the state after it, and what is to be done in the world, in order. */
export interface Step {
  readonly state: ReaderState;
  readonly commands: readonly ReaderCommand[];
}

export function stay(state: ReaderState, ...commands: readonly ReaderCommand[]): Step {
  return { state, commands };
}

/** Carries on from a step; what it wants done comes after what was wanted before. */
export function then(step: Step, next: (state: ReaderState) => Step): Step {
  const after = next(step.state);
  return { state: after.state, commands: [...step.commands, ...after.commands] };
}

export function send(state: ReaderState, command: CommandName, purpose: Purpose, now: number, tries = 1): Step {
  const { times, speed } = state.settings;
  // Nobody waits long at a speed that is only being tried; the first one is the one it should have.
  const searching = purpose.is === 'initStatus' && state.speed !== speed;
  const within = searching ? times.answerSearch : answerWithin(times, command, state.speed);
  const sending = { ...state, inFlight: { command, purpose, tries, deadline: now + within } };
  const wanted = command === 'setSpeed' && speed !== undefined ? { speed } : {};
  return stay(sending, { type: 'send', command, ...wanted });
}

export function setHealth(state: ReaderState, health: DeviceHealth): Step {
  const same = state.health.state === health.state && state.health.code === health.code;
  return same ? stay({ ...state, health }) : stay({ ...state, health }, { type: 'health', health });
}

/** Ends the request for a card, if it is still wanted; what lies on the reader is said apart. */
export function settleRead(state: ReaderState, id: number, result: Result<IdCardRead>): Step {
  if (state.wanted?.id !== id) return stay(state);
  return stay({ ...state, wanted: undefined, selectTries: 0 }, { type: 'settleRead', id, result });
}

/** The card that lies there is done with: nothing is read before it was lifted. */
export function waitForLifting(state: ReaderState, presentation: Presentation, now: number): Step {
  return stay({ ...state, presentation, nextPoll: now + state.settings.times.poll });
}

/** Whoever waits for the reader learns that it cannot be had. */
export function failEverything(state: ReaderState, code: string, detail: string): Step {
  const asks = state.asks.map(({ id }) => ({ type: 'settleAsk', id, result: fail(code, detail) }) as const);
  const running = state.inFlight?.purpose;
  if (running?.is === 'ask') asks.push({ type: 'settleAsk', id: running.id, result: fail(code, detail) });
  const step = stay({ ...state, asks: [], inFlight: undefined }, ...asks);
  return then(step, (s) => (s.wanted === undefined ? stay(s) : settleRead(s, s.wanted.id, fail(code, detail))));
}

/** Gives up this connection and tries again later. */
export function rest(
  state: ReaderState,
  reason: { readonly health: 'offline' | 'fault'; readonly code: string; readonly detail: string },
  now: number,
): Step {
  const { backOffFirst, backOffMost } = state.settings.times;
  const wait = Math.min(backOffFirst * 2 ** state.failures, backOffMost);
  const rested: ReaderState = {
    ...state,
    link: { name: 'resting', until: now + wait },
    failures: state.failures + 1,
  };
  const { identity, warnings } = state.health;
  return [
    (s: ReaderState) => failEverything(s, reason.code, reason.detail),
    (s: ReaderState) => setHealth(s, { state: reason.health, code: reason.code, identity, warnings }),
  ].reduce(then, stay(rested));
}
