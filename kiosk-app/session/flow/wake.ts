import { LIMITS, type State } from './state.ts';
import { goodbyeMs } from './closing.ts';
import { isBusy, limitsOf } from './idle.ts';
import { openOperations } from './operations.ts';

/** Whole seconds until a moment (mono), for countdowns. */
export function secondsUntil(state: State, moment: number): number {
  return Math.max(0, Math.ceil((moment - state.time.mono) / 1000));
}

/** The moment (mono) at which time alone changes something next: a countdown, a limit, a wait. null: never. */
export function nextWake(state: State): number | null {
  const now = state.time.mono;
  const moments = [...countdowns(state).map((moment) => tick(now, moment)), ...deadlines(state)];
  const ahead = moments.filter((moment) => moment > now && Number.isFinite(moment));
  return ahead.length ? Math.min(...ahead) : null;
}

/** The next moment at which the seconds shown until `moment` change. */
const tick = (now: number, moment: number) => moment - Math.max(0, Math.ceil((moment - now) / 1000) - 1) * 1000;

function countdowns(state: State): number[] {
  const { stage, asked, person } = state;
  const shown: number[] = [];
  if (asked) shown.push(asked.since + limitsOf(state).answer);
  if (stage.at === 'account' && stage.revealUntil !== null) shown.push(stage.revealUntil);
  if (stage.at === 'enterCode' && person?.challenge) shown.push(person.challenge.resendAt);
  if (stage.at === 'technicianSignIn' && stage.lockedUntil !== null) shown.push(stage.lockedUntil);
  if (stage.at === 'technician') shown.push(stage.expiresAt);
  return shown;
}

function deadlines(state: State): number[] {
  const { stage, lastTouch, capAt } = state;
  const waits = openOperations(state).flatMap(({ waitUntil, askAt }) => (waitUntil === null ? [] : [waitUntil, askAt]));
  const { idle, answer } = limitsOf(state);
  switch (stage.at) {
    case 'reserve':
    case 'over':
      return [];
    case 'attract':
      return [state.armAt, lastTouch + idle];
    case 'goodbye':
      return [...waits, stage.since + goodbyeMs(state, stage), stage.since + LIMITS.settling];
    default:
      return isBusy(state)
        ? waits
        : [...waits, state.armAt, state.degraded?.until ?? 0, state.leaveBy ?? 0, lastTouch + idle, capAt - answer];
  }
}
