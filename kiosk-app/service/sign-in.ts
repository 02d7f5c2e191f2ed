import type { Action } from '@kiosk/contract/screen/action.ts';
import { endSession } from '../session/flow/closing.ts';
import type { AnswerTo } from '../session/flow/messages.ts';
import type { CloseReason, StageOf, State } from '../session/flow/state.ts';
import { type Step, ask, go, openSession, step, then } from '../session/flow/step.ts';

/** Used when the agent does not say how long the lock lasts, ms. */
const LOCK_WITHOUT_WORD = 60_000;

export function openService(state: State): Step {
  return go(state, { at: 'technicianSignIn', call: null, error: null, lockedUntil: null });
}

/** Passes name and secret on to the agent; neither is kept here. */
export function signIn(
  state: State,
  stage: StageOf<'technicianSignIn'>,
  { name, secret }: Extract<Action, { type: 'signIn' }>,
): Step {
  const locked = stage.lockedUntil !== null && state.time.mono < stage.lockedUntil;
  if (stage.call !== null || locked) return step(state);
  return ask(state, (call) => ({
    stage: { ...stage, call, error: null, lockedUntil: null },
    command: { do: 'signIn', call, name, secret },
  }));
}

export function signedIn(state: State, { call, result }: AnswerTo<'signIn'>): Step {
  const { stage, time } = state;
  if (stage.at !== 'technicianSignIn' || stage.call !== call) {
    // Came after the technician had left: nobody may stay signed in.
    return result.ok ? step(state, { do: 'signOut', token: result.value.technicianToken }) : step(state);
  }
  if (!result.ok) {
    const { code, detail } = result.error;
    const lockedUntil = code === 'E7102' ? time.mono + lockTime(detail) : null;
    return go(state, { ...stage, call: null, error: code, lockedUntil });
  }
  const { technicianToken: token, name, expiresAt } = result.value;
  return then(openSession(state, 'technician'), (s) =>
    go(
      { ...s, capAt: Infinity },
      {
        at: 'technician',
        token,
        name,
        expiresAt: time.mono + (expiresAt - time.now),
        testing: {},
        selfTests: [],
        history: null,
        linkCall: null,
        linkTest: null,
      },
    ),
  );
}

/** E7102 tells the seconds in its detail. */
function lockTime(detail: string | undefined): number {
  const seconds = Number(/\d+/.exec(detail ?? '')?.[0] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : LOCK_WITHOUT_WORD;
}

export function signOut(state: State, stage: StageOf<'technician'>, reason: CloseReason): Step {
  return then(step(state, { do: 'signOut', token: stage.token }), (s) => endSession(s, reason));
}

/** The sign-in ends by itself at its time. */
export function signOutWhenDue(state: State): Step {
  const { stage } = state;
  return stage.at === 'technician' && state.time.mono >= stage.expiresAt ? signOut(state, stage, 'cap') : step(state);
}

/** The agent does not know the token any more (E7103): the technician signs in again. */
export function signInAgain(state: State): Step {
  return go(state, { at: 'technicianSignIn', call: null, error: 'E7103', lockedUntil: null });
}
