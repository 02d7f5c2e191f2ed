import type { Action } from '@kiosk/contract/screen/action.ts';
import { openOperations } from './operations.ts';
import { printRecord, recordOffer } from './record/offer.ts';
import { type CloseReason, LIMITS, type StageOf, type State } from './state.ts';
import { type Step, go, record, step, then } from './step.ts';

type Reason = Extract<Action, { type: 'rateReason' }>['reason'];
type Score = Extract<Action, { type: 'rate' }>['score'];

/** After a service: how was it? After nothing: goodbye. */
export function finish(state: State): Step {
  return state.served ? go(state, { at: 'rate', score: null }) : endSession(state, 'finished');
}

export function rate(state: State, stage: StageOf<'rate'>, score: Score): Step {
  if (stage.score !== null) return step(state);
  if (score === 'dissatisfied') return go(state, { at: 'rate', score });
  return then(step(state, rating(state, score, null)), (s) => endSession(s, 'finished'));
}

export function rateReason(state: State, stage: StageOf<'rate'>, reason: Reason): Step {
  if (stage.score === null) return step(state);
  const rated = step({ ...state, stage: { at: 'rate', score: null } }, rating(state, stage.score, reason));
  return then(rated, (s) => endSession(s, 'finished'));
}

const rating = ({ sessionId }: State, score: Score, reason: Reason) =>
  record({ type: 'service.rated', sessionId, score, ...(reason === null ? {} : { reason }) });

/**
 * Closes the session: the journal hears of it, the identity ends at the platform, and everything personal leaves the
 * state at once. The process lives on for the goodbye, and for a slip that is still being printed.
 */
export function endSession(state: State, reason: CloseReason): Step {
  const { stage, person, sessionId } = state;
  // A low mark counts, also when its reason was not given any more.
  const mark = stage.at === 'rate' && stage.score !== null ? [rating(state, stage.score, null)] : [];
  const token = person?.proof?.token;
  const identity = token === undefined ? [] : [{ do: 'endIdentity' as const, token }];
  const closed = state.opened ? [record({ type: 'session.closed', sessionId, reason })] : [];
  return go(
    { ...state, person: null, naming: null, asked: null, leaveBy: null, degraded: null },
    { at: 'goodbye', reason, since: state.time.mono, rated: stage.at === 'rate' },
    ...mark,
    { do: 'forgetFactors' },
    ...identity,
    ...closed,
  );
}

/** How long a goodbye stands when nobody touches it: longer where there is something to choose that was not shown before. */
export function goodbyeMs(state: State, { reason, rated }: StageOf<'goodbye'>): number {
  if (reason === 'stopped') return LIMITS.goodbyeStopped;
  return !rated && recordOffer(state) === 'offered' ? LIMITS.goodbyeOffer : LIMITS.goodbye;
}

/** The record is printed beside whatever is shown; a goodbye begins anew, so that it is there when the slip is out. */
export function recordWished(state: State): Step {
  const { stage, time } = state;
  return then(printRecord(state), (s) => (stage.at === 'goodbye' ? go(s, { ...stage, since: time.mono }) : step(s)));
}

/** The goodbye has been seen and nothing moves any more: the process may be killed. */
export function leaveWhenDue(state: State): Step {
  const { stage, time } = state;
  if (stage.at !== 'goodbye') return step(state);
  const shown = time.mono - stage.since;
  const quiet = openOperations(state).length === 0;
  if (shown < goodbyeMs(state, stage) || (!quiet && shown < LIMITS.settling)) return step(state);
  return leave(state, stage.reason);
}

/** A touch on the goodbye screen does not wait for its end. */
export function leaveNow(state: State, stage: StageOf<'goodbye'>): Step {
  return openOperations(state).length === 0 ? leave(state, stage.reason) : step(state);
}

function leave(state: State, reason: string): Step {
  return go({ ...state, operations: {} }, { at: 'over' }, { do: 'ended', reason });
}
